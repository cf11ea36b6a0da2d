using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;
using Parceo.Platform;
using LocalTime = Parceo.Platform.LocalTime;

namespace Parceo.Slots.Outside;

/// <summary>A time zone: one of the tz database, or the rules of a file's own VTIMEZONE.</summary>
internal sealed class IcsZone
{
    private static readonly Dictionary<string, string> Known = Names();
    private readonly string? id;
    private readonly (DateTime At, TimeSpan Before, TimeSpan After)[] changes = []; // at: UTC, in order

    private IcsZone(string id) => this.id = id;

    private IcsZone((DateTime At, TimeSpan Before, TimeSpan After)[] changes) => this.changes = changes;

    public static IcsZone Utc { get; } = new("UTC");

    /// <summary>
    /// The zone of that name: IANA, Windows (CLDR), or IANA behind somebody's prefix
    /// (<c>/freeassociation.sourceforge.net/Europe/Paris</c>). Only names on the lists are looked up: the system reads a
    /// zone as a file, and this name is a stranger's.
    /// </summary>
    public static IcsZone? Named(string name)
    {
        var parts = name.Trim('/').Split('/');
        return
            Enumerable
                .Range(1, 3)
                .Reverse()
                .Where(n => n < parts.Length)
                .Select(n => string.Join('/', parts[^n..]))
                .Prepend(name)
                .Select(n => Known.GetValueOrDefault(n.Trim()))
                .FirstOrDefault(n => n is not null && TimeZoneInfo.TryFindSystemTimeZoneById(n, out _))
                is { } id
            ? new IcsZone(id)
            : null;
    }

    /// <summary>The rules of a VTIMEZONE, or null when they cannot be followed.</summary>
    public static IcsZone? Of(IcsComponent definition, IcsBudget budget)
    {
        var changes = new List<(DateTime At, TimeSpan Before, TimeSpan After)>();
        foreach (var part in definition.Parts.Where(p => p.Name is "STANDARD" or "DAYLIGHT"))
        {
            if (
                Offset(part["TZOFFSETFROM"]?.Value ?? part["TZOFFSETTO"]?.Value) is not { } before
                || Offset(part["TZOFFSETTO"]?.Value) is not { } after
                || IcsTime.Read(part["DTSTART"]) is not [var start]
            )
                return null;
            var onsets = new HashSet<DateTime> { start.Local };
            foreach (var rule in part.Lines.Where(l => l.Name == "RRULE").Select(l => IcsRule.Read(l.Value)))
            {
                if (!rule.IsYearly)
                    return null;
                var last = budget.Until.UtcDateTime;
                onsets.UnionWith(rule.Expand(start.Local, start.Local, last, t => rule.IsOver(t, false, l => At(l, before)), budget));
            }
            onsets.UnionWith(part.Lines.Where(l => l.Name == "RDATE").SelectMany(IcsTime.Read).Select(t => t.Local));
            changes.AddRange(onsets.Select(l => (At(l, before).UtcDateTime, before, after)));
        }
        return changes.Count == 0 ? null : new IcsZone([.. changes.OrderBy(c => c.At)]);
    }

    /// <summary>A local time as an instant: the spring gap moves forward, the autumn overlap takes the first (S61).</summary>
    public DateTimeOffset Instant(DateTime local)
    {
        if (id is not null)
            return LocalTime.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), id);
        // In the first stretch of one offset to which the local time belongs; in a gap it belongs to none, the stretch before it reads it.
        var offset = changes[0].Before;
        foreach (var (at, _, after) in changes)
        {
            if (At(local, offset).UtcDateTime < at)
                break;
            if (At(local, after).UtcDateTime < at)
                break; // the gap
            offset = after;
        }
        return At(local, offset);
    }

    /// <summary>The local time of an instant.</summary>
    public DateTime Local(DateTimeOffset instant)
    {
        if (id is not null)
            return LocalTime.In(instant, id).DateTime;
        var last = Array.FindLast(changes, c => c.At <= instant.UtcDateTime);
        return instant.UtcDateTime + (last == default ? changes[0].Before : last.After);
    }

    /// <summary>Whether clocks show the same here and there, each half month of two years.</summary>
    public bool Agrees(IcsZone other, DateTimeOffset from) =>
        Enumerable.Range(0, 49).Select(n => from.AddDays(15 * n)).All(t => Local(t) == other.Local(t));

    private static DateTimeOffset At(DateTime local, TimeSpan offset) => new(DateTime.SpecifyKind(local - offset, DateTimeKind.Utc));

    /// <summary><c>+0100</c>, <c>-033000</c>.</summary>
    private static TimeSpan? Offset(string? text)
    {
        var sign = text is ['-', ..] ? -1 : 1;
        return TimeSpan.TryParseExact(text?.TrimStart('+', '-'), ["hhmm", "hhmmss"], CultureInfo.InvariantCulture, out var offset)
            ? sign * offset
            : null;
    }

    private static Dictionary<string, string> Names()
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Z"] = "UTC" };
        foreach (var (windows, iana) in TzdbDateTimeZoneSource.Default.WindowsToTzdbIds)
            names[windows] = iana;
        foreach (var iana in DateTimeZoneProviders.Tzdb.Ids)
            names[iana] = iana;
        return names;
    }
}
