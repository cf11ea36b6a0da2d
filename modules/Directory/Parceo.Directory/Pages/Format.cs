using Parceo.Platform;

namespace Parceo.Directory.Pages;

/// <summary>Names and distances of the directory, as its pages write them.</summary>
internal static class Format
{
    private const char NoBreak = '\u00A0';

    /// <summary>« 4,1 km »; places are known to the commune, so nothing is nearer than « même commune ».</summary>
    public static string Km(double km) => km < 0.05 ? "même commune" : FrenchText.Distance(km);

    /// <summary>« Dr » never stands alone at the end of a line.</summary>
    public static string Name(string name) =>
        name.StartsWith("Dr ", StringComparison.Ordinal) || name.StartsWith("Pr ", StringComparison.Ordinal)
            ? $"{name[..2]}{NoBreak}{name[3..]}"
            : name;
}
