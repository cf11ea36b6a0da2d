using System.Globalization;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;

namespace Parceo.Slots.Outside;

/// <summary>
/// A recurrence rule. The library finds its days; COUNT, UNTIL and the times of a day are applied here, so that a rule is
/// bounded before the library sees it and each day it gives can be the last.
/// </summary>
internal sealed class IcsRule
{
    private const int MostTimesOfDay = 24,
        LongestText = 2_000;
    private static readonly string[] OfDays =
    [
        "FREQ",
        "INTERVAL",
        "BYDAY",
        "BYMONTH",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYSETPOS",
        "WKST",
    ];
    private readonly string days;
    private readonly string frequency;
    private readonly int? count;
    private readonly IcsTime? until;
    private readonly int[] hours,
        minutes,
        seconds;

    private IcsRule(Dictionary<string, string> parts)
    {
        frequency = parts.GetValueOrDefault("FREQ", "").ToUpperInvariant();
        if (frequency is "SECONDLY" or "MINUTELY" or "HOURLY")
            throw new IcsFault("ics_too_frequent");
        if (frequency is not ("DAILY" or "WEEKLY" or "MONTHLY" or "YEARLY"))
            throw new IcsFault("ics_unreadable");
        if (parts.TryGetValue("INTERVAL", out var interval))
            Number(interval, 1, 10_000);
        if (parts.TryGetValue("COUNT", out var most))
            count = Number(most, 1, int.MaxValue);
        if (parts.TryGetValue("UNTIL", out var last))
            until = IcsTime.Read(last, new Dictionary<string, string>());
        (hours, minutes, seconds) = (Numbers(parts, "BYHOUR", 23), Numbers(parts, "BYMINUTE", 59), Numbers(parts, "BYSECOND", 60));
        var times = Math.Max(1L, hours.Length) * Math.Max(1, minutes.Length) * Math.Max(1, seconds.Length);
        if (times > MostTimesOfDay)
            throw new IcsFault("ics_too_frequent");
        if (times > 1 && parts.ContainsKey("BYSETPOS"))
            throw new IcsFault("ics_unreadable"); // positions among times, which only the library's own expansion knows
        days = string.Join(';', OfDays.Where(parts.ContainsKey).Select(p => $"{p}={parts[p].ToUpperInvariant()}"));
    }

    /// <summary>Once a year at most, as clocks change.</summary>
    public bool IsYearly => frequency == "YEARLY";

    /// <summary>Its last day when it says one; a later one is over.</summary>
    public DateTime? LastDay => until?.Local.Date;

    /// <summary>Reads a rule.</summary>
    public static IcsRule Read(string text)
    {
        if (text.Length > LongestText)
            throw new IcsFault("ics_unreadable");
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (part.Split('=', 2) is [var name, var value])
                parts[name.Trim()] = value.Trim();
        return new IcsRule(parts);
    }

    /// <summary>Whether an occurrence comes after UNTIL: of a date, that day is included; of a local time, whatever the zone.</summary>
    public bool IsOver(DateTime local, bool isDate, Func<DateTime, DateTimeOffset> instant) =>
        until is { } last
        && (
            last.IsUtc ? instant(local) > new DateTimeOffset(DateTime.SpecifyKind(last.Local, DateTimeKind.Utc))
            : last.IsDate || isDate ? local.Date > last.Local.Date
            : local > last.Local
        );

    /// <summary>Occurrences between two local times, in order. What comes before the first is counted, not given.</summary>
    public IEnumerable<DateTime> Expand(DateTime start, DateTime from, DateTime to, Func<DateTime, bool> isOver, IcsBudget budget)
    {
        var first = count is null && from > start ? from.AddDays(-1) : start;
        var series = new CalendarEvent
        {
            DtStart = new CalDateTime(DateOnly.FromDateTime(start)),
            RecurrenceRule = new RecurrencePattern(days),
        };
        // Without a COUNT, none for that long is none before the horizon.
        var unmatched = (frequency, count) switch
        {
            ("DAILY", null) => 1_000,
            ("DAILY", _) => 3_000,
            ("WEEKLY", _) => 520,
            ("MONTHLY", _) => 340,
            _ => 40,
        };
        using var found = series
            .GetOccurrences(
                new CalDateTime(DateOnly.FromDateTime(first)),
                new EvaluationOptions { MaxUnmatchedIncrementsLimit = unmatched }
            )
            .GetEnumerator();
        var left = count ?? int.MaxValue;
        while (Next())
        {
            foreach (var local in TimesOf(found.Current.Period.StartTime.Date, start))
            {
                if (local < start)
                    continue;
                if (left-- == 0 || local >= to || isOver(local))
                    yield break;
                if (local >= from)
                    yield return local;
            }
        }

        bool Next()
        {
            budget.Spend();
            try
            {
                return found.MoveNext();
            }
            catch (EvaluationLimitExceededException)
            {
                return count is null ? false : throw new IcsFault("ics_unreadable");
            }
        }
    }

    private IEnumerable<DateTime> TimesOf(DateOnly day, DateTime start) =>
        from hour in hours.Length > 0 ? hours : [start.Hour]
        from minute in minutes.Length > 0 ? minutes : [start.Minute]
        from second in seconds.Length > 0 ? seconds : [start.Second]
        select day.ToDateTime(new TimeOnly(hour, minute, second));

    private static int[] Numbers(Dictionary<string, string> parts, string name, int most) =>
        parts.TryGetValue(name, out var list) ? [.. list.Split(',').Select(n => Math.Min(Number(n, 0, most), 59)).Distinct().Order()] : [];

    private static int Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : throw new IcsFault("ics_unreadable");
}
