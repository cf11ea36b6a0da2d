using Hangfire;
using Microsoft.Extensions.Logging;

namespace Parceo.Platform.Jobs;

/// <summary>
/// What Hangfire calls: sends a job's request as the system. Its storage holds these two methods and the job's name, nothing
/// else, so neither may be renamed without a thought for what is stored.
/// </summary>
public sealed class JobRunner
{
    internal const string ShortQueue = "short",
        LongQueue = "long";

    /// <summary>How long slices follow each other before the other jobs of the lane have their turn; the next run goes on.</summary>
    internal static readonly TimeSpan MostAtOnce = TimeSpan.FromMinutes(20);
    private readonly JobCatalog jobs;
    private readonly JobTurns turns;
    private readonly SystemSender sender;
    private readonly TimeProvider clock;
    private readonly ILogger<JobRunner> log;

    internal JobRunner(JobCatalog jobs, JobTurns turns, SystemSender sender, TimeProvider clock, ILogger<JobRunner> log)
    {
        this.jobs = jobs;
        this.turns = turns;
        this.sender = sender;
        this.clock = clock;
        this.log = log;
    }

    /// <summary>A job that is due again within seconds: what failed is due at its next run.</summary>
    [Queue(ShortQueue), AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public Task RunShort(string name, CancellationToken ct) => Run(name, ct);

    /// <summary>A job that is due again tomorrow: it is tried again soon, perhaps on a node that knows it.</summary>
    [Queue(LongQueue), AutomaticRetry(Attempts = 3, DelaysInSeconds = [60, 300, 900], OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public Task RunLong(string name, CancellationToken ct) => Run(name, ct);

    /// <summary>Slice after slice until nothing is left or the time is over; never beside another run of the same job.</summary>
    internal async Task Run(string name, CancellationToken ct)
    {
        var job = jobs.Find(name)
            ?? throw new InvalidOperationException($"This node knows no job '{name}': its module is off here, or its version differs.");
        await using var turn = await turns.Take(name, ct);
        if (turn is null)
            return; // it runs already; what is due stands in the tables
        var correlation = $"job-{Guid.CreateVersion7():n}";
        var started = clock.GetTimestamp();
        try
        {
            while (await job.Send(sender, correlation, turn.Held) == JobProgress.More && clock.GetElapsedTime(started) < MostAtOnce)
                turn.Held.ThrowIfCancellationRequested();
        }
        catch (Exception e) when (!turn.Held.IsCancellationRequested)
        {
            log.LogWarning("The job {Job} failed: {Failure}, {CorrelationId}", name, e.GetType().Name, correlation);
            throw;
        }
        catch (Exception e) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException("The host stops.", e, ct); // drivers say it in words of their own
        }
    }
}
