using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Parceo.Platform;

/// <summary>
/// Days, hours, distances, numbers and lists as every page and every message writes them (ui.md section 7): prose
/// « 18 h 50 », grids 18:50, the first of a month « 1er ». A module's own words stand in the module.
/// </summary>
public static class FrenchText
{
    private const string NoBreak = "\u00A0",
        Narrow = "\u202F";

    /// <summary>France's, whatever the machine's.</summary>
    public static CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>Order of names in a list: « Évreux » stands between « Épinal » and « Zola », not after it as its bytes would.</summary>
    public static StringComparer ByName { get; } = StringComparer.Create(Culture, ignoreCase: true);

    /// <summary>« 19 h 10 », « 19 h », where the place is.</summary>
    public static string Hour(DateTimeOffset at, string zone) => Hour(TimeOnly.FromDateTime(LocalTime.In(at, zone).DateTime));

    /// <summary>« 8 h 30 », « 8 h ».</summary>
    public static string Hour(TimeOnly time) =>
        time.Minute == 0 ? $"{time.Hour}{NoBreak}h" : $"{time.Hour}{NoBreak}h{NoBreak}{time.Minute:00}";

    /// <summary>« 8 h 30 », « minuit »: until when, where the place is.</summary>
    public static string Till(DateTimeOffset at, string zone) =>
        LocalTime.In(at, zone) is { Hour: 0, Minute: 0 } ? "minuit" : Hour(at, zone);

    /// <summary>« 20 h – 24 h »; midnight at the end of a day is 24 h.</summary>
    public static string Hours(DateTimeOffset start, DateTimeOffset end, string zone) =>
        $"{Hour(start, zone)}{NoBreak}– {(LocalTime.In(end, zone) is { Hour: 0, Minute: 0 } ? $"24{NoBreak}h" : Hour(end, zone))}";

    /// <summary>« 8 h – 12 h 30 »; midnight at the end of a day is 24 h.</summary>
    public static string Hours(TimeOnly start, TimeOnly end) =>
        $"{Hour(start)}{NoBreak}– {(end == TimeOnly.MinValue ? $"24{NoBreak}h" : Hour(end))}";

    /// <summary>« 19:10 », for grids and lists.</summary>
    public static string Grid(DateTimeOffset at, string zone) => LocalTime.In(at, zone).ToString("HH:mm", Culture);

    /// <summary>« 1er déc. 19:10 », for lists.</summary>
    public static string GridDay(DateTimeOffset at, string zone) => $"{ShortDay(at, zone)} {Grid(at, zone)}";

    /// <summary>« 1er décembre 2026 »</summary>
    public static string Date(DateOnly day) => Write(day, "@ MMMM yyyy");

    /// <summary>« 1er décembre 2026 », where the place is.</summary>
    public static string Date(DateTimeOffset at, string zone) => Date(LocalTime.DayOf(at, zone));

    /// <summary>« 1er déc. 2026 »</summary>
    public static string ShortDate(DateTimeOffset at, string zone) => Write(LocalTime.DayOf(at, zone), "@ MMM yyyy");

    /// <summary>« 1er décembre »</summary>
    public static string Day(DateOnly day) => Write(day, "@ MMMM");

    /// <summary>« 1er décembre », where the place is.</summary>
    public static string Day(DateTimeOffset at, string zone) => Day(LocalTime.DayOf(at, zone));

    /// <summary>« 1er déc. »</summary>
    public static string ShortDay(DateOnly day) => Write(day, "@ MMM");

    /// <summary>« 1er déc. », where the place is.</summary>
    public static string ShortDay(DateTimeOffset at, string zone) => ShortDay(LocalTime.DayOf(at, zone));

    /// <summary>« mardi 1er décembre »</summary>
    public static string LongDay(DateOnly day) => Write(day, "dddd @ MMMM");

    /// <summary>« mardi 1er décembre », where the place is.</summary>
    public static string LongDay(DateTimeOffset at, string zone) => LongDay(LocalTime.DayOf(at, zone));

