using System.Globalization;

namespace Parceo.Directory.Pages;

/// <summary>Figures and instants as the pages write them.</summary>
internal static class Format
{
    private const char Narrow = '\u202F';
    private const char NoBreak = '\u00A0';
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>« 4,1 km »; places are known to the commune, so nothing is nearer than « même commune ».</summary>
    public static string Km(double km) => km < 0.05 ? "même commune" : string.Create(French, $"{km:0.#}{NoBreak}km");

    /// <summary>« 62 000 ».</summary>
    public static string Count(long count) => count.ToString("#,0", French).Replace(' ', Narrow).Replace(NoBreak, Narrow);

    /// <summary>« 22 nov. 2026, 18 h 50 », in Paris.</summary>
    public static string Instant(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, Paris);
        return string.Create(French, $"{local:d MMM yyyy}, {local:%H}{NoBreak}h{NoBreak}{local:mm}");
    }

    /// <summary>« 22 nov. 2026 », in Paris.</summary>
    public static string Day(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Paris).ToString("d MMM yyyy", French);

    /// <summary>« 03 87 98 00 02 »; anything else than ten digits stays as received.</summary>
    public static string Phone(string phone)
    {
        var digits = phone.Where(char.IsAsciiDigit).ToArray();
        return digits.Length == 10 && phone.Length <= 14 ? string.Join(NoBreak, digits.Chunk(2).Select(pair => new string(pair))) : phone;
    }

    /// <summary>« Dr » never stands alone at the end of a line.</summary>
    public static string Name(string name) =>
        name.StartsWith("Dr ", StringComparison.Ordinal) || name.StartsWith("Pr ", StringComparison.Ordinal)
            ? $"{name[..2]}{NoBreak}{name[3..]}"
            : name;
}
