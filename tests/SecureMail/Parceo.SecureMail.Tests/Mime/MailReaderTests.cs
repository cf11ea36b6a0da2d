using System.Text;
using NUnit.Framework;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Mime;

namespace Parceo.SecureMail.Tests.Mime;

internal sealed class MailReaderTests
{
    [Test]
    public void The_national_headers_and_subject_are_written_and_the_prefix_is_not_shown()
    {
        var wire = Encoding.ASCII.GetString(Samples.WithDocument);
        using var message = MimeKit.MimeMessage.Load(new MemoryStream(Samples.WithDocument));
        var read = MailReader.Read(Samples.WithDocument);
        Assert.Multiple(() =>
        {
            Assert.That(
                wire,
                Does.Contain("X-MSS-NIL: 123\r\n")
                    .And.Contain("X-MSS-CODECDA: 34112-3\r\n")
                    .And.Contain("X-MSS-INS: N\r\n")
                    .And.Contain("Disposition-Notification-To: a@a.example\r\n")
                    .And.Contain("Message-Id: <essai-1@a.example>")
                    .IgnoreCase
            );
            Assert.That(wire.All(c => c < 128), "headers and text are ASCII on the wire (RFC 2047)");
            Assert.That(message.Subject, Is.EqualTo("XDM/1.0/DDM+Compte rendu (visite) à relire D’ÉTÉ Zoé 29/02/1980"));
            Assert.That(read.Head.Subject, Is.EqualTo("Compte rendu (visite) à relire D’ÉTÉ Zoé 29/02/1980"));
            Assert.That(
                message.Attachments.Select(a => a.ContentDisposition!.FileName),
                Is.EqualTo(new[] { "IHE_XDM.ZIP", "20261123_Compte_rendu_(visite)_à_relire_D’Été.pdf" })
            );
            Assert.That(read.ReceiptTo, Is.EqualTo("a@a.example"));
            Assert.That(read.Body.Documents.Single().Patient, Is.EqualTo("Zoé D’Été, née le 29/02/1980"));
        });
    }

    [Test]
    public void S38_HTML_becomes_words_and_nothing_of_it_acts()
    {
        var read = MailReader.Read(
            Samples.Raw(
                "Subject: =?utf-8?q?R=C3=A9sultat?=\r\nContent-Type: text/html; charset=utf-8",
                "<html><head><title>t</title><style>p{}</style></head><body><script>alert(1)</script><p>Bonjour&nbsp;<b>docteur</b></p><img src=\"http://x.example/p.gif\" onerror=alert(2)><a href=\"https://labo.example/r\">Voir</a><a href=\"javascript:alert(3)\">Ici</a></body></html>"
            )
        );
        Assert.That(read.Head.Subject, Is.EqualTo("Résultat"));
        Assert.That(
            read.Body.Text,
            Does.Contain("docteur")
                .And.Contain("https://labo.example/r")
                .And.Not.Contain("alert")
                .And.Not.Contain("<")
                .And.Not.Contain("p.gif")
        );
    }

    [TestCase("programme.exe", "MZ")]
    [TestCase("page.html", "<script>")]
    [TestCase("facture.pdf", "MZ not a pdf")]
    [TestCase("image.svg", "<svg onload=alert(1)>")]
    [TestCase("macro.docm", "PK")]
    [TestCase("texte.txt", "MZ\u0090")]
    public void S42_A_file_whose_name_and_content_disagree_is_kept_from_people(string name, string content)
    {
        var file = MailReader.Read(Samples.WithFile(name, Encoding.Latin1.GetBytes(content))).Files.Single();
        Assert.That((file.Verdict, file.MediaType), Is.EqualTo((Verdict.Refused, "application/octet-stream")));
    }

    [Test]
    public void A_file_name_from_outside_is_one_line_without_a_path() =>
        Assert.That(
            MailReader.Read(Samples.WithFile("../../etc/pass\u202Ewd.txt", "bonjour"u8.ToArray())).Files.Single().Name,
            Is.EqualTo("passwd.txt")
        );

    [TestCase("[KO Intégration système !][902] XDM/1.0/DDM+CR X Y", "902")]
    [TestCase("[Erreur d’intégration !][900] CR", "900")]
    [TestCase("[Erreur d'intégration !] CR", null)]
    public void Both_forms_of_the_ordinary_error_mail_are_known(string subject, string? code)
    {
        var raw = Samples.Raw(
            $"Subject: =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(subject))}?=\r\nContent-Type: multipart/mixed; boundary=\"x\"",
            "--x\r\nContent-Type: text/plain\r\n\r\nErreur\r\n--x\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <notre-1@a.example>\r\nSubject: x\r\n\r\ny\r\n--x--\r\n"
        );
        Assert.That(MailReader.Read(raw).Report, Is.EqualTo(new InboundReport(ReportKind.IntegrationError, code, "notre-1@a.example")));
    }

    [TestCase("automatic-action/MDN-sent-automatically; processed", "", ReportKind.Processed, null)]
    [TestCase(
        "automatic-action/MDN-sent-automatically; processed/Error",
        "Error: 904^INS différente\r\n",
        ReportKind.IntegrationError,
        "904"
    )]
    public void A_receipt_is_understood(string disposition, string error, object kind, string? code)
    {
        var raw = Samples.Raw(
            "Subject: accuse\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary=\"x\"",
            $"--x\r\nContent-Type: text/plain\r\n\r\nlu\r\n--x\r\nContent-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822;b@b.example\r\nOriginal-Message-ID: <notre-2@a.example>\r\nDisposition: {disposition}\r\n{error}\r\n--x--\r\n"
        );
        Assert.That(MailReader.Read(raw).Report, Is.EqualTo(new InboundReport((ReportKind)kind, code, "notre-2@a.example")));
    }

    [Test]
    public void A_receipt_is_never_sent_to_a_third_address_nor_to_a_machine() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                MailReader.Read(Samples.Raw("Subject: x\r\nDisposition-Notification-To: victime@c.example", "y")).ReceiptTo,
                Is.Null
            );
            Assert.That(
                MailReader
                    .Read(Samples.Raw("Subject: x\r\nAuto-Submitted: auto-replied\r\nDisposition-Notification-To: jean@a.example", "y"))
                    .ReceiptTo,
                Is.Null
            );
            Assert.That(
                MailReader.Read(Samples.Raw("Subject: x\r\nDisposition-Notification-To: jean@a.example", "y")).ReceiptTo,
                Is.EqualTo("jean@a.example")
            );
        });
}
