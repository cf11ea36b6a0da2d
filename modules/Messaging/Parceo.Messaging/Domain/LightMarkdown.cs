using System.Text.RegularExpressions;

namespace Parceo.Messaging.Domain;

/// <summary>Light Markdown on one line: what the thread shows in bold, in italics or as code (markdown.ts) without its marks, and nothing else: « 10**9/L » is a number.</summary>
internal static partial class LightMarkdown
{
    public static string Plain(string text) =>
        Code().Replace(Italic().Replace(Bold().Replace(text, "$1"), "$2"), "$1").ReplaceLineEndings(" ");

    [GeneratedRegex(@"(?<![\p{L}\p{N}*])\*\*(?=\S)([^\n]{1,1000}?\S)\*\*(?![\p{L}\p{N}*])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bold();

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}*_])([*_])(?=[^\s*_])([^\n*_]{1,1000})(?<=\S)\1(?![\p{L}\p{N}*_])",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Italic();

    [GeneratedRegex(@"`([^`\n]{1,500})`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Code();
}
