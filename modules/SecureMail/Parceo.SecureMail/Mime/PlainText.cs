using System.Text;
using MimeKit.Text;

namespace Parceo.SecureMail.Mime;

/// <summary>Texts from outside, made fit to store and show: bounded, without control or direction characters (S36).</summary>
internal static class PlainText
{
    private static readonly Rune[] Windows1252 =
    [
        .. CodePagesEncodingProvider
            .Instance.GetEncoding(1252)!
            .GetString([.. Enumerable.Range(0x80, 0x20).Select(b => (byte)b)])
            .Select(c => new Rune(c)),
    ];

    /// <summary>Several lines. What is not seen and yet there (marks of direction, of no width, tags) goes.</summary>
    public static string Of(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var result = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var read in text.EnumerateRunes())
        {
            if (result.Length >= longest)
                break;
            // Bytes of Windows-1252 that were declared as iso-8859-1: quotes, dashes, œ.
            var rune = read.Value is >= 0x80 and <= 0x9F ? Windows1252[read.Value - 0x80] : read;
            if (
                rune.Value
                is '\r'
                    or 0xFEFF
                    or 0xFFFD
                    or 0x061C
                    or 0x200B
                    or 0x200E
                    or 0x200F
                    or (>= 0x202A and <= 0x202E)
                    or (>= 0x2060 and <= 0x2069)
                    or (>= 0xE0000 and <= 0xE007F)
            )
                continue;
            if (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t'))
                continue;
            result.Append(rune.ToString());
        }
        return result.ToString().Trim();
    }

    /// <summary>One line.</summary>
    public static string Line(string? text, int longest) =>
        string.Join(' ', Of(text, longest * 2).Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)) is var line
        && line.Length > longest
            ? line[..(char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest)]
            : line;

    /// <summary>
    /// The words of a page, without anything of it that could act: no script, style, image or link is kept; a link's address
    /// follows its words in parentheses.
    /// </summary>
    public static string OfHtml(string html, int longest)
    {
        var text = new StringBuilder();
        var (inTitle, hidden, link) = (false, 0, "");
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (text.Length < longest && tokens.ReadNextToken(out var token))
        {
            if (token is HtmlDataToken data && token.Kind == HtmlTokenKind.Data)
            {
                if (hidden == 0 && !inTitle)
                    text.Append(data.Data);
            }
            else if (token is HtmlTagToken tag)
            {
                // Of a head only its title holds words; where the head ends is of no matter, and many mails do not say it.
                if (tag.Id is HtmlTagId.Title or HtmlTagId.Body)
                    inTitle = tag.Id is HtmlTagId.Title && !tag.IsEndTag && !tag.IsEmptyElement;
                if (tag.Id is HtmlTagId.Script or HtmlTagId.Style && !tag.IsEmptyElement)
                    hidden = Math.Max(0, hidden + (tag.IsEndTag ? -1 : 1));
                else if (
                    tag.Id
                    is HtmlTagId.Br
                        or HtmlTagId.P
                        or HtmlTagId.Div
                        or HtmlTagId.TR
                        or HtmlTagId.LI
                        or HtmlTagId.H1
                        or HtmlTagId.H2
                        or HtmlTagId.H3
                        or HtmlTagId.Table
                        or HtmlTagId.BlockQuote
                )
                    text.Append('\n');
                else if (tag.Id is HtmlTagId.TD)
                    text.Append(' ');
                else if (tag.Id is HtmlTagId.A && !tag.IsEndTag)
                    link = tag.Attributes.FirstOrDefault(a => a.Id == HtmlAttributeId.Href)?.Value ?? "";
                else if (tag.Id is HtmlTagId.A && link.StartsWith("http", StringComparison.OrdinalIgnoreCase))
                    (_, link) = (text.Append(" (").Append(link).Append(')'), "");
            }
        }
        var lines = Of(text.ToString(), longest).Split('\n').Select(l => l.Trim());
        return string.Join('\n', lines.Where((l, i) => l.Length > 0 || i == 0)).Trim();
    }

    /// <summary>An answer without the text that it answers, where mail programs mark it.</summary>
    public static string WithoutQuote(string text)
    {
        var lines = text.Split('\n');
        var end = Array.FindIndex(lines, l =>
            l.StartsWith('>')
            || l.StartsWith("-----", StringComparison.Ordinal)
            || (l.StartsWith("Le ", StringComparison.Ordinal) && l.TrimEnd().EndsWith("écrit :", StringComparison.Ordinal))
            || l.TrimEnd().EndsWith("a écrit\u00A0:", StringComparison.Ordinal)
        );
        return end > 0 ? string.Join('\n', lines[..end]).Trim() : text;
    }
}
