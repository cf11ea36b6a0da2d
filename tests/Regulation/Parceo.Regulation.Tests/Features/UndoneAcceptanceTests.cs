using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Notifications.Contracts;
using Parceo.Platform.Data;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Slots.Data;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Regulation.Tests.Features;

/// <summary>An acceptance that can never become a booking ends in the open, not as a dead letter.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class UndoneAcceptanceTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private DateTimeOffset Now => host.Clock.GetUtcNow();

    private async Task AssertUndone(TestUser nadia, TestUser effector, Guid id)
    {
        await Eventually(
            async () => (await host.Show(nadia, id)).Orientation.State == OrientationState.Unfilled,
            Soon,
            "the case unfilled"
        );
        var shown = await host.Show(nadia, id);
        Assert.Multiple(async () =>
        {
            Assert.That(
                (shown.PractitionerId, shown.BookingId, shown.Orientation.Start),
                Is.EqualTo(((Guid?)null, (Guid?)null, (DateTimeOffset?)null))
            );
            Assert.That((await host.AskedOf(effector))!.State, Is.EqualTo(InvitationState.Withdrawn));
            Assert.That(
                await host.With<RegulationDb, Guid?>(async db => (await db.Files.SingleAsync(f => f.OrientationId == id)).PractitionerId),
                Is.Null,
                "the patient's file is theirs no longer"
            );
            Assert.That(
                await host.With<RegulationDb, int>(db => db.Deliveries.CountAsync(d => d.Attempts > 0)),
                Is.Zero,
                "nothing is tried again"
            );
        });
        await Eventually(async () => await host.Send(nadia, new CountNotices(id)) == 1, Soon, "the regulator told");
        await host.Send(nadia, new ReopenOrientation.Command(id));
        Assert.That((await host.Show(nadia, id)).Orientation.State, Is.EqualTo(OrientationState.Searching));
    }

    [Test]
    public async Task W1_6_An_acceptance_carried_out_hours_after_its_start_is_undone_and_told()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effector = (await host.Effectors(skill, 1))[0];
        var id = await host.Soliciting(nadia, skill);
        var asked = (await host.AskedOf(effector))!;
        // The acceptance is stored and nothing is delivered: what a host that is down for hours leaves behind.
        var waiting = await host.With<RegulationDb, IReadOnlyList<IIntegrationEvent>>(async db =>
        {
            var o = await db.Orientations.Include(x => x.Invitations).SingleAsync(x => x.Id == id);
            o.Accept(asked.InvitationId, Now.AddMinutes(10), effector.Id, Now);
            await db.SaveChangesAsync();
            return o.TakeHappened();
        });
        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.With<RegulationDb, int>(db =>
        {
            foreach (var e in waiting)
                db.Publish(e, id);
            return db.SaveChangesAsync();
        });
        await AssertUndone(nadia, effector, id);
    }

    [Test]
    public async Task W1_6_An_acceptance_of_somebody_who_left_meanwhile_is_undone_and_told()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effector = (await host.Effectors(skill, 1))[0];
        var id = await host.Soliciting(nadia, skill);
        var asked = (await host.AskedOf(effector))!;
        var left = effector.PractitionerIds.Single();
        await host.With<SlotsDb, int>(db => db.Calendars.Where(c => c.PractitionerId == left).ExecuteDeleteAsync());
        await host.Send(effector, new AcceptInvitation.Command(asked.InvitationId, Now.AddHours(1)));
        await AssertUndone(nadia, effector, id);
    }
}
