using System.Globalization;
using System.Text;
using Parceo.SecureMail.Contracts;

namespace Parceo.SecureMail.Xdm;

/// <summary>
/// A readable PDF 1.4 of a document: A4, Helvetica (one of the fonts every reader has), Windows-1252 letters, lines broken by
/// the font's widths. Enough for a report of a page or three; anything richer is not Parceo's to lay out.
/// </summary>
internal static class PlainPdf
{
    private const int Left = 56,
        Top = 786,
        Bottom = 60,
        LineHeight = 15;
    private const double Width = 483,
        Size = 11;

    // Widths of Helvetica from space to tilde, in thousandths of its size (Adobe font metrics); others as 'e'.
    private static readonly int[] Widths =
    [
        .. """
            278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556
            556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778
            667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556
            556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584
            """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture)),
    ];

    static PlainPdf() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The bytes.</summary>
    public static byte[] Of(MailDocument d)
    {
        var lines = new List<(string Text, bool Bold)> { (d.Title, true), ("", false) };
        var born = d.Patient.BirthDate is { } day ? $", {(d.Patient.Sex == Sex.Female ? "née" : "né")} le {day:dd/MM/yyyy}" : "";
        lines.AddRange(Broken($"Patient : {d.Patient.BirthName.ToUpperInvariant()} {d.Patient.FirstNames}{born}").Select(l => (l, false)));
        lines.AddRange(Broken($"Auteur : {d.Author}").Select(l => (l, false)));
        foreach (var section in d.Sections.Where(s => s.Text.Length > 0))
        {
            lines.Add(("", false));
            lines.Add((section.Title, true));
            lines.AddRange(Broken(section.Text).Select(l => (l, false)));
        }
        return File([.. lines.Chunk((Top - Bottom) / LineHeight)]);
    }

    private static byte[] File((string Text, bool Bold)[][] pages)
    {
        var file = new MemoryStream();
        var offsets = new List<long>();
        void Write(string text) => file.Write(Encoding.GetEncoding(1252).GetBytes(text));
        void Object(string text)
        {
            offsets.Add(file.Position);
            Write($"{offsets.Count} 0 obj\n{text}\nendobj\n");
        }
        Write("%PDF-1.4\n");
        Object("<< /Type /Catalog /Pages 2 0 R >>");
        Object($"<< /Type /Pages /Count {pages.Length} /Kids [{string.Join(' ', pages.Select((_, i) => $"{5 + (2 * i)} 0 R"))}] >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        foreach (var page in pages)
        {
            Object(
                $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {offsets.Count + 2} 0 R >>"
            );
            var text = new StringBuilder($"BT {LineHeight} TL {Left} {Top} Td\n");
            foreach (var (line, bold) in page)
                text.Append(CultureInfo.InvariantCulture, $"/F{(bold ? 2 : 1)} {Size} Tf ({Escaped(line)}) Tj T*\n");
            text.Append("ET");
            Object($"<< /Length {Encoding.GetEncoding(1252).GetByteCount(text.ToString())} >>\nstream\n{text}\nendstream");
        }
        var start = file.Position;
        Write(
            $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n{string.Concat(offsets.Select(o => $"{o:D10} 00000 n \n"))}trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
        );
        return file.ToArray();
    }

    private static IEnumerable<string> Broken(string text)
    {
        foreach (var paragraph in text.Replace("\r", "", StringComparison.Ordinal).Split('\n'))
        {
            var line = new StringBuilder();
            foreach (var word in paragraph.Replace('\u202F', '\u00A0').Split(' '))
            {
                foreach (var part in word.Chunk(60).Select(c => new string(c)).DefaultIfEmpty("")) // a word longer than a line is cut
                {
                    if (line.Length > 0 && WidthOf(line.ToString()) + WidthOf(" " + part) > Width)
                    {
                        yield return line.ToString();
                        line.Clear();
                    }
                    if (line.Length > 0)
                        line.Append(' ');
                    line.Append(part);
                }
            }
            yield return line.ToString();
        }
    }

    private static double WidthOf(string text) => text.Sum(c => c is >= ' ' and <= '~' ? Widths[c - ' '] : 556) * Size / 1000;

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("(", "\\(", StringComparison.Ordinal)
            .Replace(")", "\\)", StringComparison.Ordinal);
}
