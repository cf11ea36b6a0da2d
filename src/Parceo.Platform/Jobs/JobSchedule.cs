using System.Linq.Expressions;
using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Parceo.Platform.Jobs;

/// <summary>
/// Tells Hangfire the schedule: what is declared is set, what nobody declares any more goes. Never a reason not to start: a
/// lock that a killed node left behind is waited for beside the requests, not before them. Then looks every few minutes for
/// what is missing: a node of the version before, started again during an upgrade, removes what it does not know.
/// </summary>
internal sealed class JobSchedule(JobCatalog jobs, IRecurringJobManager manager, JobStorage storage, ILogger<JobSchedule> log)
    : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2),
        LookEvery = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // storage answers slowly while a lock is waited for
        try
        {
            foreach (var job in jobs.All)
                await Insist(() => Set(job), job.Name, stoppingToken);
            await Insist(RemoveUndeclared, "those of before", stoppingToken);
            using var timer = new PeriodicTimer(LookEvery);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Insist(SetMissing, "those that are missing", stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        { /* stopping */
        }
    }

    private async Task Insist(Action tell, string what, CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                tell();
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                log.LogWarning("The schedule of {Job} could not be told yet: {Failure}", what, e.GetType().Name);
            }
            await Task.Delay(Again, ct);
        }
    }

    private void Set(RecurringJob job)
    {
        var name = job.Name;
        Expression<Func<JobRunner, Task>> call =
            job.Lane == JobLane.Quick ? r => r.RunShort(name, CancellationToken.None) : r => r.RunLong(name, CancellationToken.None);
        manager.AddOrUpdate(name, call, job.Cron, new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });
    }

    private void RemoveUndeclared()
    {
        foreach (var name in Known().Where(n => jobs.Find(n) is null))
        {
            manager.RemoveIfExists(name);
            log.LogInformation("The job {Job} is declared no more: removed from the schedule", name);
        }
    }

    private void SetMissing()
    {
        var known = Known();
        foreach (var job in jobs.All.Where(j => !known.Contains(j.Name)))
            Set(job);
    }

    private HashSet<string> Known()
    {
        using var connection = storage.GetConnection();
        return connection.GetRecurringJobs().ConvertAll(j => j.Id).ToHashSet(StringComparer.Ordinal);
    }
}
