using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Features;
using Parceo.SecureMail.Mime;
using Parceo.SecureMail.Operator;
using Parceo.SecureMail.Tests.Servers;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.SecureMail.Tests.Features;

/// <summary>What never leaves, and what is said then; the operator's certificates. No mail server is needed for what is refused before.</summary>
internal sealed class RefusalTests
{
    [Test]
    public async Task Without_an_operator_nothing_is_sent_and_it_is_said()
    {
        await using var host = await ParceoHost.Start(Engine.Sqlite);
        var ann = MailWorld.Person();
        var admin = MailWorld.Person(ann.OrganisationId, Roles.Administrator);
        var box = (await host.Send(admin, new DeclareMailbox.Command("a@a.example", MailboxKind.Org, "A"))).Id;
        await host.Send(admin, new ChangeMailbox.Command(box, "A", [new(ann.Id, true)]));
        Assert.That((await host.Send(ann, new GetSituation.Query())).Operator, Is.Null);
        Assert.That(
            (await Refused(() => host.Send(ann, new ComposeMail.Command(box, ["b@b.example"], "x", "y")))).Code,
            Is.EqualTo("mail_no_operator")
        );
        Assert.That(
            await host.SendAsSystem(new Contracts.FindSender(ann.OrganisationId)),
            Is.EqualTo(new SenderFound(null, "mail_no_operator"))
        );
        Assert.That(
            (await Refused(() => host.Send(admin, new DeclareMailbox.Command("A@a.example", MailboxKind.Org, "A")))).Code,
            Is.EqualTo("mailbox_known")
        );
    }

    [Test]
    public async Task What_may_not_leave_is_refused_before_anything_is_stored()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("parceo-mss-");
        using var authority = new TestAuthority(folder.FullName);
        authority.Issue("ending", "Parceo", server: false, days: 10);
        var domains = Path.Combine(folder.FullName, "domaines.txt");
        await File.WriteAllTextAsync(domains, "ami.example # une structure\n");
        await using var host = await ParceoHost.Start(
            Engine.Sqlite,
            settings: new Dictionary<string, string?>
            {
                ["SecureMail:Operator:Smtp"] = "localhost:9",
                ["SecureMail:Operator:Imap"] = "localhost:9",
                ["SecureMail:Operator:Certificate"] = Path.Combine(folder.FullName, "ending.p12"),
                ["SecureMail:Operator:CertificatePassword"] = "essai",
                ["SecureMail:Operator:TrustStore"] = authority.TrustStore,
                ["SecureMail:Domains"] = domains,
                ["SecureMail:MaxMegabytes"] = "0.5",
            }
        );
        var ann = MailWorld.Person();
        var admin = MailWorld.Person(ann.OrganisationId, Roles.Administrator);
        var box = (await host.Send(admin, new DeclareMailbox.Command("a@ami.example", MailboxKind.Org, "A"))).Id;
        await host.Send(admin, new ChangeMailbox.Command(box, "A", [new(ann.Id, true)]));
        async Task<string> Code(string to, string subject = "x", params MailFile[] files)
        {
            var refused = await Refused(() => host.Send(ann, new ComposeMail.Command(box, [to], subject, "y", Files: files)));
            return refused is InvalidException { Errors.Count: > 0 } invalid ? invalid.Errors.Values.First()[0] : refused.Code;
        }
        Assert.That(await Code("b@gmail.example"), Is.EqualTo("mail_ordinary_refused"));
        Assert.That(await Code("284127510204356@patient.mssante.fr"), Is.EqualTo("mail_patient_refused"));
        Assert.That(await Code("b@ami.example\r\nBcc: c@d.example"), Is.EqualTo("mail_address_invalid"));
        Assert.That(await Code("b@ami.example", "x\r\nBcc: c@d.example"), Is.EqualTo("mail_subject_invalid"));
        Assert.That(await Code("b@ami.example", files: new MailFile("x.exe", [.. "MZ"u8])), Is.EqualTo("mail_file_refused"));
        Assert.That(
            await Code("b@ami.example", files: new MailFile("x.pdf", [.. "%PDF-1.7 <</S/JavaScript/JS(x)>>"u8])),
            Is.EqualTo("mail_file_active_refused")
        );
        Assert.That(
            await Code("b@ami.example", files: new MailFile("x.pdf", [.. "%PDF-"u8, .. new byte[400_000]])),
            Is.EqualTo("mail_too_large"),
            "0.4 MB is more once encoded"
        );
        Assert.That((await host.Send(ann, new ListSent.Query())).Mails, Is.Empty);
        Assert.That((await host.Send(ann, new GetSituation.Query())).CertificateEnds, Is.Not.Null, "it ends within 30 days");

