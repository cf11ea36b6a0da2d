using System.Diagnostics;
using System.Text.RegularExpressions;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using Parceo.Platform;
using IcsCalendar = Ical.Net.Calendar;

namespace Parceo.Slots.Outside;

/// <summary>
/// Busy times of an ICS text (RFC 5545) within the bounds of S46. Events that say free (TRANSP, Outlook's busy status) or
/// are cancelled don't count; days count from midnight to midnight where the professional is, and so do times without a zone.
/// </summary>
internal static partial class IcsBusyTimes
{
    /// <summary>Largest text, bytes.</summary>
    public const int LargestBytes = 1024 * 1024;
    private const int MostComponents = 5_000,
        MostOccurrences = 2_000,
        MostUnmatched = 2_000,
        Months = 24;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>Reads; times are merged and in order.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="zone">IANA zone of the professional.</param>
    /// <param name="now">Busy times that are over are left out; the horizon is 24 months.</param>
    /// <exception cref="InvalidException">On <c>address</c>: <c>ics_unreadable</c>, <c>ics_too_large</c>, <c>ics_too_frequent</c>, <c>ics_zone_unknown</c></exception>
    public static IReadOnlyList<(DateTimeOffset Start, DateTimeOffset End)> Read(string text, string zone, DateTimeOffset now)
    {
        var watch = Stopwatch.StartNew();
        if (text.Length > LargestBytes || Count(text, "BEGIN:") > MostComponents)
            throw Refused("ics_too_large");
        if (!text.TrimStart('\uFEFF', ' ', '\r', '\n').StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
            throw Refused("ics_unreadable");
        // In the text, long lines unfolded: an event may carry several rules, of which the library shows one.
        if (SubDaily().IsMatch(text.Replace("\r\n ", "", StringComparison.Ordinal).Replace("\n ", "", StringComparison.Ordinal)))
            throw Refused("ics_too_frequent");
        try
        {
            var times = new List<(DateTimeOffset Start, DateTimeOffset End)>();
            var end = now.AddMonths(Months);
            foreach (var calendar in CalendarCollection.Load(text))
            {
                foreach (var e in calendar.Events)
                    Check(e);
                foreach (var time in Occurrences(calendar, zone, now, end))
                {
                    times.Add(time);
                    if (times.Count > MostOccurrences || watch.Elapsed > Longest)
                        throw Refused("ics_too_large");
                }
            }
            return Merge(times);
        }
        catch (Exception e) when (e is not InvalidException and not OutOfMemoryException)
        {
            // The library throws many kinds on broken texts; whichever it is, the file cannot be used.
            throw Refused(e is EvaluationLimitExceededException ? "ics_too_large" : "ics_unreadable");
        }
    }

    private static void Check(CalendarEvent e)
    {
        if (e.DtStart is null)
            throw Refused("ics_unreadable"); // skipping it could leave a busy time open
        foreach (var zone in new[] { e.DtStart?.TzId, e.DtEnd?.TzId }.OfType<string>())
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
                throw Refused("ics_zone_unknown");
    }

    private static IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Occurrences(
        IcsCalendar calendar,
        string zone,
        DateTimeOffset now,
        DateTimeOffset end
    )
    {
        // A day early: what began before may still last, and dates without a zone are up to 14 hours apart.
        var from = new CalDateTime(now.UtcDateTime.Date.AddDays(-32), "UTC");
        foreach (
            var o in calendar.GetOccurrences<CalendarEvent>(from, new EvaluationOptions { MaxUnmatchedIncrementsLimit = MostUnmatched })
        )
        {
            var start = Instant(o.Period.StartTime, zone);
            if (start >= end)
                yield break; // they come in order
            if (o.Source is not CalendarEvent e || !IsBusy(e))
                continue;
            var stop =
                o.Period.EffectiveEndTime is { } s ? Instant(s, zone)
                : o.Period.StartTime.HasTime ? start
                : Instant(o.Period.StartTime.AddDays(1), zone);
            if (stop > now && stop > start)
                yield return (start, stop < end ? stop : end);
        }
    }

    private static bool IsBusy(CalendarEvent e) =>
        !string.Equals(e.Transparency, "TRANSPARENT", StringComparison.OrdinalIgnoreCase)
        && !string.Equals(e.Status, "CANCELLED", StringComparison.OrdinalIgnoreCase)
        && !e.Properties.Any(p => p.Name is "X-MICROSOFT-CDO-BUSYSTATUS" && p.Value is "FREE");

    private static DateTimeOffset Instant(CalDateTime t, string zone) =>
        !t.HasTime ? LocalTime.StartOfDay(t.Date, zone)
        : t.IsFloating ? LocalTime.At(t.Date, t.Time!.Value, zone)
        : new DateTimeOffset(t.AsUtc, TimeSpan.Zero);

    private static List<(DateTimeOffset Start, DateTimeOffset End)> Merge(List<(DateTimeOffset Start, DateTimeOffset End)> times)
    {
        var merged = new List<(DateTimeOffset Start, DateTimeOffset End)>();
        foreach (var t in times.OrderBy(t => t.Start))
        {
            if (merged.Count > 0 && t.Start <= merged[^1].End)
                merged[^1] = (merged[^1].Start, t.End > merged[^1].End ? t.End : merged[^1].End);
            else
                merged.Add(t);
        }
        return merged;
    }

    private static int Count(string text, string word)
    {
        var count = 0;
        for (
            var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = text.IndexOf(word, at + word.Length, StringComparison.OrdinalIgnoreCase)
        )
            count++;
        return count;
    }

    [GeneratedRegex(
        "FREQ=(SECONDLY|MINUTELY|HOURLY)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        200
    )]
    private static partial Regex SubDaily();

    private static InvalidException Refused(string code) => InvalidException.Of("address", code);
}