    /// <summary>« mardi 1er décembre 2026 »</summary>
    public static string LongDate(DateOnly day) => Write(day, "dddd @ MMMM yyyy");

    /// <summary>« mardi 1er »</summary>
    public static string WeekDay(DateOnly day) => Write(day, "dddd @");

    /// <summary>« mar. 1er »</summary>
    public static string ShortWeekDay(DateOnly day) => Write(day, "ddd @");

    /// <summary>« décembre 2026 »</summary>
    public static string Month(DateOnly day) => day.ToString("MMMM yyyy", Culture);

    /// <summary>« 1er décembre à 18 h 05 », where the place is.</summary>
    public static string Moment(DateTimeOffset at, string zone) => $"{Day(at, zone)} à {Hour(at, zone)}";

    /// <summary>« 03 87 98 00 02 »; numbers of another shape stay as they were written.</summary>
    [return: NotNullIfNotNull(nameof(number))]
    public static string? Phone(string? number)
    {
        if (
            number is null
            || number.Length > 14
            || !number.All(c => char.IsAsciiDigit(c) || c is ' ' or '.' or '-' or '\u00A0' or '\u202F')
        )
            return number;
        var digits = number.Where(char.IsAsciiDigit).ToArray();
        return digits.Length == 10 ? string.Join(NoBreak, digits.Chunk(2).Select(pair => new string(pair))) : number;
    }

    /// <summary>The address that calls a number, however it is written.</summary>
    public static string Call(string number) =>
        // « +33 (0)3 … »: that zero is dialled from France only, where the rest is not.
        $"tel:{string.Concat((number.TrimStart() is ['+', ..] ? number.Replace("(0)", "", StringComparison.Ordinal) : number).Where(c => char.IsAsciiDigit(c) || c == '+'))}";

    /// <summary>« 800 m », « 4,1 km », « 12 km »; what is nearer than we know is « moins de 100 m ».</summary>
    public static string Distance(double km) =>
        Math.Round(km * 10, MidpointRounding.AwayFromZero) switch
        {
            < 1 => $"moins de 100{NoBreak}m",
            < 10 and var hundreds => $"{hundreds * 100:0}{NoBreak}m",
            < 100 and var tenths => $"{(tenths / 10).ToString("0.#", Culture)}{NoBreak}km",
            _ => $"{Count((long)Math.Round(km, MidpointRounding.AwayFromZero))}{NoBreak}km",
        };

    /// <summary>« 62 000 »</summary>
    public static string Count(long count) => count.ToString("#,0", Culture).Replace(NoBreak, Narrow, StringComparison.Ordinal);

    /// <summary>« 0 place », « 1 place », « 62 000 places »: in French the plural begins with two.</summary>
    public static string Count(long count, string one, string many) => $"{Count(count)}{NoBreak}{(Math.Abs(count) < 2 ? one : many)}";

    /// <summary>« 1,4 Mo », « 12 ko »: thousands, as people's own computers count files.</summary>
    public static string Size(long bytes) =>
        bytes < 1_000_000 ? $"{Math.Max(1, (bytes + 500) / 1000)}{NoBreak}ko" : $"{(bytes / 1e6).ToString("0.#", Culture)}{NoBreak}Mo";

    /// <summary>« Metz », « Metz et Thionville », « Metz, Thionville et Sarrebourg ».</summary>
    public static string List(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.Take(items.Count - 1))} et {items[^1]}";

    /// <summary>« Jeudi 26 »</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], Culture) + text[1..];

    // « @ » is the day of the month: .NET writes « 1 décembre ».
    /// <summary>As in the middle of a sentence: « effecteur du SAS ».</summary>
    public static string Small(string text) =>
        text.Length > 1 && char.IsUpper(text[1]) ? text
        : text.Length == 0 ? text
        : char.ToLower(text[0], Culture) + text[1..];

    private static string Write(DateOnly day, string format) =>
        day.ToString(format.Replace("@", day.Day == 1 ? "'1er'" : "d", StringComparison.Ordinal), Culture);
}
