using System.Diagnostics;

namespace Parceo.Slots.Outside;

/// <summary>An event, or a file, that cannot be used.</summary>
internal sealed class IcsFault(string code) : Exception
{
    /// <summary>Its code.</summary>
    public string Code => code;
}

/// <summary>What reading one file may cost (S46), looked at after every step of every expansion.</summary>
/// <param name="until">Nothing is expanded beyond it.</param>
internal sealed class IcsBudget(DateTimeOffset until, TimeSpan longest, CancellationToken ct)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>The horizon.</summary>
    public DateTimeOffset Until => until;

    /// <summary>Whether the time is up: then the whole file is refused, not the event that came last.</summary>
    public bool IsSpent => watch.Elapsed > longest || ct.IsCancellationRequested;

    /// <summary>Another step.</summary>
    public void Spend()
    {
        if (IsSpent)
            throw new IcsFault("ics_too_large");
    }
}
