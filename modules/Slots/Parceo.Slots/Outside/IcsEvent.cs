using System.Globalization;

namespace Parceo.Slots.Outside;

/// <summary>What of an event says when, and whether one is busy.</summary>
internal sealed class IcsEvent
{
    private IcsEvent() { }

    /// <summary>Line of the file on which it begins.</summary>
    public required int Line { get; init; }

    /// <summary>UID, or null.</summary>
    public required string? Uid { get; init; }

    /// <summary>SEQUENCE, then DTSTAMP or LAST-MODIFIED.</summary>
    public required (int Sequence, string Stamp) Revision { get; init; }

    /// <summary>DTSTART.</summary>
    public required IcsTime Start { get; init; }

    /// <summary>DTEND, or null.</summary>
    public IcsTime? End { get; init; }

    /// <summary>DURATION, or null.</summary>
    public (int Days, TimeSpan Time)? Lasts { get; init; }

    /// <summary>RECURRENCE-ID, or null.</summary>
    public IcsTime? Replaces { get; init; }

    /// <summary>RANGE=THISANDFUTURE.</summary>
    public bool AndFuture { get; init; }

    /// <summary>Neither free nor cancelled.</summary>
    public bool IsBusy { get; init; }

    /// <summary>RRULE.</summary>
    public required IReadOnlyList<IcsRule> Rules { get; init; }

    /// <summary>EXRULE, of RFC 2445.</summary>
    public required IReadOnlyList<IcsRule> ExceptionRules { get; init; }

    /// <summary>RDATE; of a period with its end, from its start and a reader of times.</summary>
    public required IReadOnlyList<(
        IcsTime Start,
        Func<DateTimeOffset, Func<IcsTime, DateTimeOffset>, DateTimeOffset>? End
    )> Dates { get; init; }

    /// <summary>EXDATE.</summary>
    public required IReadOnlyList<IcsTime> Without { get; init; }

    /// <summary>Surely over.</summary>
    public bool IsOver { get; init; }

    /// <summary>Reads one.</summary>
    public static IcsEvent Read(IcsComponent e, bool isOver)
    {
        IReadOnlyList<IcsRule> Rules(string name) => [.. e.Lines.Where(l => l.Name == name).Select(l => IcsRule.Read(l.Value))];
        return new IcsEvent
        {
            Line = e.Line,
            Uid = e["UID"]?.Value,
            Revision = (
                int.TryParse(e["SEQUENCE"]?.Value, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0,
                new[] { e["DTSTAMP"]?.Value, e["LAST-MODIFIED"]?.Value }.Max(StringComparer.Ordinal) ?? ""
            ),
            Start = IcsTime.Read(e["DTSTART"]) is [var start] ? start : throw new IcsFault("ics_unreadable"),
            End = IcsTime.Read(e["DTEND"]) is [var end] ? end : null,
            Lasts = e["DURATION"] is { } duration ? IcsTime.Duration(duration.Value) : null,
            Replaces = IcsTime.Read(e["RECURRENCE-ID"]) is [var replaced] ? replaced : null,
            AndFuture = e["RECURRENCE-ID"]?.Parameters.GetValueOrDefault("RANGE")?.ToUpperInvariant() == "THISANDFUTURE",
            IsBusy = Busy(e),
            IsOver = isOver,
            Rules = Rules("RRULE"),
            ExceptionRules = Rules("EXRULE"),
            Dates = [.. e.Lines.Where(l => l.Name == "RDATE").SelectMany(Periods)],
            Without = [.. e.Lines.Where(l => l.Name == "EXDATE").SelectMany(IcsTime.Read)],
        };
    }

    /// <summary>Neither free nor cancelled.</summary>
    public static bool Busy(IcsComponent e) =>
        !Says(e, "TRANSP", "TRANSPARENT")
        && !Says(e, "STATUS", "CANCELLED")
        && !Says(e, "X-MICROSOFT-CDO-BUSYSTATUS", "FREE", "WORKINGELSEWHERE");

    private static bool Says(IcsComponent e, string name, params string[] values) =>
        e[name]?.Value is { } value && values.Contains(value, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<(IcsTime, Func<DateTimeOffset, Func<IcsTime, DateTimeOffset>, DateTimeOffset>?)> Periods(IcsLine line)
    {
        foreach (var value in line.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (value.Split('/') is not [var first, var last])
            {
                yield return (IcsTime.Read(value, line.Parameters), null);
                continue;
            }
            if (last.TrimStart('+', '-').StartsWith('P'))
            {
                var (days, time) = IcsTime.Duration(last);
                yield return (IcsTime.Read(first, line.Parameters), (at, _) => at + TimeSpan.FromDays(days) + time);
            }
            else
            {
                var end = IcsTime.Read(last, line.Parameters);
                yield return (IcsTime.Read(first, line.Parameters), (_, instant) => instant(end));
            }
        }
    }
}
