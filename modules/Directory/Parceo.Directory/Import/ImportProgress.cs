using System.Collections.Concurrent;
using Parceo.Directory.Domain;

namespace Parceo.Directory.Import;

/// <summary>How far an import is, more often than it is written down.</summary>
/// <param name="Percent">Of the step, 0–100.</param>
/// <param name="Lines">Valid lines so far.</param>
/// <param name="Rejected">Lines set aside so far.</param>
/// <param name="People">People so far.</param>
internal readonly record struct ImportStep(ImportState State, int Percent, long Lines, long Rejected, int People);

/// <summary>Latest step of the imports this process runs: a transaction that writes for seconds cannot tell the table.</summary>
internal class ImportProgress
{
    private readonly ConcurrentDictionary<Guid, ImportStep> steps = new();

    /// <summary>The latest step of a run, or null when another process runs it or it has ended.</summary>
    public ImportStep? Of(Guid run) => steps.TryGetValue(run, out var step) ? step : null;

    /// <summary>Tells a step.</summary>
    public virtual void Report(Guid run, ImportStep step) => steps[run] = step;

    /// <summary>Forgets a run; its row tells the end.</summary>
    public void Forget(Guid run) => steps.TryRemove(run, out _);
}
