using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Directory.Contracts;
using Parceo.Feedback.Contracts;
using Parceo.Feedback.Data;
using Parceo.Feedback.Domain;
using Parceo.Feedback.Features;
using Parceo.Platform.Data;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Features;
using Parceo.SecureMail.Tests.Servers;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.SecureMail.Tests.Features;

/// <summary>W1.9, D23: a report for a médecin traitant without an account goes by MSSanté, and the answer comes back onto it.</summary>
internal sealed class ReportBySecureMailTests
{
    private static readonly TestUser Haddad = new(DemoCast.Haddad.Id, DemoCast.Val.Id, Roles.Effector, Roles.Professional) { PractitionerIds = [DemoCast.Haddad.DirectoryPersonId!.Value] };

    [Test]
    public async Task The_report_leaves_arrives_and_is_answered_in_the_same_place()
    {
        await using var servers = await MailOperator.Start();
        await using var host = await ParceoHost.Start(Engine.Sqlite, demo: true, settings: servers.Settings(boxes: [MailWorld.A, MailWorld.B]));
        var admin = MailWorld.Person(DemoCast.Val.Id, Roles.Administrator);
        await host.Send(admin, new DeclareMailbox.Command(MailWorld.A, MailboxKind.App, "CPTS du Val"));
        var bob = MailWorld.Person();
        var theirs = MailWorld.Person(bob.OrganisationId, Roles.Administrator);
        var box = (await host.Send(theirs, new DeclareMailbox.Command(MailWorld.B, MailboxKind.Org, "Cabinet B"))).Id;
        await host.Send(theirs, new ChangeMailbox.Command(box, "Cabinet B", [new(bob.Id, true)]));
        var cast = DemoCast.All.Select(c => c.DirectoryPersonId).ToList();
        var mt = (await host.Send(Haddad, new FindPeople.Query(Profession: "10", Limit: 50))).People.First(p => !cast.Contains(p.Id));
        await host.With<SecureMailDb, int>(db =>
        {
            db.Book.Add(new BookAddress(MailWorld.B, true, mt.NationalId, mt.Name, null, null, Folded.Of(mt.Name), 0));
            return db.SaveChangesAsync();
        });

        var booking = await Written(host, mt.Id);
        Assert.That((await host.Send(bob, new GetSituation.Query())).Boxes.Single().Address, Is.EqualTo(MailWorld.B));
        ListMails.Row? row = null;
        await Eventually(async () => (row = (await host.Send(bob, new ListMails.Query())).Mails is [var first, ..] ? first : null) is not null, MailWorld.Soon, "the report");
        var read = await host.Send(bob, new ShowMail.Query(row!.Id));
        Assert.That(read.Text, Does.Contain("Yvette Collin").And.Contain("Angine").And.Contain("Revoir sous 7 jours"));
        await Eventually(async () => (await host.Send(Haddad, new ShowReport.Query(booking))).Mailed == MailState.Received, MailWorld.Soon, "the receipt on the report");

        await host.Send(bob, new ComposeMail.Command(box, [MailWorld.A], "Re: Retour", "Merci, je la revois jeudi.", AnswersId: read.Id));
        await Eventually(async () => (await host.Send(Haddad, new ShowReport.Query(booking))).Reply?.Text == "Merci, je la revois jeudi.", MailWorld.Soon, "the answer on the report");
    }

    private static async Task<Guid> Written(ParceoHost host, Guid mt)
    {
        var (booking, doctor, now) = (Guid.CreateVersion7(), DemoCast.Haddad.DirectoryPersonId!.Value, host.Clock.GetUtcNow());
        await host.With<FeedbackDb, int>(db =>
        {
            var report = new Report(booking);
            report.Learn(Guid.CreateVersion7(), DemoCast.Sas.Id, "57", doctor, mt, false, now.AddHours(-1));
            report.Fulfil(DemoCast.Sas.Id, "57", doctor, now);
            var seal = new ReportSeal(Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Platform.FieldCipher>(host.Services));
            report.Send(DemoCast.Haddad.Id, DemoCast.Val.Id, mt, seal.Seal(report, new ReportText("Yvette Collin, 81 ans, femme", "Mal de gorge", "Angine à streptocoque.", "Amoxicilline", "Revoir sous 7 jours")), now);
            db.Reports.Add(report);
            db.Publish(new ReportSent(booking, report.OrientationId, DemoCast.Sas.Id, "57", doctor, mt, now, now), booking);
            return db.SaveChangesAsync();
        });
        return booking;
    }
}
