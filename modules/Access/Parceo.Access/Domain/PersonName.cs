using System.Globalization;
using Parceo.Platform;

namespace Parceo.Access.Domain;

/// <summary>Names of people: one line of text without controls or marks that turn its direction (S36).</summary>
internal static class PersonName
{
    /// <summary>What may stand before a name.</summary>
    public static IReadOnlyList<string> Titles { get; } = ["Dr", "Pr"];

    private static readonly string[] Particles = ["de", "du", "des", "la", "le", "les", "von", "van", "el", "ben", "da", "dos"];

    /// <summary>
    /// By which lists of people are in order: the family name, then the rest, folded. What is written in capitals is the family
    /// name; otherwise it is the last word with the particles before it.
    /// </summary>
    public static string SortKey(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var capitals = words.Where(w => w.Length > 1 && w.Any(char.IsLetter) && !w.Any(char.IsLower)).ToList();
        if (capitals.Count > 0 && capitals.Count < words.Length)
            return TextRules.Fold(string.Join(' ', capitals.Concat(words.Except(capitals))));
        var first = words.Length - 1;
        while (first > 1 && Particles.Contains(words[first - 1], StringComparer.OrdinalIgnoreCase))
            first--;
        return words.Length == 0 ? "" : TextRules.Fold(string.Join(' ', words[first..].Concat(words[..first])));
    }

    public static bool IsValid(string? name) =>
        name?.Trim() is { Length: > 1 and <= 200 } text
        && !text.Any(c =>
            CharUnicodeInfo.GetUnicodeCategory(c)
                is UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.Surrogate
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
        );
}
