using System.Globalization;

namespace Parceo.Access.Domain;

/// <summary>Names of people: one line of text without controls or marks that turn its direction (S36).</summary>
internal static class PersonName
{
    /// <summary>What may stand before a name.</summary>
    public static IReadOnlyList<string> Titles { get; } = ["Dr", "Pr"];

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
