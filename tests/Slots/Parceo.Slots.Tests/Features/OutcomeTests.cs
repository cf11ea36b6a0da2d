using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Slots.Tests.Features;

/// <summary>Outcomes that nobody noted (W1.8). The clock of this host is moved, so the fixture's tests take turns.</summary>
[TestFixtureSource(typeof(Engines)), NonParallelizable]
internal sealed class OutcomeTests(Engine engine)
{
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private Task<Booking> Look(Guid booking) =>
        host.With<SlotsDb, Booking>(db => db.Bookings.AsNoTracking().SingleAsync(b => b.Id == booking));

    [Test]
    public async Task W1_A_missing_outcome_is_asked_for_once_at_24_hours_unknown_at_72_and_still_to_be_put_right()
    {
        var doctor = TestUser.Effector(Guid.CreateVersion7());
        var range = await host.StoredRange(inHours: 1, practitioner: doctor.PractitionerIds.Single());
        var booked = await host.Send(
            TestUser.Regulator(),
            new BookSlot.Command(range.Id, "57-1", new(34, Sex.Male), Guid.CreateVersion7())
        );

        host.Clock.Advance(range.End - host.Clock.GetUtcNow() + TimeSpan.FromHours(23.9));
        await host.SendAsSystem(new FollowUpOutcomes.Command());
        var early = await Look(booked.BookingId);
        host.Clock.Advance(TimeSpan.FromHours(0.2));
        await host.SendAsSystem(new FollowUpOutcomes.Command());
        await host.SendAsSystem(new FollowUpOutcomes.Command());
        var reminded = await Look(booked.BookingId);
        var listed = await host.Send(doctor, new ListMissingOutcomes.Query(doctor.PractitionerIds.Single()));
        host.Clock.Advance(TimeSpan.FromHours(48));
        await host.SendAsSystem(new FollowUpOutcomes.Command());
        await host.SendAsSystem(new FollowUpOutcomes.Command());
        var unknown = await Look(booked.BookingId);
        await host.Send(doctor, new RecordOutcome.Command(booked.BookingId, "fulfilled"));
        var put = await Look(booked.BookingId);
        var left = await host.Send(doctor, new ListMissingOutcomes.Query(doctor.PractitionerIds.Single()));
        Assert.Multiple(() =>
        {
            Assert.That(early.RemindedAt, Is.Null);
            Assert.That(
                (reminded.State, reminded.RemindedAt is not null, reminded.Version),
                Is.EqualTo((BookingState.Booked, true, early.Version + 1)),
                "asked once"
            );
            Assert.That(listed.Select(b => b.Id), Is.EqualTo(new[] { booked.BookingId }));
            Assert.That((unknown.State, unknown.Version), Is.EqualTo((BookingState.Unknown, reminded.Version + 1)));
            Assert.That(put.State, Is.EqualTo(BookingState.Fulfilled));
            Assert.That(left, Is.Empty);
        });
    }

    [Test]
    public async Task W1_A_noted_outcome_is_left_alone_and_nobody_elses_list_is_shown()
    {
        var doctor = TestUser.Effector(Guid.CreateVersion7());
        var range = await host.StoredRange(inHours: 1, practitioner: doctor.PractitionerIds.Single());
        var booked = await host.Send(TestUser.Regulator(), new BookSlot.Command(range.Id, "57-1", new(34, Sex.Male)));
        host.Clock.Advance(TimeSpan.FromHours(3));
        await host.Send(doctor, new RecordOutcome.Command(booked.BookingId, "noshow"));
        host.Clock.Advance(TimeSpan.FromHours(100));
        await host.SendAsSystem(new FollowUpOutcomes.Command());
        var stranger = await Refused(() =>
            host.Send(TestUser.Effector(Guid.CreateVersion7()), new ListMissingOutcomes.Query(doctor.PractitionerIds.Single()))
        );
        Assert.That(((await Look(booked.BookingId)).State, stranger.Code), Is.EqualTo((BookingState.NoShow, "not_own_agenda")));
    }
}
