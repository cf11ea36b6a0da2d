using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Geo;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Slots.Tests.Features;

/// <summary>What the module of the waves asks of this one.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class SolicitationTests(Engine engine)
{
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private static FindEffectorsToAsk.Query Around(
        GeoPoint at,
        Mode? mode = null,
        IReadOnlyCollection<string>? departements = null,
        double km = 5
    ) => new(at.Latitude, at.Longitude, km, "MEDECINE_GENERALE", mode, departements);

    private Task<Calendar> Effector(GeoPoint at, string departement = "57", Action<Agenda>? says = null, Absence? away = null) =>
        host.With<SlotsDb, Calendar>(async db =>
        {
            var calendar = Given.Calendar(at, departement, practitioner: away?.PractitionerId);
            db.Add(calendar);
            var agenda = new Agenda(calendar.PractitionerId);
            says?.Invoke(agenda);
            db.Add(agenda);
            if (away is not null)
                db.Add(away);
            await db.SaveChangesAsync();
            return calendar;
        });

    private BookOutsideAgenda.Command Accepted(Calendar by, Guid? orientation = null, DateTimeOffset? start = null) =>
        new(
            orientation ?? Guid.CreateVersion7(),
            by.PractitionerId,
            by.Id,
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            start ?? host.Clock.GetUtcNow().AddHours(1),
            Mode.Cabinet,
            "57-2026-9",
            new(71, Sex.Female, "Mme Essai")
        );

    [Test]
    public async Task W1_Those_who_may_be_asked_come_nearest_first_without_the_absent_and_the_far()
    {
        var centre = new GeoPoint(48.10, 5.14);
        var now = host.Clock.GetUtcNow();
        var far = await Effector(new(48.12, 5.14), says: a => a.BePresent(now.AddHours(2), now));
        var near = await Effector(new(48.101, 5.14), says: a => a.OfferOverCapacity(now.AddHours(3), "sonnez", now));
        await Effector(new(48.30, 5.14));
        await Effector(
            centre,
            away: new Absence(Guid.CreateVersion7(), Guid.CreateVersion7(), now.AddDays(-1), null, Guid.CreateVersion7(), now)
        );
        await Effector(centre, departement: "54");

        var found = await host.Send(TestUser.Regulator(), Around(centre));

        Assert.Multiple(() =>
        {
            Assert.That(found.Select(f => f.CalendarId), Is.EqualTo(new[] { near.Id, far.Id }));
            Assert.That(found.Select(f => f.Present), Is.EqualTo(new[] { false, true }));
            Assert.That(found[0].OverCapacityUntil, Is.Not.Null);
            Assert.That(found[1].DistanceKm, Is.EqualTo(2.22).Within(0.02));
        });
    }

    [Test]
    public async Task W1_The_host_itself_asks_with_a_territory_and_a_regulator_cannot_leave_theirs()
    {
        var centre = new GeoPoint(48.60, 5.14);
        var here = await Effector(centre, departement: "57");
        var there = await Effector(centre, departement: "88");
        var both = await host.SendAsSystem(Around(centre, departements: ["57", "88"]));
        var narrowed = await host.Send(TestUser.Regulator("57"), Around(centre, departements: ["57", "88"]));
        var none = await Refused(() => host.SendAsSystem(Around(centre)));
        Assert.Multiple(() =>
        {
            Assert.That(both.Select(f => f.CalendarId), Is.EquivalentTo(new[] { here.Id, there.Id }));
            Assert.That(narrowed.Select(f => f.CalendarId), Is.EqualTo(new[] { here.Id }));
            Assert.That(none.Code, Is.EqualTo("territory_missing"));
        });
    }

    [Test]
    public async Task W1_Whom_a_wave_asks_and_why_it_does_not_ask_somebody_agree_on_whoever_there_is()
    {
        var (centre, now, dice) = (new GeoPoint(46.60, 5.14), host.Clock.GetUtcNow(), new Random(20261130));
        T One<T>(params T[] of) => of[dice.Next(of.Length)];
        var people = Enumerable.Range(0, 60).Select(_ => Guid.CreateVersion7()).ToList();
        await host.With<SlotsDb, int>(db =>
        {
            foreach (var who in people)
            {
                for (var places = dice.Next(3); places > 0; places--)
                    db.Add(
                        Given.Calendar(
                            new(centre.Latitude + (dice.NextDouble() * 0.1), centre.Longitude),
                            One("57", "57", "88", "54"),
                            One("MEDECINE_GENERALE", "MEDECINE_GENERALE", "SM42"),
                            who,
                            One(null, "54395")
                        )
                    );
                for (var times = dice.Next(4) - 1; times > 0; times--)
                    db.Add(
                        new Absence(
                            Guid.CreateVersion7(),
                            who,
                            now.AddHours(One(-5, -1, 0, 1)),
                            One<DateTimeOffset?>(null, now.AddHours(2), now.AddHours(6)),
                            who,
                            now
                        )
                    );
                if (One(true, false))
                {
                    var agenda = new Agenda(who);
                    agenda.TakeSolicitations(One(true, false), One(true, false));
                    db.Add(agenda);
                }
            }
            return db.SaveChangesAsync();
        });
        var said = new HashSet<ObstacleKind?>();
        foreach (var mode in new Mode?[] { null, Mode.Cabinet, Mode.Visite, Mode.Teleconsultation })
        {
            var query = Around(centre, mode, ["57", "88"], km: 8) with { Communes = ["54395"], Limit = 500 };
            var asked = (await host.SendAsSystem(query)).Select(f => f.PractitionerId).ToHashSet();
            foreach (var who in people)
            {
                var why = await host.SendAsSystem(
                    new FindAskingObstacle.Query(
                        who,
                        query.Latitude,
                        query.Longitude,
                        query.RadiusKm,
                        query.Skill,
                        mode,
                        query.Departements!,
                        query.Communes!
                    )
                );
                said.Add(why?.Kind);
                Assert.That(asked.Contains(who), Is.EqualTo(why is null), $"{mode}: {why}");
                if (why?.Kind != ObstacleKind.Away)
                    continue;
                var seen = await host.Send(TestUser.Regulator(), new Slots.Features.GetAbsence.Query(who));
                Assert.That(seen!.Until, Is.EqualTo(why.Until), "and until when");
            }
        }
        Assert.That(said, Is.EquivalentTo(Enum.GetValues<ObstacleKind>().Select(k => (ObstacleKind?)k).Append(null)), "each was met");
    }

    [Test]
    public async Task D28_Who_looks_for_slots_sees_that_somebody_is_away_until_the_last_absence_ends_and_a_stranger_does_not()
    {
        var (who, now) = (Guid.CreateVersion7(), host.Clock.GetUtcNow());
        Task<Slots.Features.GetAbsence.Response?> Seen(TestUser by) => host.Send(by, new Slots.Features.GetAbsence.Query(who));
        Assert.That(await Seen(TestUser.Regulator()), Is.Null);
        await Store(3, 9);
        Assert.That(await Seen(TestUser.Regulator()), Is.Null, "not yet");
        await Store(-1, 2);
        await Store(-2, 6);
        Assert.That((await Seen(TestUser.Regulator()))?.Until, Is.EqualTo(now.AddHours(6)).Within(TimeSpan.FromMilliseconds(1)));
        await Store(-1, null);
        Assert.Multiple(async () =>
        {
            Assert.That(await Seen(TestUser.Regulator()), Is.EqualTo(new Slots.Features.GetAbsence.Response(null)), "no end said");
            Assert.That(await Seen(TestUser.Effector(who)), Is.Not.Null, "themselves");
            Assert.That(await Seen(TestUser.Effector(Guid.CreateVersion7())), Is.Null, "a colleague");
        });
        Task Store(double from, double? to) =>
            host.With<SlotsDb, int>(db =>
            {
                db.Add(new Absence(Guid.CreateVersion7(), who, now.AddHours(from), to is { } end ? now.AddHours(end) : null, who, now));
                return db.SaveChangesAsync();
            });
    }

    [Test]
    public async Task W1_Visits_are_asked_of_those_who_make_them()
    {
        var centre = new GeoPoint(47.60, 5.14);
        await Effector(centre);
        var visitor = await Effector(centre, says: a => a.TakeSolicitations(visits: true, teleconsultations: false));
        var visits = await host.Send(TestUser.Regulator(), Around(centre, Mode.Visite));
        var calls = await host.Send(TestUser.Regulator(), Around(centre, Mode.Teleconsultation));
        Assert.Multiple(() =>
        {
            Assert.That(visits.Select(f => f.CalendarId), Is.EqualTo(new[] { visitor.Id }));
            Assert.That(calls.Select(f => f.CalendarId), Has.No.Member(visitor.Id).And.Exactly(1).Items);
        });
    }

    [Test]
    public async Task W1_The_weeks_patients_are_counted_whoever_booked_them()
    {
        var centre = new GeoPoint(47.10, 5.14);
        var effector = await Effector(centre, says: a => a.Limit(null, 2));
        // To a noon: both stand in the current ISO week, whatever the hour of the test. Outside an agenda the last hour may be booked too.
        var now = LocalTime.At(LocalTime.DayOf(host.Clock.GetUtcNow(), "Europe/Paris").AddDays(1), new(12, 0), "Europe/Paris");
        host.Clock.AdvanceTo(now);
        await host.SendAsSystem(Accepted(effector, start: now));
        var once = await host.Send(TestUser.Regulator(), Around(centre));
        await host.SendAsSystem(Accepted(effector, start: now.AddMinutes(20)));
        var twice = await host.Send(TestUser.Regulator(), Around(centre));
        Assert.Multiple(() =>
        {
            Assert.That((once[0].BookedThisWeek, once[0].AtLimit), Is.EqualTo((1, false)));
            Assert.That((twice[0].BookedThisWeek, twice[0].AtLimit), Is.EqualTo((2, true)));
        });
    }

    [Test]
    public async Task D27_An_accepted_solicitation_is_booked_once_however_often_it_is_delivered()
    {
        var effector = await Effector(Given.Metz);
        var accepted = Accepted(effector);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.SendAsSystem(accepted)));
        var range = await host.With<SlotsDb, SlotRange>(db => db.Ranges.SingleAsync(r => r.Id == answers[0].RangeId));
        var colleague = await Effector(Given.Metz);
        var other = await Refused(() =>
            host.SendAsSystem(Accepted(colleague, accepted.OrientationId) with { OrganisationId = accepted.OrganisationId })
        );
        Assert.Multiple(() =>
        {
            Assert.That(answers.Distinct().Count(), Is.EqualTo(1));
            Assert.That((range.Capacity, range.PlacesLeft, range.Open, range.HiddenBy), Is.EqualTo((1, 0, false, Hidden.Outside)));
            Assert.That(other.Code, Is.EqualTo("orientation_booked"));
        });
    }

    [Test]
    public async Task D27_Its_place_is_never_offered_even_when_it_is_cancelled_and_the_orientation_may_be_booked_again()
    {
        var (first, second) = (await Effector(Given.Metz), await Effector(Given.Metz));
        var accepted = Accepted(first);
        var booked = await host.SendAsSystem(accepted);
        var regulator = new TestUser(accepted.RegulatorId, accepted.OrganisationId, Roles.Regulator) { Departements = ["57"] };
        await host.Send(regulator, new Slots.Features.CancelBooking.Command(booked.BookingId));
        var range = await host.With<SlotsDb, SlotRange>(db => db.Ranges.SingleAsync(r => r.Id == booked.RangeId));
        var again = await host.SendAsSystem(accepted);
        var elsewhere = await host.SendAsSystem(Accepted(second, accepted.OrientationId) with { OrganisationId = accepted.OrganisationId });
        var refused = await Refused(() => host.Send(regulator, new Slots.Features.HoldPlace.Command(booked.RangeId)));
        Assert.Multiple(() =>
        {
            Assert.That(range.Open, Is.False);
            Assert.That(refused.Code, Is.EqualTo("slot_full"));
            Assert.That(again, Is.EqualTo(booked), "a delivery that comes late revives nothing");
            Assert.That(elsewhere.BookingId, Is.Not.EqualTo(booked.BookingId));
        });
    }

    private async Task<SlotRange> Own(Calendar of, int fromMinutes, int minutes = 20, int capacity = 1)
    {
        var start = host.Clock.GetUtcNow().AddMinutes(fromMinutes);
        var doctor = new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Effector) { PractitionerIds = [of.PractitionerId] };
        return await host.With<SlotsDb, SlotRange>(async db =>
        {
            var range = new SlotRange(
                Guid.CreateVersion7(),
                of,
                start,
                start.AddMinutes(minutes),
                capacity,
                Mode.Cabinet,
                null,
                doctor.Id,
                host.Clock.GetUtcNow()
            );
            db.Add(range);
            await db.SaveChangesAsync();
            return range;
        });
    }

    private Task<SlotRange> Now(SlotRange range) => host.With<SlotsDb, SlotRange>(db => db.Ranges.SingleAsync(r => r.Id == range.Id));

    private Task<string> Book(SlotRange range) => Tried(() => host.Send(TestUser.Regulator(), Booking(range)));

    private static Slots.Features.BookSlot.Command Booking(SlotRange range) => new(range.Id, "57-1", new(34, Sex.Male));

    private static async Task<string> Tried<T>(Func<Task<T>> act)
    {
        try
        {
            await act();
            return "done";
        }
        catch (RefusalException refused)
        {
            return refused.Code;
        }
    }

    [Test]
    public async Task D27_What_is_accepted_takes_the_own_slot_of_that_time_off_offer_until_it_is_called_off()
    {
        var doctor = await Effector(Given.Metz);
        var (touched, clear) = (await Own(doctor, 55), await Own(doctor, 80));
        var hour = await Own(doctor, 60 + 60, minutes: 60, capacity: 3);
        var accepted = Accepted(doctor, start: touched.Start.AddMinutes(5));
        var booked = await host.SendAsSystem(accepted);
        await host.SendAsSystem(Accepted(doctor, start: hour.Start.AddMinutes(20)));
        var (a, b, c) = (await Now(touched), await Now(clear), await Now(hour));
        Assert.Multiple(async () =>
        {
            Assert.That((a.Open, a.HiddenBy), Is.EqualTo((false, Hidden.Busy)));
            Assert.That((b.Open, b.HiddenBy), Is.EqualTo((true, Hidden.No)), "which begins when the patient leaves");
            Assert.That((c.Open, c.PlacesLeft), Is.EqualTo((true, 2)), "a third of the hour is gone");
            Assert.That(await Book(touched), Is.EqualTo("effector_busy"));
            Assert.That(
                await Tried(() => host.Send(TestUser.Regulator(), new Slots.Features.HoldPlace.Command(touched.Id))),
                Is.EqualTo("effector_busy")
            );
        });

        await host.Send(
            new TestUser(accepted.RegulatorId, accepted.OrganisationId, Roles.Regulator) { Departements = ["57"] },
            new Slots.Features.CancelBooking.Command(booked.BookingId)
        );
        await Eventually(async () => (await Now(touched)).Open, TimeSpan.FromSeconds(30), "the slot to be offered again");
    }

    [Test]
    public async Task D27_Who_is_promised_at_that_time_accepts_nobody_else()
    {
        var doctor = await Effector(Given.Metz);
        var (booked, held, three) = (await Own(doctor, 60), await Own(doctor, 90), await Own(doctor, 120, minutes: 60, capacity: 3));
        await host.Send(TestUser.Regulator(), Booking(booked));
        await host.Send(TestUser.Regulator(), new Slots.Features.HoldPlace.Command(held.Id));
        await host.Send(TestUser.Regulator(), Booking(three));
        Task<string> Accept(SlotRange range, int minutes) =>
            Tried(() => host.SendAsSystem(Accepted(doctor, start: range.Start.AddMinutes(minutes))));
        Assert.Multiple(async () =>
        {
            Assert.That(await Accept(booked, 5), Is.EqualTo("effector_busy"));
            Assert.That(await Accept(held, -10), Is.EqualTo("effector_busy"));
            Assert.That(await Accept(three, 20), Is.EqualTo("done"), "one patient of three leaves time for it");
            Assert.That(await Accept(three, 25), Is.EqualTo("effector_busy"), "it overlaps the one just accepted");
            Assert.That(await Accept(three, 40), Is.EqualTo("done"));
            Assert.That(await Accept(three, 0), Is.EqualTo("effector_busy"), "the last third is the booked patient's");
        });
        var promises = await host.SendAsSystem(new FindPromises.Query([doctor.PractitionerId], booked.Start, held.End));
        Assert.That(promises.Select(p => p.Start), Is.EqualTo(new[] { booked.Start, held.Start }).Within(TimeSpan.FromMilliseconds(1)));
        host.Clock.Advance(TimeSpan.FromMinutes(16)); // longer than any hold
        Assert.That(await Accept(held, 0), Is.EqualTo("done"), "nobody holds it any more");
    }

    [Test]
    public async Task D27_Of_a_booking_and_an_acceptance_at_the_same_moment_one_wins([Range(1, 8)] int _)
    {
        var doctor = await Effector(Given.Metz);
        var own = await Own(doctor, 60);
        var outcomes = await Task.WhenAll(
            Book(own),
            Tried(() => host.SendAsSystem(Accepted(doctor, start: own.Start.AddMinutes(5)))),
            Tried(() => host.SendAsSystem(Accepted(doctor, start: own.Start.AddMinutes(-5))))
        );
        Assert.That(outcomes.Count(o => o == "done"), Is.EqualTo(1), string.Join(", ", outcomes));
    }

    [Test]
    public async Task S15_Another_organisation_that_uses_an_orientations_id_keeps_nobody_from_it()
    {
        var (one, two, orientation) = (await host.StoredRange(), await host.StoredRange(), Guid.CreateVersion7());
        await host.Send(TestUser.Regulator(), new Slots.Features.BookSlot.Command(one.Id, "57-1", new(3, Sex.Male), orientation));
        var booked = await host.Send(
            TestUser.Regulator(),
            new Slots.Features.BookSlot.Command(two.Id, "57-2", new(3, Sex.Male), orientation)
        );
        Assert.That(booked.Start, Is.EqualTo(two.Start).Within(TimeSpan.FromMilliseconds(1)));
    }

    [Test]
    public async Task D27_An_orientation_has_one_live_booking()
    {
        var (one, two) = (await host.StoredRange(), await host.StoredRange());
        var (nadia, orientation) = (TestUser.Regulator(), Guid.CreateVersion7());
        Slots.Features.BookSlot.Command Of(SlotRange range) => new(range.Id, "57-1", new(3, Sex.Male), orientation);
        var outcomes = await Task.WhenAll(
            new[] { one, two }.Select(async range =>
            {
                try
                {
                    await host.Send(nadia, Of(range));
                    return "won";
                }
                catch (RefusalException e)
                {
                    return e.Code;
                }
            })
        );
        Assert.That(outcomes, Is.EquivalentTo(new[] { "won", "orientation_booked" }));
    }
}
