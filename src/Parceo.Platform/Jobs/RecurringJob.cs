using MediatR;

namespace Parceo.Platform.Jobs;

/// <summary>Which workers run a job, so that what takes minutes never stands before what is due within seconds.</summary>
public enum JobLane
{
    /// <summary>Done within seconds: due dates, reminders, holds.</summary>
    Quick,

    /// <summary>May take minutes: pruning, nightly refreshes.</summary>
    Lengthy,
}

/// <summary>What one slice of a long job leaves behind; of several parts, more when one of them has more.</summary>
public enum JobProgress
{
    /// <summary>Nothing is left to do now.</summary>
    Done = 0,

    /// <summary>There is more: the next slice follows at once, in a transaction of its own.</summary>
    More = 1,
}

/// <summary>A request that is sent as the system on a schedule.</summary>
/// <param name="Name">
/// Unique and stable, <c>slots.release-holds</c>: all that the job storage knows of it, so that the request's type may be renamed.
/// </param>
/// <param name="Label">French, a few words: what it does.</param>
/// <param name="Cron">UTC; six fields for seconds.</param>
/// <param name="Lane">Its workers.</param>
/// <param name="Request">Type of the request.</param>
public sealed record RecurringJob(string Name, string Label, string Cron, JobLane Lane, Type Request)
{
    /// <summary>Sends it, or the next slice of it.</summary>
    public required Func<SystemSender, string, CancellationToken, Task<JobProgress>> Send { get; init; }

    internal static RecurringJob Of<TRequest>(string name, string label, string cron, JobLane lane)
        where TRequest : IRequest<Unit>, new() =>
        new(name, label, cron, lane, typeof(TRequest))
        {
            Send = async (sender, correlation, ct) =>
            {
                await sender.Send(new TRequest(), correlation, ct);
                return JobProgress.Done;
            },
        };

    internal static RecurringJob Sliced<TRequest>(string name, string label, string cron)
        where TRequest : IRequest<JobProgress>, new() =>
        new(name, label, cron, JobLane.Lengthy, typeof(TRequest))
        {
            Send = (sender, correlation, ct) => sender.Send(new TRequest(), correlation, ct),
        };
}

/// <summary>Every job of the enabled modules: the one place where all are seen. Read-only once the host has started.</summary>
public sealed class JobCatalog
{
    private readonly Dictionary<string, RecurringJob> jobs = new(StringComparer.Ordinal);

    /// <summary>In the order of the modules.</summary>
    public IReadOnlyCollection<RecurringJob> All => jobs.Values;

    /// <summary>The job of this name, if an enabled module of this version declares one.</summary>
    public RecurringJob? Find(string name) => jobs.GetValueOrDefault(name);

    internal void Add(string module, RecurringJob job)
    {
        if (!job.Name.StartsWith(module + ".", StringComparison.Ordinal))
            throw new InvalidOperationException($"Job '{job.Name}' must begin with '{module}.'");
        if (!jobs.TryAdd(job.Name, job))
            throw new InvalidOperationException($"Job '{job.Name}' is declared twice.");
    }
}
