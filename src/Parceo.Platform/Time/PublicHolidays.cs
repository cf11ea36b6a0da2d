using System.Collections.Concurrent;

namespace Parceo.Platform;

/// <summary>
/// Public holidays where a place is (code du travail L3133-1; Alsace-Moselle L3134-13; the end of slavery overseas,
/// L3422-2 and decree 83-1003). Computed, so that no year is missing.
/// </summary>
public static class PublicHolidays
{
    private static readonly ConcurrentDictionary<(int Year, string Departement), Dictionary<DateOnly, string>> Years = new();

    /// <summary>Name of the holiday in French, or null for an ordinary day.</summary>
    public static string? Of(DateOnly day, string departement) => In(day.Year, departement).GetValueOrDefault(day);

    /// <summary>Those of a year, by date.</summary>
    public static IReadOnlyDictionary<DateOnly, string> In(int year, string departement) =>
        Years.GetOrAdd((year, departement), static k => Compute(k.Year, k.Departement));

    /// <summary>Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).</summary>
    public static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
        var g = (b - f + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }

    private static Dictionary<DateOnly, string> Compute(int year, string departement)
    {
        var easter = Easter(year);
        var days = new Dictionary<DateOnly, string>();
        // Ascension may fall on 1 or 8 May: the fixed day keeps its name.
        void Add(DateOnly day, string name) => days.TryAdd(day, name);
        Add(new(year, 1, 1), "Jour de l’An");
        Add(new(year, 5, 1), "Fête du Travail");
        Add(new(year, 5, 8), "Victoire 1945");
        Add(new(year, 7, 14), "Fête nationale");
        Add(new(year, 8, 15), "Assomption");
        Add(new(year, 11, 1), "Toussaint");
        Add(new(year, 11, 11), "Armistice 1918");
        Add(new(year, 12, 25), "Noël");
        Add(easter.AddDays(1), "Lundi de Pâques");
        Add(easter.AddDays(39), "Ascension");
        Add(easter.AddDays(50), "Lundi de Pentecôte");
        if (departement is "57" or "67" or "68")
        {
            Add(easter.AddDays(-2), "Vendredi saint");
            Add(new(year, 12, 26), "Saint-Étienne");
        }
        if (EndOfSlavery(departement) is var (month, day))
            Add(new(year, month, day), "Abolition de l’esclavage");
        return days;
    }

    private static (int Month, int Day)? EndOfSlavery(string departement) =>
        departement switch
        {
            "971" => (5, 27),
            "972" => (5, 22),
            "973" => (6, 10),
            "974" => (12, 20),
            "976" => (4, 27),
            "977" => (10, 9),
            "978" => (5, 28),
            _ => null,
        };
}
