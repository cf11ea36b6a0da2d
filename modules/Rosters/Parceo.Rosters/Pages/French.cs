using System.Globalization;
using Parceo.Platform;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Domain;

namespace Parceo.Rosters.Pages;

/// <summary>Days, hours and words as the pages write them, where the place is.</summary>
internal static class French
{
    public static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>« Samedi 28 novembre »</summary>
    public static string Day(DateOnly day) => Capital(day.ToString("dddd d MMMM", Culture));

    /// <summary>« Sam. 28 »</summary>
    public static string ShortDay(DateOnly day) => Capital(day.ToString("ddd d", Culture));

    /// <summary>« novembre 2026 »</summary>
    public static string Month(DateOnly month) => month.ToString("MMMM yyyy", Culture);

    /// <summary>« 2026-11 »</summary>
    public static string IsoMonth(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>« 20 h – 24 h »; midnight at the end of a day is 24 h.</summary>
    public static string Hours(DateTimeOffset start, DateTimeOffset end, string zone) =>
        $"{Time(start, zone)}\u00A0– {(LocalTime.In(end, zone) is { Hour: 0, Minute: 0 } ? "24\u00A0h" : Time(end, zone))}";

    /// <summary>« 8 h », « 8 h 30 »</summary>
    public static string Time(DateTimeOffset at, string zone) =>
        LocalTime.In(at, zone) is var t && t.Minute == 0 ? $"{t.Hour}\u00A0h" : $"{t.Hour}\u00A0h\u00A0{t.Minute:00}";

    /// <summary>« samedi 28 novembre, 20 h – 24 h »</summary>
    public static string When(DateTimeOffset start, DateTimeOffset end, string zone) =>
        $"{LocalTime.In(start, zone).ToString("dddd d MMMM", Culture)}, {Hours(start, end, zone)}";

    /// <summary>« 28 novembre à 20 h »</summary>
    public static string Moment(DateTimeOffset at, string zone) =>
        $"{LocalTime.In(at, zone).ToString("d MMMM", Culture)} à {Time(at, zone)}";

    public static string Of(SectorKind kind) =>
        kind switch
        {
            SectorKind.RegulationLine => "Ligne de régulation",
            SectorKind.Pharmacy => "Pharmacies de garde",
            _ => "Secteur d’effection",
        };

    public static string IconOf(SectorKind kind) =>
        kind switch
        {
            SectorKind.RegulationLine => "phone-call",
            SectorKind.Pharmacy => "pill",
            _ => "stethoscope",
        };

    public static string Of(SwapState state) =>
        state switch
        {
            SwapState.Proposed => "Attend une réponse",
            SwapState.Accepted => "Accepté",
            SwapState.Declined => "Décliné",
            SwapState.Withdrawn => "Retiré",
            _ => "Tombé, la garde a changé",
        };

    /// <summary>« 1 garde sans médecin »</summary>
    public static string Gaps(int n) =>
        n == 0 ? "Aucune garde sans médecin"
        : n == 1 ? "1\u00A0garde sans médecin"
        : $"{n}\u00A0gardes sans médecin";

    /// <summary>« 03 87 00 00 15 »; as it stands when it is no French number.</summary>
    public static string? Phone(string? number) =>
        number is { Length: 10 } && number.All(char.IsAsciiDigit)
            ? string.Join('\u00A0', number.Chunk(2).Select(c => new string(c)))
            : number;

    /// <summary>« lun., mar. 20:00–0:00 », of a house.</summary>
    public static string Of(HouseHours h) =>
        $"{string.Join(", ", h.Days.OrderBy(d => ((int)d + 6) % 7).Select(d => Culture.DateTimeFormat.GetAbbreviatedDayName(d)))} {h.From.ToString("H:mm", Culture)}–{h.To.ToString("H:mm", Culture)}";

    public static string Capital(string text) =>
        text.Length == 0 ? text : string.Concat(char.ToUpper(text[0], Culture).ToString(), text.AsSpan(1));

    /// <summary>The month said in an address, or that of a day.</summary>
    public static DateOnly MonthOf(string? text, DateOnly today) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
        && Math.Abs(month.DayNumber - today.DayNumber) < 731
            ? month
            : new(today.Year, today.Month, 1);
}
