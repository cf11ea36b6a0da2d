using System.Diagnostics;
using System.Text;
using MimeKit;
using NUnit.Framework;
using Parceo.Patients.Contracts;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Mime;
using Parceo.SecureMail.Services;
using Parceo.SecureMail.Xdm;

namespace Parceo.SecureMail.Tests.Mime;

/// <summary>Messages made to cost much, to be taken for another's, or to write headers of ours.</summary>
internal sealed class HostileBoundsTests
{
    private const int Big = 29 << 20;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    private static byte[] Repeated(string head, string part, int size = Big) =>
        Encoding.ASCII.GetBytes(head + string.Concat(Enumerable.Repeat(part, (size - head.Length) / part.Length)));

    private static IEnumerable<TestCaseData> Bombs()
    {
        const string From = "From: a@a.example\r\nSubject: x\r\n";
        yield return new TestCaseData(
            Repeated(From + "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n", "--x\r\n\r\n")
        ).SetArgDisplayNames("millions of parts");
        yield return new TestCaseData(Repeated(From, "A:\r\n")).SetArgDisplayNames("millions of headers");
        yield return new TestCaseData(Repeated(From + "References:", " <a@b>")).SetArgDisplayNames("millions of references");
        yield return new TestCaseData(Repeated(From + "To: ", "a@b.example, ")).SetArgDisplayNames("millions of recipients");
        yield return new TestCaseData(Repeated(From + "To: ", "(")).SetArgDisplayNames("comments in comments");
        yield return new TestCaseData(
            Repeated(
                From
                    + "Content-Type: multipart/report; report-type=delivery-status; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n",
                "A:\r\n"
            )
        ).SetArgDisplayNames("millions of fields of a report");
        yield return new TestCaseData(
            Repeated(
                From
                    + "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Disposition: attachment; filename=\"x.xml\"\r\n\r\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\">",
                "<a b='' c=''/>",
                18 << 20
            )
        ).SetArgDisplayNames("millions of XML nodes");
    }

    [TestCaseSource(nameof(Bombs))]
    public void Costs_no_more_than_a_large_mail(byte[] bomb)
    {
        var (time, bytes) = Cost(bomb);
        // What the machine did meanwhile is not the reader's: one that is slow is slow each time.
        for (var again = 0; again < 4 && time > Most; again++)
            time = new[] { time, Cost(bomb).Time }.Min();
        TestContext.Out.WriteLine($"{time.TotalMilliseconds:0} ms, {bytes >> 20} MB");
        Assert.Multiple(() =>
        {
            Assert.That(bytes, Is.LessThan(400L << 20), "bytes");
            Assert.That(time, Is.LessThan(Most));
        });
    }

