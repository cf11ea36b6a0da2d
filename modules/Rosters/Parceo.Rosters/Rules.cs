using FluentValidation;

namespace Parceo.Rosters;

/// <summary>Texts as they may come in: no control or bidirectional characters, bounded (S35, S36).</summary>
internal static class Rules
{
    public static IRuleBuilderOptions<T, string?> PlainText<T>(this IRuleBuilder<T, string?> rule, string code, int longest) =>
        rule.Must(text => text is null || (text.Length <= longest && IsPlain(text))).WithMessage(code);

    public static IRuleBuilderOptions<T, string> Reference<T>(this IRuleBuilder<T, string> rule, string code, int longest) =>
        rule.Must(text => !string.IsNullOrWhiteSpace(text) && text.Length <= longest && IsPlain(text)).WithMessage(code);

    public static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (
                char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\uFEFF'
            )
                return false;
            if (char.IsHighSurrogate(c) && (i + 1 == text.Length || !char.IsLowSurrogate(text[++i])))
                return false;
            else if (char.IsLowSurrogate(c) && !char.IsHighSurrogate(text[Math.Max(0, i - 1)]))
                return false;
        }
        return true;
    }
}
