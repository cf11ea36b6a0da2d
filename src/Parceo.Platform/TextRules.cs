using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FluentValidation;

namespace Parceo.Platform;

/// <summary>
/// Texts as they may come in (S35, S36): bounded, no control characters, no bidirectional marks (they make a text read
/// otherwise than it is stored), no half characters and none that decoding replaced.
/// </summary>
public static partial class TextRules
{
    /// <summary>One line: no control character at all.</summary>
    public static bool IsLine(string text) => text.EnumerateRunes().All(r => !Rune.IsControl(r) && IsWhole(r));

    /// <summary>Several lines: tabs and line ends may be in it.</summary>
    public static bool IsText(string? text, int longest) =>
        text is null
        || (
            text.Length <= longest && text.EnumerateRunes().All(r => (r.Value is '\n' or '\r' or '\t' || !Rune.IsControl(r)) && IsWhole(r))
        );

    /// <summary>An optional line.</summary>
    public static IRuleBuilderOptions<T, string?> PlainText<T>(this IRuleBuilder<T, string?> rule, string code, int longest) =>
        rule.Must(text => text is null || (text.Length <= longest && IsLine(text))).WithMessage(code);

    /// <summary>An optional telephone number, however it is grouped: what a page may offer to call (« 15 », « 03 87 98 00 02 », « +33 (0)3 87 98 00 02 »).</summary>
    public static IRuleBuilderOptions<T, string?> Phone<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => string.IsNullOrWhiteSpace(text) || (text.Length <= 30 && PhoneNumber().IsMatch(text)))
            .WithMessage("phone_invalid");

    /// <summary>A line that must say something.</summary>
    public static IRuleBuilderOptions<T, string> Reference<T>(this IRuleBuilder<T, string> rule, string code, int longest) =>
        rule.Must(text => !string.IsNullOrWhiteSpace(text) && text.Length <= longest && IsLine(text)).WithMessage(code);

    /// <summary>
    /// A number of another program, with some letters: as many digits as letters at least, or the identifier that Hub Santé gives
    /// (<c>fr.health.…</c>). It stands in clear where lists are made of it, so that nothing else may be written there.
    /// </summary>
    public static IRuleBuilderOptions<T, string> CaseNumber<T>(this IRuleBuilder<T, string> rule, string code, int longest) =>
        rule.Must(text =>
                !string.IsNullOrWhiteSpace(text)
                && text.Length <= longest
                && IsLine(text)
                && text.Count(char.IsDigit) is > 0 and var digits
                && (digits >= text.Count(char.IsLetter) || HubIdentifier().IsMatch(text))
            )
            .WithMessage(code);

    /// <summary>As people search, who leave out capitals and accents: « Œuvre » is « oeuvre ».</summary>
    public static string Fold(string text) =>
        string.Concat(
                text.Replace("œ", "oe", StringComparison.OrdinalIgnoreCase)
                    .Replace("æ", "ae", StringComparison.OrdinalIgnoreCase)
                    .Normalize(NormalizationForm.FormD)
                    .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            )
            .ToLowerInvariant();

    /// <summary>As searched word by word: a–z, 0–9, single spaces.</summary>
    public static string FoldedWords(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";
        var result = new StringBuilder(text.Length);
        foreach (var c in Fold(text))
        {
            if (char.IsAsciiLetterOrDigit(c))
                result.Append(c);
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        }
        return result.ToString().Trim();
    }

    /// <summary>A name without the title that it is shown with: « Dr Bilal Haddad », « M. Lenoir ». What is nothing but a title stays.</summary>
    public static string WithoutTitle(string text) => Title().Replace(text, "", 1);

    /// <summary>The words of a name as people type it, or paste it from where it is shown.</summary>
    public static string[] WordsOfName(string text) =>
        Fold(WithoutTitle(text)).Split([' ', '\u00A0', '\u202F', '-', '\'', '’', ','], StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\Afr(\.[A-Za-z0-9]{1,30}){2,5}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex HubIdentifier();

    [GeneratedRegex(
        @"\A[ \u00A0\u202F]*\+?([ \u00A0\u202F./()-]*[0-9]){2,15}[ \u00A0\u202F]*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        200
    )]
    private static partial Regex PhoneNumber();

    [GeneratedRegex(
        @"\A\s*((docteure?|doctoresse|dr|professeure?|prof|pr|monsieur|madame|mademoiselle|mlle|mme|mr|m|maître|maitre)(\.\s*|\s+))+(?=\S)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        200
    )]
    private static partial Regex Title();

    // EnumerateRunes gives U+FFFD for half a character.
    private static bool IsWhole(Rune r) =>
        r.Value is not (0xFFFD or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0xFEFF);
}