    private static (TimeSpan Time, long Bytes) Cost(byte[] mail)
    {
        var (watch, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
        try
        {
            MailReader.Read(mail);
        }
        catch (FormatException)
        { /* said: to be read at the operator's */
        }
        return (watch.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Test]
    public void An_archive_of_a_million_entries_is_not_even_listed()
    {
        var zip = Repeated("PK\u0003\u0004", "PK\u0001\u0002aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        Assert.That(XdmReader.Read(zip).Problem, Is.EqualTo("xdm_too_large"));
    }

    [Test]
    public void The_archive_is_given_to_people_only_when_nothing_but_documents_is_in_it()
    {
        var good = (("IHE_XDM/SUBSET01/METADATA.XML", Samples.Metadata("DOC.XML")), ("IHE_XDM/SUBSET01/DOC.XML", Samples.Cda("")));
        var read = MailReader.Read(Samples.WithFile("IHE_XDM.ZIP", Samples.Zip(good.Item1, good.Item2, ("OUVREZ-MOI.EXE", [.. "MZ"u8]))));
        Assert.That(
            (read.Body.Documents.Count, read.Files.Single().Verdict, read.Body.Notes.Single()),
            Is.EqualTo((1, Verdict.Refused, "xdm_other_files"))
        );
        Assert.That(
            MailReader.Read(Samples.WithFile("IHE_XDM.ZIP", Samples.Zip(good.Item1, good.Item2))).Files.Single().Verdict,
            Is.EqualTo(Verdict.Allowed)
        );
    }

    [Test]
    public void Long_documents_are_cut_and_say_so()
    {
        var section = $"<section><text>{new string('a', 150_000)}</text></section>";
        var read = CdaReader.Read(Samples.Cda(string.Concat(Enumerable.Repeat(section, 50))))!.Value.Document;
        Assert.That(
            (read.Sections.Count, read.Sections[^1].Text),
            Is.EqualTo((3, "Le document est très long : la suite n’est pas affichée ici."))
        );
    }

    [TestCase(
        "\"dr.petit@medecin.example\" <evil@autre.example>",
        "",
        "evil@autre.example",
        Description = "a name that poses as an address"
    )]
    [TestCase("\"dr.petit\uFF20medecin.example\" <evil@autre.example>", "", "evil@autre.example")]
    [TestCase("=?utf-8?Q?dr=2Epetit=40medecin=2Eexample?= <evil@autre.example>", "", "evil@autre.example")]
    [TestCase("Dr \u202Etitep\u200B <evil@autre.example>", "Dr titep", "evil@autre.example", Description = "marks that are not seen")]
    [TestCase("Dr. Anne Petit <anne@autre.example>", "Dr. Anne Petit", "anne@autre.example", Description = "loose, and everywhere")]
    [TestCase("Zoé D'Été (Accueil) <anne@autre.example>", "Zoé D'Été", "anne@autre.example")]
    [TestCase("Dr_Anne_PETIT_Cabinet, de Metz <anne@autre.example>", "Dr Anne PETIT Cabinet, de Metz", "anne@autre.example")]
    [TestCase("=?utf-8?Q?Dr_=C3=89vrard?= <anne@autre.example>", "Dr Évrard", "anne@autre.example")]
    [TestCase("anne@autre.example", "", "anne@autre.example")]
    public void A_sender_is_shown_as_who_it_is(string from, string name, string address)
    {
        var head = MailReader.Read(Encoding.UTF8.GetBytes($"From: {from}\r\nSubject: x\r\n\r\ny")).Head;
        Assert.That((head.Name, head.Address), Is.EqualTo((name, address)));
    }

    [TestCase("a@medecin.example@evil.example")]
    [TestCase("<a@medecin.example>@evil.example")]
    [TestCase("\"a@medecin.example\"@evil.example")]
    [TestCase("a@m\u0435decin.example", Description = "Cyrillic е")]
    [TestCase("a@medecin.example\0.evil.example")]
    [TestCase("a@medecin.example%evil.example")]
    [TestCase("@medecin.example:a@evil.example")]
    public void An_address_that_plays_tricks_is_never_taken_for_a_trusted_one(string from)
    {
        Assert.That(MssAddress.Parse(from), Is.Null);
        foreach (var written in new[] { from, $"Anne <{from}>" })
        {
            string address;
            try
            {
                address = MailReader
                    .Read(Encoding.UTF8.GetBytes($"From: {written}\r\nDisposition-Notification-To: {written}\r\nSubject: x\r\n\r\ny"))
                    .Head.Address;
            }
            catch (FormatException)
            {
                continue;
            }
            Assert.That(
                MssAddress.Parse(address) is { } plain && MssAddress.DomainOf(plain) == "medecin.example",
                Is.False,
                $"{written} was read as {address}"
            );
            Assert.That(address, Does.Not.Contain("\u0435"), "letters that look like others are shown as what they are");
        }
    }

    [Test]
    public void Whatever_its_Message_ID_a_mail_can_be_answered()
    {
        foreach (
            var id in new[]
            {
                "<a@>",
                "<\"@x>",
                "<(@x>",
                "<a@b@c>",
                "<@@@>",
                "<[x>",
                "<a@[>",
                "<,>",
                "<a;b@c>",
                "<:@:>",
                "<a\\@b>",
                "<\"a\"b\"@c>",
                "<.@.>",
                "<=?utf-8?Q?a?=@b>",
                "<aa>",
                "<a..b@c>",
                "<a@b..c>",
                "<a@b.>",
                "<a=b/c+d@e-f_g>",
                "<a@b>",
            }
        )
        {
            var read = MailReader
                .Read(
                    Samples.Raw(
                        $"Subject: x\r\nMessage-ID: {id}\r\nReferences: {id} {id}\r\nIn-Reply-To: {id}\r\nDisposition-Notification-To: jean@a.example",
                        "y"
                    )
                )
                .Body;
            if (id is "<a@b>" or "<a=b/c+d@e-f_g>")
                Assert.That(read.MessageId, Is.EqualTo(id[1..^1]));
            var content = new OutContent(
                ["jean@a.example"],
                "Re: x",
                "y",
                false,
                read.MessageId,
                Outgoing.ThreadOf(read),
                Receipt: read.MessageId is null ? null : new(read.MessageId, "b@b.example")
            );
            Assert.That(
                () => MailWriter.Write(Guid.CreateVersion7(), "z@b.example", "B", "b@b.example", content, [], null, Samples.At),
                Throws.Nothing,
                id
            );
        }
    }

    [Test]
    public void No_text_of_anybody_writes_a_header()
    {
        const string Line = "x\r\nBcc: c@d.example\r\nX-Evil: 1\r\n\r\nEvil";
        var content = new OutContent(
            ["b@b.example"],
            Line,
            "y",
            true,
            null,
            [],
            Samples.Document with
            {
                Title = Line,
                Patient = new StrictTraits(Line, Line, null, Sex.Unknown),
            }
        );
        foreach (var said in new[] { content, content with { Document = null } })
        {
            using var message = MimeMessage.Load(
                new MemoryStream(
                    MailWriter.Write(
                        Guid.CreateVersion7(),
                        "z@b.example",
                        Line,
                        "a@a.example",
                        said,
                        [new MailFile(MailFiles.Clean(Line + ".txt"), [.. "x"u8])],
                        "1",
                        Samples.At
                    )
                )
            );
            Assert.That((message.Bcc.Count, message.Headers["X-Evil"], message.To.Count), Is.EqualTo((0, (string?)null, 1)));
            Assert.That(
                message.BodyParts.SelectMany(p => p.Headers).Select(h => h.Field),
                Has.None.EqualTo("X-Evil").And.None.EqualTo("Bcc")
            );
        }
    }
}
