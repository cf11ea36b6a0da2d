using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Events;
using Parceo.Regulation.Features;
using Parceo.Regulation.Reactions;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Regulation.Tests.Features;

/// <summary>Events of two ranges have no order between them: the case shows the truth all the same.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class OrderOfEventsTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly Meanwhile meanwhile = new();
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        host = await ParceoHost.Start(engine, services: meanwhile.Watch<RegulationDbSqlite, RegulationDbPostgreSql, RegulationDbSqlServer>);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private DateTimeOffset Now => host.Clock.GetUtcNow();

    private Task Until(TestUser by, Guid id, OrientationState state) =>
        Eventually(async () => (await host.Show(by, id)).Orientation.State == state, Soon, state.ToString());

    /// <summary>Tells it now, each as an event of a range of its own, and waits until all are told.</summary>
    private async Task Told(params IIntegrationEvent[] events)
    {
        foreach (var e in events)
        {
            await host.With<SlotsDb, int>(db =>
            {
                db.Publish(e, Guid.CreateVersion7());
                return db.SaveChangesAsync();
            });
            await Eventually(() => host.With<SlotsDb, bool>(db => Task.FromResult(!db.Outbox.Any())), Soon, "delivered");
        }
    }

    [Test]
    public async Task A_cancellation_that_comes_after_the_next_booking_does_not_cancel_the_case()
    {
        var nadia = TestUser.Regulator();
        var id = await host.Opened(nadia, Given.Skill());
        var (first, second, marc, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Now);
        SlotBooked Booked(Guid booking, DateTimeOffset at) =>
            new(
                Guid.CreateVersion7(),
                booking,
                marc,
                Guid.CreateVersion7(),
                nadia.OrganisationId,
                "57",
                now.AddHours(1),
                0,
                Mode.Cabinet,
                id,
                null,
                at
            );
        BookingCancelled Cancelled(Guid booking) =>
            new(Guid.CreateVersion7(), booking, marc, Guid.CreateVersion7(), nadia.OrganisationId, "57", 1, id);

        await Told(Booked(first, now), Booked(second, now.AddSeconds(5)), Cancelled(first));
        var shown = await host.Show(nadia, id);
        Assert.That(
            (shown.Orientation.State, shown.BookingId, shown.PractitionerId),
            Is.EqualTo((OrientationState.Booked, (Guid?)second, (Guid?)marc))
        );

        await Told(Cancelled(second), Booked(first, now));
        Assert.That((await host.Show(nadia, id)).Orientation.State, Is.EqualTo(OrientationState.Cancelled));
    }

    [Test]
    public async Task An_acceptance_and_a_booking_told_at_once_by_two_nodes_leave_the_patients_file_to_who_is_booked()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effector = (await host.Effectors(skill, 1))[0];
        var id = await host.Soliciting(nadia, skill);
        var asked = (await host.AskedOf(effector))!;
        // Stored and not yet told.
        var accepted = await host.With<RegulationDb, OrientationAccepted>(async db =>
        {
            var o = await db.Orientations.Include(x => x.Invitations).SingleAsync(x => x.Id == id);
            o.Accept(asked.InvitationId, Now.AddMinutes(10), effector.Id, Now);
            await db.SaveChangesAsync();
            return o.TakeHappened().OfType<OrientationAccepted>().Single();
        });
        var other = Guid.CreateVersion7();
        var booked = new SlotBooked(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            other,
            Guid.CreateVersion7(),
            nadia.OrganisationId,
            "57",
            Now.AddHours(1),
            0,
            Mode.Cabinet,
            id,
            null,
            Now
        );
        var came = meanwhile.After(1, "organisation_id", () => Reacted<OnSlotBooked, SlotBooked>(booked));
        await Reacted<OnOrientationAccepted, OrientationAccepted>(accepted);
        Assert.That(came(), Is.True);
        var file = await host.With<RegulationDb, Guid?>(db =>
            db.Files.Where(f => f.OrientationId == id).Select(f => f.PractitionerId).SingleAsync()
        );
        Assert.That((file, (await host.Show(nadia, id)).PractitionerId), Is.EqualTo(((Guid?)other, (Guid?)other)));
    }

    [Test]
    public async Task An_acceptance_that_is_undone_while_it_is_told_opens_the_patients_file_to_nobody()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effector = (await host.Effectors(skill, 1))[0];
        var id = await host.Soliciting(nadia, skill);
        var asked = (await host.AskedOf(effector))!;
        var accepted = await host.With<RegulationDb, OrientationAccepted>(async db =>
        {
            var o = await db.Orientations.Include(x => x.Invitations).SingleAsync(x => x.Id == id);
            o.Accept(asked.InvitationId, Now.AddMinutes(10), effector.Id, Now);
            await db.SaveChangesAsync();
            return o.TakeHappened().OfType<OrientationAccepted>().Single();
        });
        var came = meanwhile.After(2, "organisation_id", () =>
            host.SendAsSystem(new UndoAcceptance.Command(id, effector.PractitionerIds.Single()))
        );
        await Reacted<OnOrientationAccepted, OrientationAccepted>(accepted);
        Assert.That(came(), Is.True);
        Assert.That(
            await host.With<RegulationDb, Guid?>(db =>
                db.Files.Where(f => f.OrientationId == id).Select(f => f.PractitionerId).SingleAsync()
            ),
            Is.Null
        );
    }

    /// <summary>As the pump of a node does it: saved once, and begun again when somebody was faster.</summary>
    private async Task Reacted<TReaction, TEvent>(TEvent e)
        where TReaction : class, IReaction<TEvent, RegulationDb>
        where TEvent : IIntegrationEvent
    {
        while (true)
        {
            await using var scope = host.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("test");
            await scope.ServiceProvider.GetRequiredService<TReaction>().Handle(e, default);
            try
            {
                await scope.ServiceProvider.GetRequiredService<RegulationDb>().SaveChangesAsync();
                return;
            }
            catch (ConcurrentChangeException) { }
        }
    }

    [Test]
    public async Task A_case_closed_while_its_booking_is_on_its_way_is_open_again_and_its_regulator_told()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effector = (await host.Effectors(skill, 1))[0];
        var id = await host.Opened(nadia, skill);
        await host.Send(nadia, new CloseOrientation.Command(id));
        var booked = await host.Send(
            nadia,
            new BookSlot.Command(await host.Range(effector.PractitionerIds.Single()), "57-1", new(34, Sex.Male), id)
        );
        await Until(nadia, id, OrientationState.Booked);
        Assert.That(
            (await host.Send(nadia, new ListOrientations.Query())).Orientations.Select(c => c.Id),
            Is.EqualTo(new[] { id }),
            "among what waits for something"
        );
        await Eventually(async () => await host.Send(nadia, new CountNotices(id)) == 1, Soon, "the regulator told");

        await host.Send(nadia, new CancelBooking.Command(booked.BookingId));
        await Until(nadia, id, OrientationState.Cancelled);
        await host.Send(nadia, new CloseOrientation.Command(id));
        Assert.That((await host.Show(nadia, id)).Orientation.State, Is.EqualTo(OrientationState.Closed));
    }
}
