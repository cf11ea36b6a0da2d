using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Directory.Contracts;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Events;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;
using FindEffectorsToAsk = Parceo.Slots.Contracts.FindEffectorsToAsk;

namespace Parceo.Slots.Tests.Features;

/// <summary>Absences, limits, presence, over capacity: what an effector says, and what regulators then can and cannot do.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class AvailabilityTests(Engine engine)
{
    private static readonly PatientTraits Tom = new(34, Sex.Male);
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine, demo: true);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private DateTimeOffset Now => host.Clock.GetUtcNow();

    private Task<BookSlot.Response> Book(Guid range) => host.Send(TestUser.Regulator(), new BookSlot.Command(range, "57-1", Tom));

    private Task<SlotRange> Look(Guid range) =>
        host.With<SlotsDb, SlotRange>(db => db.Ranges.AsNoTracking().SingleAsync(r => r.Id == range));

    private async Task<string> Outcome(Func<Task> act)
    {
        try
        {
            await act();
            return "ok";
        }
        catch (RefusalException e)
        {
            return e.Code;
        }
    }

    /// <summary>Several ranges of one professional, an hour each, all in one local day and ISO week.</summary>
    private Task<List<SlotRange>> Ranges(Guid practitioner, int count, int capacity = 1, int days = 7) =>
        host.With<SlotsDb, List<SlotRange>>(async db =>
        {
            var calendar = Given.Calendar(practitioner: practitioner);
            var nine = LocalTime.At(LocalTime.DayOf(Now, calendar.Zone).AddDays(days), new(9, 0), calendar.Zone);
            var ranges = Enumerable
                .Range(0, count)
                .Select(i => new SlotRange(
                    Guid.CreateVersion7(),
                    calendar,
                    nine.AddHours(i),
                    nine.AddHours(i + 1),
                    capacity,
                    Mode.Cabinet,
                    null,
                    practitioner,
                    Now
                ))
                .ToList();
            db.Add(calendar);
            db.AddRange(ranges);
            await db.SaveChangesAsync();
            return ranges;
        });

    [Test]
    public async Task W1_8_A_missing_outcome_waits_in_the_effectors_list_until_it_is_noted()
    {
        var haddad = new TestUser(DemoCast.Haddad.Id, DemoCast.Haddad.Organisation.Id, Roles.Effector)
        {
            PractitionerIds = [DemoCast.Haddad.DirectoryPersonId!.Value],
        };
        var (booking, range) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Task Publish(IIntegrationEvent e) =>
            host.With<SlotsDb, int>(db =>
            {
                db.Publish(e, range);
                return db.SaveChangesAsync();
            });
        await Publish(
            new OutcomeReminderDue(
                booking,
                haddad.PractitionerIds.Single(),
                Guid.CreateVersion7(),
                haddad.OrganisationId,
                "57",
                host.Clock.GetUtcNow().AddHours(-24)
            )
        );
        await Eventually(async () => await host.Send(haddad, new CountNotices(booking)) == 1, TimeSpan.FromSeconds(30), "the notice");
        await Publish(
            new OutcomeRecorded(
                range,
                booking,
                haddad.PractitionerIds.Single(),
                Guid.CreateVersion7(),
                haddad.OrganisationId,
                "57",
                "fulfilled"
            )
        );
        await Eventually(async () => await host.Send(haddad, new CountNotices(booking)) == 0, TimeSpan.FromSeconds(30), "it to leave");
    }

    [Test]
    public async Task D28_An_absence_hides_the_slots_refuses_holds_and_bookings_and_gives_them_back()
    {
        var doctor = TestUser.Effector(Guid.CreateVersion7());
        var practitioner = doctor.PractitionerIds.Single();
        var ranges = await Ranges(practitioner, 3);
        var absence = await host.Send(doctor, new DeclareAbsence.Command(practitioner, ranges[0].Start.AddMinutes(30), ranges[1].End));
        var (first, third) = (await Look(ranges[0].Id), await Look(ranges[2].Id));
        var booking = await Refused(() => Book(ranges[0].Id));
        var hold = await Refused(() => host.Send(TestUser.Regulator(), new HoldPlace.Command(ranges[1].Id)));
        var back = await host.Send(doctor, new EndAbsence.Command(absence.AbsenceId));
        Assert.Multiple(() =>
        {
            Assert.That((absence.Hidden, first.Open, third.Open), Is.EqualTo((2, false, true)));
            Assert.That((booking.Code, hold.Code), Is.EqualTo(("effector_absent", "effector_absent")));
            Assert.That(back.Shown, Is.EqualTo(2));
            Assert.That(async () => await Book(ranges[0].Id), Throws.Nothing);
        });
    }

    [Test]
    public async Task D28_The_vacation_mode_hides_what_is_published_during_it_and_ends_by_a_word()
    {
        var doctor = await Directory();
        var vacation = await host.Send(doctor.User, new DeclareAbsence.Command(doctor.Id, Now.AddMinutes(-5)));
        var start = Now.AddDays(40);
        var published = await host.Send(
            doctor.User,
            new PublishSlots.Command(doctor.Id, doctor.Activity, start, start.AddMinutes(20), 1, Mode.Cabinet)
        );
        var during = await Look(published.RangeId);
        var asked = await host.SendAsSystem(doctor.Around);
        await host.Send(doctor.User, new EndAbsence.Command(vacation.AbsenceId));
        var after = await Look(published.RangeId);
        var askedAgain = await host.SendAsSystem(doctor.Around);
        Assert.Multiple(() =>
        {
            Assert.That((during.Open, after.Open), Is.EqualTo((false, true)));
            Assert.That(asked.Select(a => a.PractitionerId), Has.No.Member(doctor.Id));
            Assert.That(askedAgain.Select(a => a.PractitionerId), Has.Member(doctor.Id));
        });
    }

    [Test]
    public async Task D27_No_slot_is_published_over_an_accepted_patient_and_a_long_range_has_a_place_less()
    {
        var doctor = await Directory();
        var start = Now.AddDays(50);
        await host.Send(
            doctor.User,
            new PublishSlots.Command(doctor.Id, doctor.Activity, start.AddDays(1), start.AddDays(1).AddMinutes(20), 1, Mode.Cabinet)
        );
        await host.SendAsSystem(
            new Contracts.BookOutsideAgenda.Command(
                Guid.CreateVersion7(),
                doctor.Id,
                doctor.Activity,
                Guid.CreateVersion7(),
                Guid.CreateVersion7(),
                start,
                Mode.Cabinet,
                "57-1",
                Tom
            )
        );
        PublishSlots.Command Publish(int from, int minutes, int capacity) =>
            new(doctor.Id, doctor.Activity, start.AddMinutes(from), start.AddMinutes(from + minutes), capacity, Mode.Cabinet);
        Assert.That((await Refused(() => host.Send(doctor.User, Publish(-5, 20, 1)))).Code, Is.EqualTo("slot_promised"));
        var published = await host.Send(doctor.User, Publish(-20, 80, 4));
        Assert.That((await Look(published.RangeId)).PlacesLeft, Is.EqualTo(3));
    }

    [Test]
    public async Task D28_Declaring_and_booking_at_once_never_leaves_a_bookable_slot_in_an_absence()
    {
        for (var round = 0; round < 8; round++)
        {
            var doctor = TestUser.Effector(Guid.CreateVersion7());
            var practitioner = doctor.PractitionerIds.Single();
            var range = (await Ranges(practitioner, 1, capacity: 4))[0];
            var bookings = Enumerable.Range(0, 3).Select(_ => Outcome(() => Book(range.Id))).ToList();
            var declared = Outcome(() => host.Send(doctor, new DeclareAbsence.Command(practitioner, range.Start, range.End)));
            var outcomes = await Task.WhenAll(bookings.Append(declared));
            var after = await Look(range.Id);
            Assert.Multiple(() =>
            {
                Assert.That(outcomes[3], Is.EqualTo("ok"));
                Assert.That(outcomes[..3], Is.All.AnyOf("ok", "effector_absent"));
                Assert.That(after.Open, Is.False);
                Assert.That(after.Capacity - after.PlacesLeft, Is.EqualTo(outcomes[..3].Count(o => o == "ok")));
            });
            Assert.That(await Outcome(() => Book(range.Id)), Is.EqualTo("effector_absent"));
        }
    }

    [Test]
    public async Task D47_Nobody_ends_or_declares_somebody_elses_absence()
    {
        var doctor = TestUser.Effector(Guid.CreateVersion7());
        var other = TestUser.Effector(Guid.CreateVersion7());
        var practitioner = doctor.PractitionerIds.Single();
        var absence = await host.Send(doctor, new DeclareAbsence.Command(practitioner, Now, Now.AddDays(1)));
        Assert.Multiple(() =>
        {
            Assert.That(
                async () => await Outcome(() => host.Send(other, new EndAbsence.Command(absence.AbsenceId))),
                Is.EqualTo("absence_unknown")
            );
            Assert.That(
                async () => await Outcome(() => host.Send(other, new DeclareAbsence.Command(practitioner, Now, null))),
                Is.EqualTo("not_own_agenda")
            );
            Assert.That(
                async () => await Outcome(() => host.Send(other, new GetAvailability.Query(practitioner))),
                Is.EqualTo("not_own_agenda")
            );
        });
    }

    [TestCase(2, null)]
    [TestCase(null, 2)]
    public async Task W1_A_limit_holds_when_different_slots_are_booked_at_once(int? perDay, int? perWeek)
    {
        var doctor = TestUser.Effector(Guid.CreateVersion7());
        var practitioner = doctor.PractitionerIds.Single();
        var ranges = await Ranges(practitioner, 6);
        await host.Send(doctor, new SetLimits.Command(practitioner, perDay, perWeek));
        var outcomes = await Task.WhenAll(ranges.Select(r => Outcome(() => Book(r.Id))));
        // Whoever lost the race three times over may say so; nobody may pass the limit.
        Assert.That(outcomes.Count(o => o == "ok"), Is.EqualTo(2));
        Assert.That(outcomes.Where(o => o != "ok"), Is.All.AnyOf("effector_limit", "concurrent_change"));
    }

    [Test]
    public async Task W1_A_reached_limit_hides_the_rest_and_a_cancellation_shows_it_again()
    {
        var doctor = TestUser.Effector(Guid.CreateVersion7());
        var practitioner = doctor.PractitionerIds.Single();
        var ranges = await Ranges(practitioner, 3);
        await host.Send(doctor, new SetLimits.Command(practitioner, 1, null));
        var regulator = TestUser.Regulator();
        var booked = await host.Send(regulator, new BookSlot.Command(ranges[0].Id, "57-1", Tom));
        await Eventually(
            async () => !(await Look(ranges[1].Id)).Open && !(await Look(ranges[2].Id)).Open,
            TimeSpan.FromSeconds(30),
            "the rest of the day to hide"
        );
        await host.Send(regulator, new CancelBooking.Command(booked.BookingId));
        await Eventually(async () => (await Look(ranges[1].Id)).Open, TimeSpan.FromSeconds(30), "the rest of the day to show");
    }

    [Test]
    public async Task W1_Presence_and_over_capacity_are_seen_until_their_end_and_not_during_an_absence()
    {
        var doctor = await Directory();
        await host.Send(doctor.User, new SetPresence.Command(doctor.Id, Now.AddHours(2)));
        await host.Send(doctor.User, new OfferOverCapacity.Command(doctor.Id, Now.AddHours(3), "Sonnez deux fois"));
        var regulator = TestUser.Regulator();
        var list = new ListOverCapacity.Query(doctor.Place, 5, Limit: 100);
        var asked = (await host.SendAsSystem(doctor.Around)).Single(a => a.PractitionerId == doctor.Id);
        var offered = await host.Send(regulator, list);
        var elsewhere = await host.Send(TestUser.Regulator("75"), list);
        var absence = await host.Send(doctor.User, new DeclareAbsence.Command(doctor.Id, Now, Now.AddHours(1)));
        var away = await host.Send(regulator, list);
        await host.Send(doctor.User, new EndAbsence.Command(absence.AbsenceId));
        await host.Send(doctor.User, new OfferOverCapacity.Command(doctor.Id, null));
        var over = await host.Send(regulator, list);
        Assert.Multiple(() =>
        {
            Assert.That((asked.Present, asked.OverCapacityUntil is not null), Is.EqualTo((true, true)));
            Assert.That(offered.Single(o => o.PractitionerId == doctor.Id).Note, Is.EqualTo("Sonnez deux fois"));
            Assert.That(elsewhere, Is.Empty);
            Assert.That(away.Select(o => o.PractitionerId), Has.No.Member(doctor.Id));
            Assert.That(over.Select(o => o.PractitionerId), Has.No.Member(doctor.Id));
        });
    }

    private sealed record InDirectory(Guid Id, Guid Activity, TestUser User, string Place, FindEffectorsToAsk.Query Around);

    /// <summary>A general practitioner of the demo directory, another one each time.</summary>
    private async Task<InDirectory> Directory()
    {
        var found = await host.SendAsSystem(new FindPeople.Query(Skill: "MEDECINE_GENERALE", Place: "57463", RadiusKm: 20, Limit: 60));
        var people = await host.SendAsSystem(new GetPractitioners.Query([.. found.People.Select(p => p.Id)]));
        var person = people
            .Where(p => p.CareCode == "MEDECINE_GENERALE" && p.Activities.Any(a => a is { Latitude: not null, Departement: "57" }))
            .ElementAt(Interlocked.Increment(ref taken));
        var activity = person.Activities.First(a => a is { Latitude: not null, Departement: "57" });
        var place = FormattableString.Invariant($"{activity.Latitude},{activity.Longitude}");
        return new(
            person.Id,
            activity.Id,
            TestUser.Effector(person.Id),
            place,
            new(activity.Latitude!.Value, activity.Longitude!.Value, 5, "MEDECINE_GENERALE", Departements: ["57"], Limit: 500)
        );
    }

    private int taken = -1;
}
