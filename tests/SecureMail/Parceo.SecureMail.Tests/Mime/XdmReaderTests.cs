using System.Text;
using NUnit.Framework;
using Parceo.SecureMail.Xdm;

namespace Parceo.SecureMail.Tests.Mime;

/// <summary>S42: archives and documents from outside.</summary>
internal sealed class XdmReaderTests
{
    private const string Folder = "IHE_XDM/SUBSET01/";

    [Test]
    public void What_is_written_is_read_again()
    {
        var pdf = PlainPdf.Of(Samples.Document);
        var read = XdmReader.Read(XdmWriter.Write(Guid.CreateVersion7(), Samples.Document, pdf, Samples.At));
        Assert.That(read.Problem, Is.Null);
        Assert.That(
            (read.Documents.Single().Title, read.Documents.Single().Author),
            Is.EqualTo((Samples.Document.Title, Samples.Document.Author))
        );
        Assert.That(read.Files.Single().Content, Is.EqualTo(pdf));
    }

    [Test]
    public void A_structured_document_is_read_as_text_and_its_markup_is_left()
    {
        var cda = Samples.Cda(
            "<recordTarget><patientRole><id extension=\"284127510204356\"/><patient><name><given>Yvette</given><family>COLLIN</family></name><birthTime value=\"19440502\"/></patient></patientRole></recordTarget><component><structuredBody><component><section><title>Biologie</title><text><table><tr><td>CRP</td><td>12</td></tr></table><paragraph>Sans <content styleCode=\"Bold\">anomalie</content></paragraph><script>alert(1)</script></text></section></component></structuredBody></component>"
        );
        var document = CdaReader.Read(cda)!.Value.Document;
        Assert.That(document.Patient, Is.EqualTo("Yvette COLLIN, naissance 02/05/1944"), "the INS is not shown");
        Assert.That(document.Sections.Single().Text, Does.StartWith("CRP · 12").And.Contain("Sans anomalie"));
    }

    [TestCase("../evil.xml")]
    [TestCase("/etc/passwd")]
    [TestCase("a\\b.xml")]
    [TestCase("C:/x.xml")]
    [TestCase("dedans.zip")]
    public void Climbing_and_absolute_paths_and_inner_archives_are_refused(string name) =>
        Assert.That(XdmReader.Read(Samples.Zip((name, [1]))).Problem, Is.EqualTo("xdm_unsafe"));

    [Test]
    public void A_bomb_is_not_unpacked()
    {
        var zip = Samples.Zip((Folder + "METADATA.XML", Samples.Metadata("DOC.XML")), (Folder + "DOC.XML", new byte[30 * 1024 * 1024]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(XdmReader.Read(zip).Problem, Is.EqualTo("xdm_too_large"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(5 * 1024 * 1024));
    }

    [Test]
    public void Too_many_entries_are_refused() =>
        Assert.That(
            XdmReader.Read(Samples.Zip([.. Enumerable.Range(0, 201).Select(i => ($"f{i}.txt", new byte[] { 1 }))])).Problem,
            Is.EqualTo("xdm_too_large")
        );

    [Test]
    public void A_link_is_refused()
    {
        var zip = Samples.Zip(("lien", "/etc/passwd"u8.ToArray()));
        var central = zip.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(zip.AsSpan(central + 38), 0xA1FFu << 16); // external attributes: a symbolic link
        Assert.That(XdmReader.Read(zip).Problem, Is.EqualTo("xdm_unsafe"));
    }

    [Test]
    public void XML_with_a_document_type_is_not_read()
    {
        var bomb = Encoding.UTF8.GetBytes(
            "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>&a;</title></ClinicalDocument>"
        );
        Assert.That(CdaReader.Read(bomb), Is.Null);
        Assert.That(
            XdmReader.Read(Samples.Zip((Folder + "METADATA.XML", Samples.Metadata("DOC.XML")), (Folder + "DOC.XML", bomb))).Problem,
            Is.EqualTo("xdm_document_unreadable")
        );
        Assert.That(
            CdaReader.Read(
                Encoding.UTF8.GetBytes(
                    $"<ClinicalDocument xmlns=\"urn:hl7-org:v3\">{string.Concat(Enumerable.Repeat("<a>", 5000))}{string.Concat(Enumerable.Repeat("</a>", 5000))}</ClinicalDocument>"
                )
            ),
            Is.Null,
            "too deep"
        );
    }

    [Test]
    public void A_document_that_differs_from_its_fingerprint_is_left_out()
    {
        var cda = Samples.Cda("");
        Assert.That(
            XdmReader
                .Read(Samples.Zip((Folder + "METADATA.XML", Samples.Metadata("DOC.XML", XdsHash.Of(cda))), (Folder + "DOC.XML", cda)))
                .Problem,
            Is.Null
        );
        Assert.That(
            XdmReader.Read(
                Samples.Zip((Folder + "METADATA.XML", Samples.Metadata("DOC.XML", new string('0', 40))), (Folder + "DOC.XML", cda))
            )
                is { Problem: "xdm_altered", Documents.Count: 0 }
        );
    }
}