        await File.WriteAllTextAsync(domains, "# personne\n\n");
        Assert.That(await Code("b@ami.example"), Is.EqualTo("mail_no_domains"), "the file is read again when it changes");

        var reader = MailWorld.Person(ann.OrganisationId);
        await host.Send(admin, new ChangeMailbox.Command(box, "A", [new(reader.Id, false)]));
        Assert.That(
            (await Refused(() => host.Send(reader, new ComposeMail.Command(box, ["b@ami.example"], "x", "y")))).Code,
            Is.EqualTo("mailbox_read_only")
        );
        Assert.That(
            (await Refused(() => host.Send(ann, new ComposeMail.Command(box, ["b@ami.example"], "x", "y")))).Code,
            Is.EqualTo("mailbox_unknown"),
            "no longer theirs"
        );
    }

    [Test]
    public async Task S69_An_operator_whose_certificate_does_not_convince_gets_nothing()
    {
        await using var servers = await MailOperator.Start();
        // Another authority's trust store; a name that the certificate does not bear; a client certificate of somebody else.
        var other = System.IO.Directory.CreateTempSubdirectory("parceo-mss-");
        using var stranger = new TestAuthority(other.FullName);
        stranger.Issue("client", "Parceo", server: false);
        var good = servers.Settings(boxes: [MailWorld.A, MailWorld.B]);
        Assert.That(await Why(good), Is.Null);
        Assert.That(
            await Why(new(good) { ["SecureMail:Operator:TrustStore"] = stranger.TrustStore }),
            Is.EqualTo("operator_not_trusted"),
            "unknown authority"
        );
        Assert.That(
            await Why(
                new(good)
                {
                    ["SecureMail:Operator:Smtp"] = good["SecureMail:Operator:Smtp"]!.Replace(
                        "localhost",
                        "127.0.0.1",
                        StringComparison.Ordinal
                    ),
                }
            ),
            Is.EqualTo("operator_not_trusted"),
            "another name"
        );
        Assert.That(
            await Why(new(good) { ["SecureMail:Operator:Certificate"] = Path.Combine(other.FullName, "client.p12") }),
            Is.AnyOf("operator_not_trusted", "operator_unreachable", "operator_refuses_us"),
            "our certificate is a stranger's"
        );
    }

    [Test]
    public async Task S69_A_revoked_certificate_of_the_operator_is_refused()
    {
        await using var servers = await MailOperator.Start(revoked: true);
        Assert.That(await Why(servers.Settings(boxes: [MailWorld.A])), Is.EqualTo("operator_not_trusted"));
    }

    /// <summary>Why nothing can be sent there; null when it can.</summary>
    private static async Task<string?> Why(Dictionary<string, string?> settings)
    {
        var link = new OperatorLink(
            OperatorSettings.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()),
            TimeProvider.System,
            NullLogger<OperatorLink>.Instance
        );
        try
        {
            using var smtp = await link.Smtp(MailWorld.A, CancellationToken.None);
            await smtp.NoOpAsync();
            return null;
        }
        catch (OperatorException refused)
        {
            return refused.Message;
        }
    }
}
