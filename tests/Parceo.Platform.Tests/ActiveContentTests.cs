using System.IO.Compression;
using System.Text;
using NUnit.Framework;
using Parceo.Platform.Files;

namespace Parceo.Platform.Tests;

/// <summary>Documents that bring a program along (S42).</summary>
internal sealed class ActiveContentTests
{
    private const string Script = "1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj";

    private static byte[] Pdf(params byte[][] parts) => [.. "%PDF-1.7\n"u8, .. parts.SelectMany(p => p), .. "\n%%EOF"u8];

    private static byte[] Plain(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>Packed as PDF programs do it.</summary>
    private static byte[] Packed(string text, string says = "<</Type/ObjStm/Filter/FlateDecode>>")
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal))
            zlib.Write(Plain(text));
        return [.. Plain($"2 0 obj{says}stream\r\n"), .. memory.ToArray(), .. "\nendstream endobj"u8];
    }

    private static byte[] Office(params (string Name, string Text)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        return memory.ToArray();
    }

    private static (string, string) Types(string more = "") =>
        ("[Content_Types].xml", $"<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/>{more}</Types>");

    private static IEnumerable<TestCaseData> Active()
    {
        TestCaseData Case(string name, byte[] content) => new TestCaseData(content).SetArgDisplayNames(name);
        yield return Case("a script", Pdf(Plain(Script)));
        yield return Case(
            "its name written with numbers",
            Pdf(Plain(Script.Replace("/JavaScript", "/J#61va#53cript", StringComparison.Ordinal)))
        );
        yield return Case("packed", Pdf(Packed(Script)));
        yield return Case("packed behind another part", Pdf(Packed("<</Type/Font>>"), Packed(Script)));
        yield return Case("packed, by another name", Pdf(Packed(Script, "<</Type/Obj#53tm/Filter 9 0 R>>")));
        yield return Case("behind blanks", [.. "\r\n\r\n"u8, .. Pdf(Plain(Script))]);
        yield return Case("a started program", Pdf(Plain("<</S /Launch /F (cmd.exe)>>")));
        yield return Case("a form of another kind", Pdf(Plain("<</XFA 4 0 R>>")));
        yield return Case("a media player", Pdf(Plain("<</Subtype/RichMedia>>")));
        yield return Case("macros", Office(Types(), ("word/vbaProject.bin", "x")));
        yield return Case(
            "macros by another name",
            Office(Types("<Override PartName=\"/word/a.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>"), ("word/a.bin", "x"))
        );
        yield return Case("macros of old sheets", Office(Types(), ("xl/macrosheets/sheet1.xml", "<x/>")));
        yield return Case("ActiveX", Office(Types(), ("word/activeX/activeX1.xml", "<x/>")));
        yield return Case(
            "a template from elsewhere",
            Office(
                Types(),
                (
                    "word/_rels/settings.xml.rels",
                    "<Relationship Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"https://x.example/a.dotm\" TargetMode=\"External\"/>"
                )
            )
        );
        yield return Case("macros of OpenDocument", Office(("mimetype", "x"), ("Basic/Standard/Module1.xml", "<x/>")));
        yield return Case("macros inside an object", Office(("mimetype", "x"), ("Object 1/Scripts/python/a.py", "x")));
    }

    [TestCaseSource(nameof(Active))]
    public async Task S42_A_document_with_a_program_is_found_and_not_taken(byte[] content)
    {
        Assert.That(ActiveContent.IsIn(content), Is.True);
        Assert.That(await FileInspection.Clean("application/pdf", content, CancellationToken.None), Is.Null);
    }

    private static IEnumerable<TestCaseData> Quiet()
    {
        TestCaseData Case(string name, byte[] content) => new TestCaseData(content).SetArgDisplayNames(name);
        var noise = new byte[6_000_000];
        new Random(42).NextBytes(noise);
        yield return Case("a page that opens at its first", Pdf(Plain("<</OpenAction[3 0 R/Fit]/Names<</Dests 5 0 R>>/AcroForm<<>>>>")));
        yield return Case("text about JavaScript", Pdf(Plain("(JavaScript, XFA et Launch) Tj"), Packed("BT (JavaScript) Tj ET")));
        yield return Case("much of anything", Pdf(Plain("<</Length 6000000>>stream\n"), noise));
        yield return Case("a picture", noise);
        yield return Case("a letter", Office(Types(), ("word/document.xml", "<w:t>Les macros, vbaProject et activeX</w:t>")));
    }

    [TestCaseSource(nameof(Quiet))]
    public void S42_A_document_without_one_is_taken(byte[] content) => Assert.That(ActiveContent.IsIn(content), Is.False);
}
