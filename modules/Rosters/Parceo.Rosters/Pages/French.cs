using System.Globalization;
using Parceo.Platform;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Domain;

namespace Parceo.Rosters.Pages;

/// <summary>Days, hours and words as the pages write them, where the place is.</summary>
internal static class French
{
    /// <summary>« Samedi 28 novembre »</summary>
    public static string Day(DateOnly day) => FrenchText.Capital(FrenchText.LongDay(day));

    /// <summary>« Sam. 28 »</summary>
    public static string ShortDay(DateOnly day) => FrenchText.Capital(FrenchText.ShortWeekDay(day));

    /// <summary>« 2026-11 »</summary>
    public static string IsoMonth(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>« samedi 28 novembre, 20 h – 24 h »</summary>
    public static string When(DateTimeOffset start, DateTimeOffset end, string zone) =>
        $"{FrenchText.LongDay(start, zone)}, {FrenchText.Hours(start, end, zone)}";

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

    /// <summary>Who takes duties there: a line of regulation and a sector are held by physicians, an officine by a pharmacist.</summary>
    public static string RoleOf(SectorKind kind) => kind == SectorKind.Pharmacy ? "pharmacien" : "médecin";

    /// <summary>Where names of those who can be on duty there are looked up, by their profession in the national nomenclature (TRE_G15).</summary>
    public static string PeopleOf(SectorKind kind) => $"/api/directory/suggestions?profession={(kind == SectorKind.Pharmacy ? 21 : 10)}";

    /// <summary>« 1 garde sans médecin », « 2 gardes sans pharmacien »</summary>
    public static string Gaps(int n, SectorKind kind) =>
        $"{(n == 0 ? "Aucune garde" : FrenchText.Count(n, "garde", "gardes"))} sans {RoleOf(kind)}";

    /// <summary>« lun., mar. 20 h – 24 h », of a house.</summary>
    public static string Of(HouseHours h) =>
        $"{string.Join(", ", h.Days.OrderBy(d => ((int)d + 6) % 7).Select(d => FrenchText.Culture.DateTimeFormat.GetAbbreviatedDayName(d)))} {FrenchText.Hours(h.From, h.To)}";

    /// <summary>The month said in an address, or that of a day.</summary>
    public static DateOnly MonthOf(string? text, DateOnly today) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
        && Math.Abs(month.DayNumber - today.DayNumber) < 731
            ? month
            : new(today.Year, today.Month, 1);
}
