using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Directory.Contracts;
using Parceo.Feedback.Contracts;
using Parceo.Feedback.Data;
using Parceo.Feedback.Domain;
using Parceo.Feedback.Features;
using Parceo.Notifications.Contracts;
using Parceo.Patients.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Regulation.Contracts;
using Parceo.Slots.Contracts;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Feedback.Tests.Features;

/// <summary>From a visit to the médecin traitant's receipt, on the demo world: Dr Haddad saw a patient of Dr Roche.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class ReportJourneyTests(Engine engine)
{
    private const string Name = "Yvette Collin",
        Findings = "Angine à streptocoque, TROD positif.";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TestUser Haddad = As(DemoCast.Haddad, Roles.Effector, Roles.Professional),
        Roche = As(DemoCast.Roche, Roles.Effector, Roles.Professional),
        Weber = As(DemoCast.Weber, Roles.Effector, Roles.Professional);
    private readonly Guid sas = DemoCast.Prat.Organisation.Id;
    private ParceoHost host = null!;

    private static TestUser As(CastMember who, params string[] roles) =>
        new(who.Id, who.Organisation.Id, roles) { PractitionerIds = [who.DirectoryPersonId!.Value] };

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine, demo: true);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private static WriteReport.Command Text(Guid booking, Guid? mt = null) =>
        new(booking, "Mal de gorge", Findings, "Amoxicilline 6 jours", "Revoir sous 7 jours", mt);

    [Test]
    public async Task D22_D23_From_the_visit_to_the_receipt()
    {
        var booking = await Visit(DemoCast.Roche.DirectoryPersonId);
        await Eventually(async () => await Waits(Haddad, booking) == 1, Soon, "Dr Haddad to be told");
        var row = (await host.Send(Haddad, new ListReports.Query(ListReports.Box.ToWrite))).Reports.Single(r => r.BookingId == booking);
        Assert.That((row.State, row.Mt), Is.EqualTo((ReportState.Due, "Dr Amandine Roche")));
        Assert.That(
            (await host.Send(Roche, new ListReports.Query(ListReports.Box.Received))).Reports.Select(r => r.BookingId),
            Does.Not.Contain(booking),
            "nothing before it is sent"
        );

        await host.Send(Haddad, Text(booking));
        await Eventually(
            async () => await Waits(Roche, booking) == 1 && await Waits(Haddad, booking) == 0,
            Soon,
            "Dr Roche to be told, and Dr Haddad's bell to be quiet"
        );
        var read = await host.Send(Roche, new ShowReport.Query(booking));
        Assert.Multiple(() =>
        {
            Assert.That((read.Text!.Patient.Name, read.Text.Patient.Age), Is.EqualTo((Name, 81)));
            Assert.That(
                (read.Text.Findings, read.Text.Asked, read.Author, read.IsForMe),
                Is.EqualTo((Findings, "Revoir sous 7 jours", "Dr Bilal Haddad", true))
            );
        });

        await host.Send(Roche, new OpenReport.Command(booking));
        var receipt = await host.Send(Haddad, new ShowReport.Query(booking));
        Assert.That((receipt.State, receipt.ReadAt is null), Is.EqualTo((ReportState.Read, false)));
        await Eventually(async () => await Waits(Roche, booking) == 0, Soon, "the bell to be quiet");
    }

    [Test]
    public async Task S29_The_text_is_sealed_at_rest()
    {
        var booking = await Visit(DemoCast.Roche.DirectoryPersonId);
        await host.Send(Haddad, Text(booking));
        var bytes = await host.With<FeedbackDb, byte[]>(db =>
            db.Reports.Where(r => r.BookingId == booking).Select(r => r.SealedText!).SingleAsync()
        );
        var stored = System.Text.Encoding.UTF8.GetString(bytes);
        Assert.That(stored, Does.Not.Contain("Collin").And.Not.Contain("streptocoque"));
        var payloads = await host.With<FeedbackDb, List<string>>(db => db.Outbox.Select(o => o.Payload).ToListAsync());
        Assert.That(payloads, Has.None.Contains("streptocoque"));
    }

    [Test]
    public async Task Nobody_else_reads_it_and_only_who_saw_the_patient_writes_it()
    {
        var booking = await Visit(DemoCast.Roche.DirectoryPersonId);
        var regulator = TestUser.Regulator(organisation: sas);
        var secretary = new TestUser(DemoCast.Bost.Id, DemoCast.Val.Id, Roles.Delegate)
        {
            Delegations = new Dictionary<Guid, string[]>
            {
                [DemoCast.Haddad.DirectoryPersonId!.Value] = [FeedbackPermissions.Read, FeedbackPermissions.Write],
            },
        };
        Assert.Multiple(async () =>
        {
            Assert.That((await Refused(() => host.Send(Weber, Text(booking)))).Status, Is.EqualTo(404));
            Assert.That(
                (await Refused(() => host.Send(Roche, Text(booking)))).Status,
                Is.EqualTo(404),
                "the médecin traitant knows of it once it is sent"
            );
            Assert.That((await Refused(() => host.Send(regulator, Text(booking)))).Status, Is.EqualTo(403));
            Assert.That((await Refused(() => host.Send(secretary, Text(booking)))).Status, Is.EqualTo(403), "a delegate never writes");
        });
        await host.Send(Haddad, Text(booking));
        Assert.That((await Refused(() => host.Send(Weber, new ShowReport.Query(booking)))).Code, Is.EqualTo("report_unknown"));
        Assert.That((await Refused(() => host.Send(regulator, new ShowReport.Query(booking)))).Status, Is.EqualTo(403));
        Assert.That(
            (await Refused(() => host.Send(Haddad, new OpenReport.Command(booking)))).Code,
            Is.EqualTo("report_unknown"),
            "the author is not the reader"
        );
    }

    [Test]
    public async Task S20_The_secretariat_sees_that_a_report_waits_and_neither_reads_nor_confirms_it()
    {
        var booking = await Visit(DemoCast.Roche.DirectoryPersonId);
        await host.Send(Haddad, Text(booking));
        var bost = new TestUser(DemoCast.Bost.Id, DemoCast.Val.Id, Roles.Delegate)
        {
            Delegations = new Dictionary<Guid, string[]> { [DemoCast.Roche.DirectoryPersonId!.Value] = [FeedbackPermissions.See] },
        };
        var row = (await host.Send(bost, new ListReports.Query(ListReports.Box.Received))).Reports.Single(r => r.BookingId == booking);
        var seen = await host.Send(bost, new ShowReport.Query(booking));
        Assert.Multiple(() =>
        {
            Assert.That((row.State, row.Author), Is.EqualTo((ReportState.Sent, "Dr Bilal Haddad")));
            Assert.That(
                (seen.Text, seen.Reply, seen.IsForMe, seen.IsWithheld),
                Is.EqualTo(((ReportText?)null, (object?)null, false, true))
            );
        });
        Assert.That((await Refused(() => host.Send(bost, new OpenReport.Command(booking)))).Status, Is.EqualTo(404));
        await Eventually(async () => await Waits(bost, booking) == 1, Soon, "Jeanne Bost, whom the demonstration lets see it, to be told");
        Assert.That((await host.Send(Haddad, new ShowReport.Query(booking))).State, Is.EqualTo(ReportState.Sent));
    }

    [Test]
    public async Task S20_A_delegate_reads_for_the_medecin_traitant_when_that_was_delegated()
    {
        var booking = await Visit(DemoCast.Roche.DirectoryPersonId);
        await host.Send(Haddad, Text(booking));
        TestUser Secretary(params string[] actions) =>
            new(DemoCast.Bost.Id, DemoCast.Val.Id, Roles.Delegate)
            {
                Delegations = new Dictionary<Guid, string[]> { [DemoCast.Roche.DirectoryPersonId!.Value] = actions },
            };
        Assert.That((await host.Send(Secretary(FeedbackPermissions.Read), new ShowReport.Query(booking))).IsForMe, Is.True);
        Assert.That((await Refused(() => host.Send(Secretary("slots.publish"), new ShowReport.Query(booking)))).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task D22_Whoever_is_late_is_reminded_three_times()
    {
        var booking = await Visit(DemoCast.Roche.DirectoryPersonId);
        foreach (var hours in new[] { 25, 24, 72 })
        {
            host.Clock.Advance(TimeSpan.FromHours(hours));
            await host.SendAsSystem(new RemindReports.Command());
        }
        await Eventually(async () => await Waits(Haddad, booking) == 4, Soon, "the notice and three reminders");
        host.Clock.Advance(TimeSpan.FromDays(10));
        await host.SendAsSystem(new RemindReports.Command());
        Assert.That(await Reminders(booking), Is.EqualTo(3));
    }

    [Test]
    public async Task Without_a_known_MT_nothing_is_owed_and_the_author_may_still_name_one()
    {
        var booking = await Visit(null);
        Assert.That(
            (await host.Send(Haddad, new ListReports.Query(ListReports.Box.ToWrite))).Reports.Single(r => r.BookingId == booking).State,
            Is.EqualTo(ReportState.NotOwed)
        );
        Assert.That(
            ((InvalidException)await Refused(() => host.Send(Haddad, Text(booking, Guid.CreateVersion7())))).Errors.Values.SelectMany(v =>
                v
            ),
            Does.Contain("report_mt_missing")
        );
        await host.Send(Haddad, Text(booking, DemoCast.Weber.DirectoryPersonId));
        Assert.That((await host.Send(Weber, new ShowReport.Query(booking))).Text!.Findings, Is.EqualTo(Findings));
    }

    [Test]
    public async Task S52_Sent_twice_at_once_is_sent_once()
    {
        var booking = await Visit(DemoCast.Roche.DirectoryPersonId);
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    try
                    {
                        await host.Send(Haddad, Text(booking));
                        return "sent";
                    }
                    catch (ConflictException refused)
                    {
                        return refused.Code;
                    }
                })
        );
        Assert.That(
            outcomes.GroupBy(o => o).ToDictionary(g => g.Key, g => g.Count()),
            Is.EquivalentTo(new Dictionary<string, int> { ["sent"] = 1, ["report_sent"] = 7 })
        );
    }

    /// <summary>A patient was oriented to Dr Haddad, booked, seen.</summary>
    private async Task<Guid> Visit(Guid? mt, bool opposed = false)
    {
        var doctor = DemoCast.Haddad.DirectoryPersonId!.Value;
        var place = (await host.Send(Haddad, new GetPractitioners.Query([doctor])))[0].Activities[0].Id;
        host.Clock.Advance(TimeSpan.FromMinutes(20)); // the one before has left
        var (orientation, now) = (Guid.CreateVersion7(), host.Clock.GetUtcNow());
        var booked = await host.SendAsSystem(
            new BookOutsideAgenda.Command(
                orientation,
                doctor,
                place,
                sas,
                DemoCast.Prat.Id,
                now,
                Mode.Cabinet,
                "57-2026-7",
                new PatientTraits(81, Sex.Female, Name)
            )
        );
        await host.With<FeedbackDb, int>(async db =>
        {
            db.Publish(
                new OrientationBooked(
                    orientation,
                    sas,
                    "57",
                    CareKind.GeneralMedicine,
                    booked.BookingId,
                    doctor,
                    now,
                    now,
                    now,
                    true,
                    false,
                    mt,
                    opposed
                ),
                booked.BookingId
            );
            db.Publish(
                new OutcomeRecorded(booked.RangeId, booked.BookingId, doctor, place, sas, "57", "fulfilled", orientation),
                booked.BookingId
            );
            return await db.SaveChangesAsync();
        });
        await Eventually(
            () =>
                host.With<FeedbackDb, bool>(db =>
                    db.Reports.AnyAsync(r => r.BookingId == booked.BookingId && r.OrientationId != null && r.FulfilledAt != null)
                ),
            Soon,
            "the report to be known"
        );
        return booked.BookingId;
    }

    private Task<int> Reminders(Guid booking) =>
        host.With<FeedbackDb, int>(db => db.Reports.Where(r => r.BookingId == booking).Select(r => r.Reminders).SingleAsync());

    /// <summary>How many notices about this visit wait for them; others come and go meanwhile.</summary>
    private Task<int> Waits(TestUser who, Guid booking) => host.Send(who, new CountNotices(booking));
}
