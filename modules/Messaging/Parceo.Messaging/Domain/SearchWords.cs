using System.Globalization;
using System.Text;

namespace Parceo.Messaging.Domain;

/// <summary>Words as people look for them: without case and accents, as the beginning of a word.</summary>
internal static class SearchWords
{
    private const int Around = 60;

    /// <summary>At most ten.</summary>
    public static IReadOnlyList<string> Of(string text) =>
        [
            .. Fold(text)
                .Folded.Split([' ', '\t', ',', ';', '.', '\'', '’', '-', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries)
                .Distinct()
                .Take(10),
        ];

    /// <summary>The first word found with some text around it, the beginning when none is asked for; null when one of them is missing.</summary>
    public static string? Excerpt(string text, IReadOnlyList<string> words)
    {
        var (folded, positions) = Fold(text);
        var first = -1;
        foreach (var word in words)
        {
            var at = Find(folded, word);
            if (at < 0)
                return null;
            if (first < 0)
                first = at;
        }
        var middle = first < 0 ? 0 : positions[first];
        var from = Math.Max(0, middle - Around);
        var to = Math.Min(text.Length, middle + (2 * Around));
        return $"{(from > 0 ? "…" : "")}{text[from..to].ReplaceLineEndings(" ").Trim()}{(to < text.Length ? "…" : "")}";
    }

    private static int Find(string folded, string word)
    {
        for (var at = folded.IndexOf(word, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(word, at + 1, StringComparison.Ordinal))
            if (at == 0 || !char.IsLetterOrDigit(folded[at - 1]))
                return at;
        return -1;
    }

    /// <summary>Lower case without accents, and where each character stood.</summary>
    private static (string Folded, List<int> Positions) Fold(string text)
    {
        var (folded, positions) = (new StringBuilder(text.Length), new List<int>(text.Length));
        for (var i = 0; i < text.Length; i++)
        {
            // Character by character, so that positions stay known; a lone half of a pair is left as it is.
            var plain = char.IsSurrogate(text[i])
                ? text[i].ToString()
                : text[i] switch
                {
                    'œ' or 'Œ' => "oe",
                    'æ' or 'Æ' => "ae",
                    _ => text[i].ToString().Normalize(NormalizationForm.FormD),
                };
            foreach (var c in plain)
            {
                if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                    continue;
                folded.Append(char.ToLowerInvariant(c));
                positions.Add(i);
            }
        }
        return (folded.ToString(), positions);
    }
}
