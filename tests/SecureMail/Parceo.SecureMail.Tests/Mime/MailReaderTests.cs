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

    [TestCase("<</S/JavaScript/JS(app.alert(1))>>", true, TestName = "S42 a PDF that brings a script is marked, and kept")]
    [TestCase("<</OpenAction[3 0 R/Fit]>>", false, TestName = "S42 a PDF without one is not marked")]
    public void S42_Active_content_is_marked(string inside, bool marked)
    {
        var pdf = Encoding.ASCII.GetBytes($"%PDF-1.7\n1 0 obj{inside}endobj\n%%EOF");
        var read = MailReader.Read(Samples.WithFile("formulaire.pdf", pdf, "application/pdf"));
        Assert.That(read.Files.Single().Verdict, Is.EqualTo(Verdict.Allowed));
        Assert.That(read.Body.Notes.Contains("mail_file_active"), Is.EqualTo(marked));
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

    private static string TextOf(string html) => MailReader.Read(Samples.Raw("Content-Type: text/html; charset=utf-8", html)).Body.Text;

    [TestCase("<head><title>x</title><body><p>Potassium 6,8")]
    [TestCase("<html><head><meta charset=utf-8><title>x</title><p>Potassium 6,8</p></html>")]
    [TestCase("<head><title>x</title>Potassium 6,8")]
    [TestCase("<head><style>p{color:red}</style><p>Potassium 6,8")]
    [TestCase("<title>x</title>Potassium 6,8")]
    [TestCase("<html><head></head><body>Potassium 6,8</body></html>")]
    [TestCase("<head/><div>Potassium 6,8</div>")]
    [TestCase("Potassium 6,8")]
    public void A_page_whose_head_does_not_end_is_read(string html) => Assert.That(TextOf(html), Is.EqualTo("Potassium 6,8"));

    private static byte[] Mail(string charset, byte[] body, string kind = "plain") =>
        [
            .. System.Text.Encoding.ASCII.GetBytes(
                $"From: a@a.example\r\nTo: b@b.example\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: text/{kind}{charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            ),
            .. body,
        ];

    private const string Words = "L’hôpital — cœur, 10 €";

    [TestCase("; charset=windows-1252", 1252)]
    [TestCase("; charset=\"Windows-1252\"", 1252)]
    [TestCase("; charset=iso-8859-1", 1252, TestName = "1252 that says latin-1")]
    [TestCase("; charset=us-ascii", 1252, TestName = "1252 that says ASCII")]
    [TestCase("; charset=utf-8", 1252, TestName = "1252 that says UTF-8")]
    [TestCase("", 1252, TestName = "1252 that says nothing")]
    [TestCase("; charset=x-inconnu", 1252, TestName = "1252 under a name of its own")]
    [TestCase("; charset=utf-8", 65001, TestName = "UTF-8")]
    [TestCase("", 65001, TestName = "UTF-8 that says nothing")]
    [TestCase("; charset=iso-8859-1", 65001, TestName = "UTF-8 that says latin-1")]
    public void Texts_are_read_in_what_they_are_written(string charset, int page)
    {
        var encoding = page == 1252 ? System.Text.CodePagesEncodingProvider.Instance.GetEncoding(1252)! : System.Text.Encoding.UTF8;
        Assert.That(MailReader.Read(Mail(charset, encoding.GetBytes(Words))).Body.Text, Is.EqualTo(Words));
        Assert.That(MailReader.Read(Mail(charset, encoding.GetBytes($"<p>{Words}</p>"), "html")).Body.Text, Is.EqualTo(Words));
    }

    [Test]
    public void A_text_of_latin_9_is_read()
    {
        var latin9 = System.Text.CodePagesEncodingProvider.Instance.GetEncoding("iso-8859-15")!;
        Assert.That(
            MailReader.Read(Mail("; charset=iso-8859-15", latin9.GetBytes("cœur, 10 €, été"))).Body.Text,
            Is.EqualTo("cœur, 10 €, été")
        );
    }

    [TestCase("=?windows-1252?Q?L=92h=F4pital?=")]
    [TestCase("=?iso-8859-1?Q?L=92h=F4pital?=")]
    public void Subjects_too(string subject) =>
        Assert.That(
            MailReader.Read(Samples.Raw($"Subject: {subject}\r\nContent-Type: text/plain", "x")).Head.Subject,
            Is.EqualTo("L’hôpital")
        );

    private static string Part(string type, string content, string more = "") => $"--b\r\nContent-Type: {type}\r\n{more}\r\n{content}\r\n";

    private static readonly string Scan = Part(
        "application/pdf; name=a.pdf",
        "%PDF-1.4",
        "Content-Disposition: inline; filename=a.pdf\r\n"
    );

    [TestCase("text/plain", "text/plain", "avant\n\naprès")]
    [TestCase("text/plain", "text/html", "avant\n\naprès")]
    [TestCase("text/html", "text/html", "avant\n\naprès")]
    public void A_file_between_two_texts_hides_neither(string first, string second, string text)
    {
        var read = MailReader.Read(
            Samples.Raw(
                "Content-Type: multipart/mixed; boundary=b",
                Part($"{first}; charset=utf-8", "avant") + Scan + Part($"{second}; charset=utf-8", "après") + "--b--\r\n"
            )
        );
        Assert.That(read.Body.Text, Is.EqualTo(text));
        Assert.That(read.Files.Select(f => f.Name), Is.EqualTo(new[] { "a.pdf" }));
    }

    [Test]
    public void Of_two_ways_to_say_one_thing_one_is_shown()
    {
        string Of(string kind) =>
            MailReader
                .Read(
                    Samples.Raw(
                        $"Content-Type: multipart/{kind}; boundary=b",
                        Part("text/plain", "Bonjour, a b") + Part("text/html", "<p>Bonjour, <b>a</b> b</p>") + "--b--\r\n"
                    )
                )
                .Body.Text;
        Assert.That(Of("alternative"), Is.EqualTo("Bonjour, a b"));
        Assert.That(Of("mixed"), Is.EqualTo("Bonjour, a b"));
    }

    [TestCase("filename=a.pdf", "\r\n%PDF-1.4", "a.pdf", TestName = "a line break first")]
    [TestCase("filename=a.pdf", "\uFEFF%PDF-1.4", "a.pdf", TestName = "a mark of UTF-8 first")]
    [TestCase("filename=\"CR consultation 12.03.2026\"", "%PDF-1.4", "CR consultation 12.03.2026.pdf")]
    [TestCase("filename=\"Courrier du Dr. Martin\"", "%PDF-1.4", "Courrier du Dr. Martin.pdf")]
    [TestCase("filename=scan", "%PDF-1.4", "scan.pdf")]
    [TestCase("size=8", "%PDF-1.4", "sans-nom.pdf", TestName = "no name")]
    public void A_PDF_is_a_PDF(string disposition, string content, string name)
    {
        var read = MailReader.Read(
            Samples.Raw(
                "Content-Type: multipart/mixed; boundary=b",
                Part("text/plain", "x")
                    + Part(
                        "application/pdf",
                        content,
                        $"Content-Transfer-Encoding: 8bit\r\nContent-Disposition: attachment; {disposition}\r\n"
                    )
                    + "--b--\r\n"
            )
        );
        Assert.That(
            read.Files.Select(f => (f.Name, f.MediaType, f.Verdict)),
            Is.EqualTo(new[] { (name, "application/pdf", Verdict.Allowed) })
        );
    }

    [TestCase("programme.exe", "%PDF-1.4")]
    [TestCase("page.html", "%PDF-1.4")]
    [TestCase("a.pdf", "x %PDF-1.4")]
    public void A_name_that_says_otherwise_is_not_a_PDF(string name, string content)
    {
        var read = MailReader.Read(
            Samples.Raw(
                "Content-Type: multipart/mixed; boundary=b",
                Part("text/plain", "x")
                    + Part("application/pdf", content, $"Content-Disposition: attachment; filename={name}\r\n")
                    + "--b--\r\n"
            )
        );
        Assert.That(read.Files.Single().Verdict, Is.EqualTo(Verdict.Refused));
    }
}
