using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Directory.Contracts;
using Parceo.Feedback.Contracts;
using Parceo.Feedback.Data;
using Parceo.Feedback.Domain;
using Parceo.Feedback.Features;
using Parceo.Messaging.Features;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Features;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Jobs;
using Parceo.Platform.Sending;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Features;
using Parceo.SecureMail.Tests.Servers;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.SecureMail.Tests.Features;

/// <summary>What other modules send by MSSanté to people without an account, through Postfix and Dovecot, and what comes back to its place.</summary>
internal sealed class FromOtherModulesTests
{
    private static readonly TestUser Haddad = new(DemoCast.Haddad.Id, DemoCast.Val.Id, Roles.Effector, Roles.Professional)
    {
        PractitionerIds = [DemoCast.Haddad.DirectoryPersonId!.Value],
    };
    private static readonly TestUser Bob = MailWorld.Person();
    private MailOperator servers = null!;
    private ParceoHost host = null!;
    private Guid box;

    [OneTimeSetUp]
    public async Task Start()
    {
        servers = await MailOperator.Start();
        host = await ParceoHost.Start(
            Engine.Sqlite,
            demo: true,
            settings: servers.Settings(boxes: [MailWorld.A, MailWorld.B]).Concat(servers.OrdinaryMail).ToDictionary()
        );
        var (admin, theirs) = (
            MailWorld.Person(DemoCast.Val.Id, Roles.Administrator),
            MailWorld.Person(Bob.OrganisationId, Roles.Administrator)
        );
        var ours = (await host.Send(admin, new DeclareMailbox.Command(MailWorld.A, MailboxKind.App, "CPTS du Val"))).Id;
        await host.Send(admin, new ChangeMailbox.Command(ours, "CPTS du Val", [new(Haddad.Id, true)]));
        await Eventually(
            async () =>
                await host.Send(MailWorld.Person() with { Id = DemoCast.Sellami.Id }, new Notifications.Contracts.CountNotices(ours)) == 1,
            MailWorld.Soon,
            "who watches over the organisation's rights to be told of the opened mailbox"
        );
        box = (await host.Send(theirs, new DeclareMailbox.Command(MailWorld.B, MailboxKind.Org, "Cabinet B"))).Id;
        await host.Send(theirs, new ChangeMailbox.Command(box, "Cabinet B", [new(Bob.Id, true)]));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (host is not null)
            await host.DisposeAsync();
        if (servers is not null)
            await servers.DisposeAsync();
    }

    private async Task<ShowMail.Response> Arrived(string subject)
    {
        ListMails.Row? row = null;
        await Eventually(
            async () => (row = (await host.Send(Bob, new ListMails.Query())).Mails.FirstOrDefault(m => m.Subject == subject)) is not null,
            MailWorld.Soon,
            $"« {subject} »"
        );
        return await host.Send(Bob, new ShowMail.Query(row!.Id));
    }

    [Test]
    public async Task A_message_from_a_conversation_leaves_arrives_and_is_answered_in_the_same_place()
    {
        var begun = await host.Send(
            Haddad,
            new SendMailEntry.Command(null, Guid.CreateVersion7(), MailWorld.B, "Avis", "Pouvez-vous la revoir ?")
        );
        var read = await Arrived("Avis");
        Assert.That((read.From, read.Text), Is.EqualTo(("CPTS du Val", "Pouvez-vous la revoir ?")));
        async Task<IReadOnlyList<ListHistory.Line>> Thread() =>
            (await host.Send(Haddad, new ListHistory.Query(begun.ConversationId))).Messages;
        await Eventually(async () => (await Thread())[0].State == MailState.Received, MailWorld.Soon, "the receipt in the conversation");
        await host.Send(Bob, new ComposeMail.Command(box, [MailWorld.A], "Re: Avis", "Oui, jeudi.", AnswersId: read.Id));
        await Eventually(
            async () => (await Thread()).Any(l => l is { Text: "Oui, jeudi.", Outside: { Name: "Cabinet B", Address: MailWorld.B } }),
            MailWorld.Soon,
            "the answer in the conversation"
        );
    }

    [Test]
    public async Task The_test_mail_an_invitation_and_its_one_reminder_go_through_the_real_server()
    {
        using var browser = new Browser(host);
        await browser.Post("/connexion", "demo", ("Person", DemoCast.Sellami.Id.ToString()));
        var tried = WebUtility.HtmlDecode(await (await browser.Post("/administration", "mail")).Content.ReadAsStringAsync());
        Assert.That(tried, Does.Contain($"Le serveur a pris le courriel pour {MailOperator.Administrator}"));
        await Delivered(MailOperator.Administrator, "Parceo : essai de courriel");

        await browser.Post(
            "/administration/invitations",
            "invite",
            ("People", $"{MailOperator.Invited};Ada Min"),
            ("Role", Roles.Professional)
        );
        var first = Link(await Delivered(MailOperator.Invited, "Parceo : invitation de CPTS du Val"));
        host.Clock.Advance(TimeSpan.FromHours(73));
        await host
            .Services.GetRequiredService<JobCatalog>()
            .Find("access.remind-invitations")!
            .Send(host.Services.GetRequiredService<SystemSender>(), "test", CancellationToken.None);
        var second = Link(await Delivered(MailOperator.Invited, "Parceo : rappel de l’invitation de CPTS du Val"));
        Assert.That(second, Is.Not.EqualTo(first).And.StartWith("https://parceo.cpts.example/invitation/"));
        using var invited = new Browser(host);
        var opened = await invited.Get(new Uri(second).PathAndQuery);
        Assert.That(await opened.Content.ReadAsStringAsync(), Does.Contain("CPTS du Val"), "the link that came opens the door");
    }

