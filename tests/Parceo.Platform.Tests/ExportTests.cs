using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using NUnit.Framework;
using Parceo.Platform.Web;

namespace Parceo.Platform.Tests;

/// <summary>S44: what leaves for a spreadsheet.</summary>
internal sealed class ExportTests
{
    private static readonly object?[] Row = [new DateTime(2026, 11, 23, 9, 5, 0), "=2+2", "＝HYPERLINK", "a;b \"c\"\nd", 1.5, null];

    [Test]
    public void A_csv_is_quoted_and_never_a_formula() =>
        Assert.That(
            Encoding.UTF8.GetString(Exports.Csv(["Quand", "é"], [Row])),
            Is.EqualTo("\uFEFFQuand;é\r\n2026-11-23 09:05;'=2+2;'＝HYPERLINK;\"a;b \"\"c\"\"\nd\";1,5;\r\n")
        );

    [TestCase("+1"), TestCase("-1"), TestCase("@x"), TestCase("\tx"), TestCase("\rx"), TestCase("－1"), TestCase("＠x"), TestCase("＋1")]
    public void Every_beginning_of_a_formula_is_neutralised(string text) =>
        Assert.That(
            Encoding.UTF8.GetString(
                Exports.Csv(
                    ["x"],
                    [
                        [text],
                    ]
                )
            ),
            Does.Contain("'" + text)
        );

    [Test]
    public void A_workbook_is_valid_and_its_texts_are_texts()
    {
        using var file = SpreadsheetDocument.Open(
            new MemoryStream(Exports.Xlsx("Activité", ["Quand", "A", "B", "C", "D", "E"], [Row])),
            false
        );
        Assert.That(new OpenXmlValidator().Validate(file).Select(e => e.Description), Is.Empty);
        var cells = file.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Cell>().Skip(6).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(
                cells[0].CellValue!.Text,
                Is.EqualTo(new DateTime(2026, 11, 23, 9, 5, 0).ToOADate().ToString(System.Globalization.CultureInfo.InvariantCulture))
            );
            Assert.That(cells[1].DataType!.Value, Is.EqualTo(CellValues.InlineString));
            Assert.That(cells[1].InnerText, Is.EqualTo("=2+2"));
            Assert.That(cells.Any(c => c.CellFormula is not null), Is.False);
        });
    }
}
