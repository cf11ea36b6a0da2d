using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Parceo.Platform.Jobs;

/// <summary>A declared job and when it runs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">What it does, in French.</param>
/// <param name="Lane">Its workers.</param>
/// <param name="Last">When it last began, on whatever node; UTC.</param>
/// <param name="Next">When it is due; null when the schedule does not have it.</param>
public sealed record JobLine(string Name, string Label, JobLane Lane, DateTimeOffset? Last, DateTimeOffset? Next);

/// <summary>How the schedule stands, as Hangfire's storage tells it.</summary>
public sealed class JobState(JobCatalog jobs, IServiceProvider services, ILogger<JobState> log)
{
    /// <summary>Every declared job.</summary>
    public IReadOnlyList<JobLine> Read()
    {
        var known = Stored();
        return
        [
            .. jobs
                .All.OrderBy(j => j.Name, StringComparer.Ordinal)
                .Select(j =>
                    known.GetValueOrDefault(j.Name) is { } stored
                        ? new JobLine(j.Name, j.Label, j.Lane, Utc(stored.LastExecution), Utc(stored.NextExecution))
                        : new JobLine(j.Name, j.Label, j.Lane, null, null)
                ),
        ];
    }

    private Dictionary<string, RecurringJobDto> Stored()
    {
        try
        {
            using var connection = services.GetService<JobStorage>()?.GetConnection(); // none where Jobs:Enabled is false
            return connection?.GetRecurringJobs().ToDictionary(j => j.Id, StringComparer.Ordinal) ?? [];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogWarning("The schedule could not be read: {Failure}", e.GetType().Name);
            return [];
        }
    }

    private static DateTimeOffset? Utc(DateTime? at) =>
        at is { } instant ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)) : null;
}