    private async Task<MimeKit.MimeMessage> Delivered(string address, string subject)
    {
        MimeKit.MimeMessage? found = null;
        await Eventually(
            async () =>
            {
                foreach (var bytes in servers.Delivered(address))
                {
                    var mail = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(bytes));
                    if (mail.Subject == subject)
                        found = mail;
                }
                return found is not null;
            },
            MailWorld.Soon,
            subject
        );
        return found!;
    }

    private static string Link(MimeKit.MimeMessage mail) =>
        mail.TextBody!.Split('\n').Single(l => l.StartsWith("https://", StringComparison.Ordinal)).Trim();

    [Test]
    public async Task S66_D48_Whoever_asked_for_e_mails_and_has_not_read_gets_one_that_says_nothing()
    {
        var roche = new TestUser(DemoCast.Roche.Id, DemoCast.Val.Id, Roles.Effector, Roles.Professional);
        await host.Send(roche, new SetPreferences.Command([], null, null, [NoticeSubjects.Message]));
        var group = (await host.Send(Haddad, new OpenConversation.Command([roche.Id], "Plaie de Mme Collin"))).Id;
        for (var i = 0; i < 3; i++)
            await host.Send(Haddad, new PostEntry.Command(group, Guid.CreateVersion7(), Text: "Mme Collin a de la fièvre"));
        host.Clock.Advance(TimeSpan.FromSeconds(15));
        await host.SendAsSystem(new TellUnread.Command());
        await Eventually(
            async () => (await host.Send(roche, new ListNotices.Query())).Notices.Any(n => n.Link == $"/messages/{group}"),
            MailWorld.Soon,
            "the notice"
        );
        host.Clock.Advance(TimeSpan.FromMinutes(16));
        await host.SendAsSystem(new MailWaiting.Command());
        await Eventually(() => Task.FromResult(servers.Delivered(MailOperator.Ordinary).Count > 0), MailWorld.Soon, "the e-mail");
        await host.SendAsSystem(new MailWaiting.Command());
        using var mail = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(servers.Delivered(MailOperator.Ordinary).Single()));
        Assert.Multiple(() =>
        {
            Assert.That(mail.Subject, Is.EqualTo("Vous avez des messages dans Parceo"));
            Assert.That(
                mail.TextBody,
                Does.Contain("https://parceo.cpts.example/notifications")
                    .And.Not.Contain("Collin")
                    .And.Not.Contain("Haddad")
                    .And.Not.Contain($"{group}")
            );
        });
    }

    /// <summary>W1.9, D23: a report for a médecin traitant without an account, and the answer on it.</summary>
    [Test]
    public async Task A_report_leaves_arrives_and_is_answered_in_the_same_place()
    {
        var cast = DemoCast.All.Select(c => c.DirectoryPersonId).ToList();
        var mt = (await host.Send(Haddad, new FindPeople.Query(Profession: "10", Limit: 50))).People.First(p => !cast.Contains(p.Id));
        await host.With<SecureMailDb, int>(db =>
        {
            db.Book.Add(new BookAddress(MailWorld.B, true, mt.NationalId, mt.Name, null, null, TextRules.FoldedWords(mt.Name), 0));
            return db.SaveChangesAsync();
        });

        var booking = await Written(host, mt.Id);
        var read = await Arrived("Retour de soins non programmés");
        Assert.That(read.Text, Does.Contain("Yvette Collin").And.Contain("Angine").And.Contain("Revoir sous 7 jours"));
        await Eventually(
            async () => (await host.Send(Haddad, new ShowReport.Query(booking))).Mailed == MailState.Received,
            MailWorld.Soon,
            "the receipt on the report"
        );

        await host.Send(Bob, new ComposeMail.Command(box, [MailWorld.A], "Re: Retour", "Merci, je la revois jeudi.", AnswersId: read.Id));
        await Eventually(
            async () => (await host.Send(Haddad, new ShowReport.Query(booking))).Reply?.Text == "Merci, je la revois jeudi.",
            MailWorld.Soon,
            "the answer on the report"
        );
    }

    private static async Task<Guid> Written(ParceoHost host, Guid mt)
    {
        var (booking, doctor, now) = (Guid.CreateVersion7(), DemoCast.Haddad.DirectoryPersonId!.Value, host.Clock.GetUtcNow());
        await host.With<FeedbackDb, int>(db =>
        {
            var report = new Report(booking);
            report.Learn(Guid.CreateVersion7(), DemoCast.Sas.Id, "57", doctor, mt, false, now.AddHours(-1));
            report.Fulfil(DemoCast.Sas.Id, "57", doctor, now);
            var seal = new ReportSeal(
                Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Platform.FieldCipher>(
                    host.Services
                )
            );
            report.Send(
                DemoCast.Haddad.Id,
                DemoCast.Val.Id,
                mt,
                seal.Seal(
                    report,
                    new ReportText(
                        new PatientTraits(81, Sex.Female, "Yvette Collin"),
                        "Mal de gorge",
                        "Angine à streptocoque.",
                        "Amoxicilline",
                        "Revoir sous 7 jours"
                    )
                ),
                now
            );
            db.Reports.Add(report);
            db.Publish(new ReportSent(booking, report.OrientationId, DemoCast.Sas.Id, "57", doctor, mt, now, now), booking);
            return db.SaveChangesAsync();
        });
        return booking;
    }
}
