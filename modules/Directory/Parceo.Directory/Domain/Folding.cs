using System.Globalization;
using System.Text;

namespace Parceo.Directory.Domain;

/// <summary>
/// Text as stored (<see cref="Clean"/>) and as searched (<see cref="Fold"/>). No database collation is relied upon:
/// folded keys hold only a–z, 0–9 and single spaces, so byte order is their order on every engine.
/// </summary>
internal static class Folding
{
    /// <summary>First character after every character of a folded key: [prefix, prefix + AfterAll) is the range of a prefix.</summary>
    public const string AfterAll = "{";

    /// <summary>
    /// Text fit to store and show: composed accents (NFC), control characters, NUL, stray line ends and no-break
    /// spaces turned into spaces, zero-width marks dropped, no space doubled or at an end.
    /// </summary>
    public static string Clean(string text)
    {
        if (IsClean(text))
        {
            return text;
        }
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var category = char.GetUnicodeCategory(c);
            if (category is UnicodeCategory.Format)
            {
                continue;
            }
            if (
                category
                is UnicodeCategory.Control
                    or UnicodeCategory.SpaceSeparator
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
            )
            {
                AppendSpace(result);
            }
            else
            {
                result.Append(c);
            }
        }
        return Compose(TrimEnd(result));
    }

    /// <summary>
    /// Search key: lower case, no accents, ligatures spelt out, hyphens, apostrophes and all else that is neither
    /// letter nor digit as one space, « st »/« ste » written saint/sainte.
    /// </summary>
    public static string Fold(string text) => FoldCore(text, expandSaints: true);

    /// <summary>As <see cref="Fold"/>, for text still being typed: a last « st » may be the start of Strasbourg and stays.</summary>
    public static string FoldAsTyped(string text) => FoldCore(text, expandSaints: false);

    /// <summary>
    /// The words a folded name is found by: each word, and the whole without spaces where there are several
    /// (« le goff » is also typed « legoff »).
    /// </summary>
    public static IEnumerable<string> Words(string key)
    {
        if (!key.Contains(' '))
        {
            return key.Length == 0 ? [] : [key];
        }
        return key.Split(' ').Append(key.Replace(" ", "", StringComparison.Ordinal)).Distinct();
    }

    private static string FoldCore(string text, bool expandSaints)
    {
        var result = new StringBuilder(text.Length + 8);
        var wordStart = 0;
        foreach (var c in Ascii.IsValid(text) ? text : Decompose(text))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                result.Append((char)(c is >= 'A' and <= 'Z' ? c | 0x20 : c));
            }
            else if (c < 0x80)
            {
                EndWord();
            }
            else if (Spelling(c) is { } letters)
            {
                result.Append(letters);
            }
            else if (char.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
            {
                EndWord();
            }
        }
        EndWord();
        return TrimEnd(result);

        void EndWord()
        {
            if (expandSaints && result.Length - wordStart is 2 or 3 && result[wordStart] == 's' && result[wordStart + 1] == 't')
            {
                if (result.Length - wordStart == 2)
                {
                    result.Length = wordStart;
                    result.Append("saint");
                }
                else if (result[wordStart + 2] == 'e')
                {
                    result.Length = wordStart;
                    result.Append("sainte");
                }
            }
            AppendSpace(result);
            wordStart = result.Length;
        }
    }

    private static string? Spelling(char c) =>
        c switch
        {
            'œ' or 'Œ' => "oe",
            'æ' or 'Æ' => "ae",
            'ß' or 'ẞ' => "ss",
            'ø' or 'Ø' => "o",
            'đ' or 'Đ' or 'ð' or 'Ð' => "d",
            'ł' or 'Ł' => "l",
            'ı' => "i",
            'þ' or 'Þ' => "th",
            _ => null,
        };

    private static bool IsClean(string text)
    {
        var previous = ' ';
        foreach (var c in text)
        {
            // Latin letters with accents, as French files carry them, are already composed and need no work.
            if (c < ' ' || c is '\u007f' or > 'ÿ' || (c is >= '\u0080' and < 'À') || (c == ' ' && previous == ' '))
            {
                return false;
            }
            previous = c;
        }
        return text.Length == 0 || previous != ' ';
    }

    private static string Decompose(string text) => Normal(text, NormalizationForm.FormKD);

    private static string Compose(string text) => Normal(text, NormalizationForm.FormC);

    private static string Normal(string text, NormalizationForm form)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            // A lone surrogate cannot be normalised; it becomes the replacement character like any unreadable byte.
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Normalize(form);
        }
    }

    private static void AppendSpace(StringBuilder result)
    {
        if (result.Length > 0 && result[^1] != ' ')
        {
            result.Append(' ');
        }
    }

    private static string TrimEnd(StringBuilder result)
    {
        if (result.Length > 0 && result[^1] == ' ')
        {
            result.Length--;
        }
        return result.ToString();
    }
}
