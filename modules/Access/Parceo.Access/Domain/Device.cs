namespace Parceo.Access.Domain;

/// <summary>« Firefox, Windows »: enough for somebody to recognise their own device in a list.</summary>
internal static class Device
{
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];

    public static string Describe(string? userAgent)
    {
        var known = new[] { First(Browsers, userAgent), First(Systems, userAgent) }.OfType<string>().ToList();
        return known.Count == 0 ? "Appareil inconnu" : string.Join(", ", known);
    }

    private static string? First((string Mark, string Name)[] marks, string? text) =>
        text is null ? null : marks.FirstOrDefault(m => text.Contains(m.Mark, StringComparison.Ordinal)).Name;
}
