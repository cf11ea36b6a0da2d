using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Parceo.Platform.Web;

/// <summary>
/// Tables for spreadsheets (S44): typed text never becomes a formula. A cell is a text, a number (<see cref="int"/>,
/// <see cref="double"/>), a local <see cref="DateTime"/>, a <see cref="DateOnly"/>, or null.
/// </summary>
public static class Exports
{
    /// <summary>Media type of <see cref="Xlsx"/>.</summary>
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Media type of <see cref="Csv"/>.</summary>
    public const string CsvType = "text/csv; charset=utf-8";

    private const uint PlainStyle = 0,
        DateStyle = 1,
        TimeStyle = 2,
        HeadStyle = 3;

    /// <summary>RFC 4180 with semicolons, as French spreadsheets read it, and the mark without which they misread accents.</summary>
    public static byte[] Csv(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var text = new StringBuilder();
        Line(head);
        foreach (var row in rows)
            Line(row);
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];

        void Line(IReadOnlyList<object?> cells) => text.AppendJoin(';', cells.Select(CsvCell)).Append("\r\n");
    }

    /// <summary>One sheet, its first line fixed and bold; texts are typed as text.</summary>
    public static byte[] Xlsx(string sheetName, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var memory = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(memory, SpreadsheetDocumentType.Workbook))
        {
            var book = file.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var sheet = book.AddNewPart<WorksheetPart>();
            var data = new SheetData(new Row(head.Select(h => Text(h, HeadStyle))));
            foreach (var row in rows)
                data.Append(new Row(row.Select(Cell)));
            sheet.Worksheet = new Worksheet(
                new SheetViews(
                    new SheetView(
                        new Pane
                        {
                            VerticalSplit = 1,
                            TopLeftCell = "A2",
                            ActivePane = PaneValues.BottomLeft,
                            State = PaneStateValues.Frozen,
                        }
                    )
                    {
                        WorkbookViewId = 0,
                    }
                ),
                new Columns(
                    new Column
                    {
                        Min = 1,
                        Max = (uint)head.Count,
                        Width = 18,
                        CustomWidth = true,
                    }
                ),
                data
            );
            book.Workbook = new Workbook(
                new Sheets(
                    new Sheet
                    {
                        Name = sheetName,
                        SheetId = 1,
                        Id = book.GetIdOfPart(sheet),
                    }
                )
            );
        }
        return memory.ToArray();
    }

    private static string CsvCell(object? cell)
    {
        var text = cell switch
        {
            null => "",
            DateTime t => t.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, FrenchText.Culture),
            _ => Harmless((string)cell),
        };
        return text.AsSpan().ContainsAny(";\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    // A spreadsheet takes a text that begins so for a formula; the full-width forms too.
    private static string Harmless(string text) =>
        text.Length > 0 && "=+-@\t\r\n＝＋－＠".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static Cell Cell(object? cell) =>
        cell switch
        {
            null => new Cell(),
            DateTime t => Number(t.ToOADate(), TimeStyle),
            DateOnly d => Number(d.ToDateTime(TimeOnly.MinValue).ToOADate(), DateStyle),
            string text => Text(text, PlainStyle),
            IConvertible number => Number(number.ToDouble(CultureInfo.InvariantCulture), PlainStyle),
            _ => Text(cell.ToString() ?? "", PlainStyle),
        };

    private static Cell Number(double value, uint style) =>
        new()
        {
            CellValue = new CellValue(value),
            DataType = CellValues.Number,
            StyleIndex = style,
        };

    private static Cell Text(string text, uint style) =>
        new(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }))
        {
            DataType = CellValues.InlineString,
            StyleIndex = style,
        };

    private static Stylesheet Styles() =>
        new(
            new Fonts(new Font(), new Font(new Bold())),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 })
            ),
            new Borders(new Border()),
            new CellFormats(
                new CellFormat(),
                new CellFormat { NumberFormatId = 14, ApplyNumberFormat = true },
                new CellFormat { NumberFormatId = 22, ApplyNumberFormat = true },
                new CellFormat { FontId = 1, ApplyFont = true }
            )
        );
}
