using System.Globalization;
using System.Text.RegularExpressions;

namespace Parceo.Regulation.Domain;

/// <summary>A day's opening hours as people write them: « 8 h–12 h, 14 h–20 h 30 », « 20-8 » into the next morning.</summary>
internal static partial class HoursText
{
    /// <summary>Reads a day; an empty text is a closed day.</summary>
    /// <returns>Null when it cannot be read.</returns>
    public static IReadOnlyList<OpeningHours>? Read(DayOfWeek day, string? text)
    {
        var hours = new List<OpeningHours>();
        foreach (var part in (text ?? "").Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Span().Match(part) is not { Success: true } m || Time(m, "a") is not { } from || Time(m, "b") is not { } to || from == to)
                return null;
            hours.Add(new(day, from, to));
        }
        return hours;
    }

    /// <summary>Writes a day's hours the way they are read.</summary>
    public static string Write(IEnumerable<OpeningHours> day) =>
        string.Join(", ", day.OrderBy(h => h.From).Select(h => $"{Of(h.From)}–{Of(h.To)}"));

    private static string Of(TimeOnly t) => t.Minute == 0 ? $"{t.Hour}\u00A0h" : $"{t.Hour}\u00A0h\u00A0{t.Minute:00}";

    private static TimeOnly? Time(Match m, string side)
    {
        var hour = int.Parse(m.Groups[side + "h"].ValueSpan, CultureInfo.InvariantCulture);
        var minute = m.Groups[side + "m"] is { Success: true, Length: > 0 } given
            ? int.Parse(given.ValueSpan, CultureInfo.InvariantCulture)
            : 0;
        return hour == 24 && minute == 0 ? TimeOnly.MinValue
            : hour > 23 || minute > 59 ? null
            : new TimeOnly(hour, minute);
    }

    [GeneratedRegex(
        @"^(?<ah>\d{1,2})\s*(?:[hH:]\s*(?<am>\d{2})?)?\s*(?:-|–|à)\s*(?<bh>\d{1,2})\s*(?:[hH:]\s*(?<bm>\d{2})?)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        200
    )]
    private static partial Regex Span();
}
