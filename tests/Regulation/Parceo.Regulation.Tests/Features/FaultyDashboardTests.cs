using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Feedback.Contracts;
using Parceo.Platform.Data;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Regulation.Tests.Features;

/// <summary>A subscriber that fails at every event of a case holds up nobody else: the dashboards' tables are gone here.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class FaultyDashboardTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Test]
    public async Task S55_A_faulty_dashboard_stops_neither_the_outcome_nor_the_report_nor_the_closing()
    {
        await using var host = await ParceoHost.Start(engine);
        await host.With<RegulationDb, int>(db =>
            db.Database.ExecuteSqlRawAsync(
                engine switch
                {
                    Engine.Sqlite => "ALTER TABLE dashboards_booking_fact RENAME TO dashboards_away",
                    Engine.PostgreSql => "ALTER TABLE dashboards.booking_fact RENAME TO away",
                    _ => "EXEC sp_rename 'dashboards.booking_fact', 'away', 'OBJECT'",
                }
            )
        );
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effector = (await host.Effectors(skill, 1))[0];
        var doctor = effector.PractitionerIds.Single();
        var mt = Guid.CreateVersion7();
        var id = await host.Opened(nadia, skill);
        await host.With<RegulationDb, int>(async db =>
        {
            var o = await db.Orientations.SingleAsync(x => x.Id == id);
            o.AnswerMt(new(mt, "Dr Essai", MtReason.Unavailable48h, false), host.Clock.GetUtcNow());
            foreach (var e in o.TakeHappened())
                db.Publish(e, o.Id);
            return await db.SaveChangesAsync();
        });
        Task Until(OrientationState state) =>
            Eventually(async () => (await host.Show(nadia, id)).Orientation.State == state, Soon, state.ToString());

        var booked = await host.Send(nadia, new BookSlot.Command(await host.Range(doctor), "57-1", new(34, Sex.Male), id));
        await Until(OrientationState.Booked);
        host.Clock.Advance(TimeSpan.FromHours(1.2));
        await host.Send(effector, new RecordOutcome.Command(booked.BookingId, "fulfilled"));
        await Until(OrientationState.FeedbackDue);
        await Eventually(() => host.With<RegulationDb, bool>(async db => await Owed(db) == 1), Soon, "the report is owed");
        var now = host.Clock.GetUtcNow();
        await host.With<RegulationDb, int>(db =>
        {
            db.Publish(new ReportSent(booked.BookingId, id, nadia.OrganisationId, "57", doctor, mt, now, now), booked.BookingId);
            return db.SaveChangesAsync();
        });
        await Until(OrientationState.Closed);

        var failing = await host.With<SlotsDb, List<string>>(db =>
            db.Deliveries.Where(d => d.Attempts > 0).Select(d => d.Subscriber).Distinct().ToListAsync()
        );
        Assert.That(failing, Is.Not.Empty.And.All.StartsWith("dashboards."), "the fault was there, and theirs alone");

        Task<int> Owed(RegulationDb db) =>
            db
                .Database.SqlQueryRaw<int>(
                    engine == Engine.Sqlite
                        ? "SELECT COUNT(*) AS \"Value\" FROM feedback_report WHERE state = 'Due'"
                        : "SELECT CAST(COUNT(*) AS int) AS \"Value\" FROM feedback.report WHERE state = 'Due'"
                )
                .SingleAsync();
    }
}
