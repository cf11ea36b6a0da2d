using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Notifications.Features;
using Parceo.Platform.Data;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Features;
using Parceo.SecureMail.Mime;
using Parceo.SecureMail.Operator;
using Parceo.SecureMail.Tests.Servers;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.SecureMail.Tests.Features;

/// <summary>Files wait for the antivirus (S42): until it answers, for days if need be. The operator is away all the while.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class AntivirusTests(Engine engine)
{
    private readonly TestClamd clamd = new();
    private readonly TestUser ann = MailWorld.Person();
    private ParceoHost host = null!;
    private Guid box;
    private string domains = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("parceo-mss-");
        using var authority = new TestAuthority(folder.FullName);
        authority.Issue("client", "Parceo", server: false);
        domains = Path.Combine(folder.FullName, "domaines.txt");
        await File.WriteAllTextAsync(domains, "ami.example\n");
        host = await ParceoHost.Start(
            engine,
            settings: new Dictionary<string, string?>
            {
                ["SecureMail:Operator:Smtp"] = "localhost:9",
                ["SecureMail:Operator:Imap"] = "localhost:9",
                ["SecureMail:Operator:Certificate"] = Path.Combine(folder.FullName, "client.p12"),
                ["SecureMail:Operator:CertificatePassword"] = "essai",
                ["SecureMail:Operator:TrustStore"] = authority.TrustStore,
                ["SecureMail:Domains"] = domains,
                ["Antivirus:Clamd"] = clamd.Address,
            }
        );
        var admin = MailWorld.Person(ann.OrganisationId, Roles.Administrator);
        box = (await host.Send(admin, new DeclareMailbox.Command("a@ami.example", MailboxKind.Org, "A"))).Id;
        await host.Send(admin, new ChangeMailbox.Command(box, "A", [new(ann.Id, true)]));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (host is not null)
            await host.DisposeAsync();
        clamd.Dispose();
    }

    [SetUp]
    public void Silence() => (clamd.Answer, clamd.SilentAbout) = ("", "");

    private Task<ComposeMail.Response> Write(string subject, string name, byte[] content) =>
        host.Send(ann, new ComposeMail.Command(box, ["b@ami.example"], subject, "y", Files: [new(name, content)]));

    private Task<ShowSent.Response> Sent(ComposeMail.Response mail) => host.Send(ann, new ShowSent.Query(mail.Id));

    private Task Later(Func<Task<bool>> holds, string what) =>
        Eventually(
            async () =>
            {
                host.Services.GetRequiredService<InspectionSignal>().Wake();
                return await holds();
            },
            MailWorld.Soon,
            what
        );

    [Test]
    public async Task S42_A_file_is_read_and_leaves_once_the_antivirus_says_that_it_is_clean()
    {
        clamd.Answer = "";
        var waits = await Write("sain", "photo.jpg", Photo());
        Assert.That(await host.SendAsSystem(new TakeMail.Command(waits.Id)), Is.Null, "nothing leaves before");
        clamd.Answer = "stream: OK";
        TakeMail.Envelope? leaves = null;
        await Later(async () => (leaves = await host.SendAsSystem(new TakeMail.Command(waits.Id))) is not null, "the clean one to be due");
        Assert.That(Encoding.Latin1.GetString(Photo()), Does.Contain("GPS-SECRET-PLACE"));
        Assert.That(
            Encoding.Latin1.GetString(MailReader.Read(leaves!.Message).Files.Single().Content),
            Does.Not.Contain("GPS-SECRET-PLACE"),
            "a picture leaves without what it says of its place"
        );

        clamd.Answer = "stream: Eicar-Test-Signature FOUND";
        var bad = await Write("infecté", "x.pdf", "%PDF-"u8.ToArray());
        await Later(
            async () =>
                (await host.Send(ann, new ShowSent.Query(bad.Id))) is { State: MailState.Refused, Code: OutMail.Infected, CanRetry: false },
            "the refusal"
        );

        clamd.Answer = "";
        var message = Tests.Mime.Samples.WithFile("x.pdf", [.. "%PDF-1.4"u8]);
        await host.SendAsSystem(new ReceiveMail.Command(box, 1, 1, message.Length, message));
        var read = (await host.Send(ann, new ListMails.Query())).Mails.Single().Id;
        async Task<Data.MailFileRow> FileOf() => (await host.Send(ann, new ShowMail.Query(read))).Files.Single();
        Assert.That((await FileOf()).Verdict, Is.EqualTo(Verdict.Pending));
        Assert.That(
            (await Refused(async () => await host.Send(ann, new GetFile.Query((await FileOf()).Id)))).Code,
            Is.EqualTo("mail_file_unknown")
        );
        clamd.Answer = "stream: OK";
        await Later(async () => (await FileOf()).IsAllowed, "the file");
        Assert.That((await host.Send(ann, new GetFile.Query((await FileOf()).Id))).Content, Is.EqualTo("%PDF-1.4"u8.ToArray()));
    }

    [Test]
    public async Task What_it_never_answers_about_is_given_up_after_three_days_told_and_can_be_sent_again()
    {
        var (lost, bad) = (
            await Write("perdu", "x.pdf", [.. "%PDF-1.4 lost"u8]),
            await Write("infecté plus tard", "x.pdf", [.. "%PDF-1.4 bad"u8])
        );
        await Later(
            async () => (await Sent(lost)) is { State: MailState.Waiting, Code: InspectionWorker.Silent, CanRetry: false },
            "why it waits"
        );
        host.Clock.Advance(OutMail.Patience);
        await Later(
            async () =>
                (await Sent(lost)) is { State: MailState.GivenUp, Code: InspectionWorker.Silent, CanRetry: true }
                && (await Sent(bad)).State == MailState.GivenUp,
            "both given up"
        );
        async Task<bool> Told(Guid mail) =>
            (await host.Send(ann, new ListNotices.Query())).Notices.Any(n => n.Link == $"/mssante/envoyes/{mail}");
        await Later(() => Told(lost.Id), "the notice of its author");

        await host.Send(ann, new RetryMail.Command(lost.Id));
        Assert.That((await Sent(lost)).State, Is.EqualTo(MailState.Waiting));
        Assert.That(await host.SendAsSystem(new TakeMail.Command(lost.Id)), Is.Null, "still nothing leaves");
        (clamd.Answer, clamd.SilentAbout) = ("stream: OK", "bad");
        await Later(async () => await host.SendAsSystem(new TakeMail.Command(lost.Id)) is not null, "the mail to be due");

        (clamd.Answer, clamd.SilentAbout) = ("stream: Eicar-Test-Signature FOUND", "");
        await Later(
            async () => (await Sent(bad)) is { State: MailState.Refused, Code: OutMail.Infected, CanRetry: false },
            "a given up one that turns out to be infected"
        );
    }

    [Test]
    public async Task A_file_that_it_never_answers_about_holds_up_no_other()
    {
        (clamd.Answer, clamd.SilentAbout) = ("stream: OK", "POISON");
        var (poison, good) = (await Write("poison", "x.txt", [.. "POISON"u8]), await Write("bon", "x.txt", [.. "bon"u8]));
        await Later(async () => (await Sent(good)).Files.Single().IsAllowed, "the good one");
        Assert.That((await Sent(poison)).Files.Single().Verdict, Is.EqualTo(Verdict.Pending));
    }

    [Test]
    public async Task S47_What_left_the_liste_blanche_meanwhile_does_not_leave_nor_does_a_mail_of_a_closed_mailbox()
    {
        var mail = await host.Send(ann, new ComposeMail.Command(box, ["b@ami.example"], "x", "y"));
        await File.WriteAllTextAsync(domains, "# rien\n");
        Assert.That(await host.SendAsSystem(new TakeMail.Command(mail.Id)), Is.Null);
        Assert.That((await Sent(mail)) is { State: MailState.Waiting, Code: "mail_no_domains" }, "an empty list may be an accident");
        await File.WriteAllTextAsync(domains, "autre.example\n");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await host.SendAsSystem(new TakeMail.Command(mail.Id)), Is.Null);
        Assert.That((await Sent(mail)) is { State: MailState.Refused, Code: "mail_ordinary_refused", CanRetry: true });
        await File.WriteAllTextAsync(domains, "ami.example\n");
        var admin = MailWorld.Person(ann.OrganisationId, Roles.Administrator);
        var other = (await host.Send(admin, new DeclareMailbox.Command("fermee@ami.example", MailboxKind.Org, "F"))).Id;
        await host.Send(admin, new ChangeMailbox.Command(other, "F", [new(ann.Id, true)]));
        var late = await host.Send(ann, new ComposeMail.Command(other, ["b@ami.example"], "x", "y"));
        await host.SendAsSystem(new SettleMail.Command(late.Id, SettleMail.Outcome.Refused, "550"));
        await host.Send(admin, new ChangeMailbox.Command(other, "F", [new(ann.Id, true)], Close: true));
        Assert.That((await Refused(() => host.Send(ann, new RetryMail.Command(late.Id)))).Code, Is.EqualTo("mailbox_closed"));
        Assert.That((await Sent(late)).CanRetry, Is.False);
    }

    /// <summary>A photograph that says where it was taken.</summary>
    internal static byte[] Photo()
    {
        using var bitmap = new SkiaSharp.SKBitmap(8, 8);
        using var encoded = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Jpeg, 90);
        var (picture, exif) = (encoded.ToArray(), "Exif\0\0GPS-SECRET-PLACE"u8.ToArray());
        return [.. picture[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. picture[2..]];
    }
}
