using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Slots.Tests.Features;

/// <summary>Holds, what an organisation took, and lists page by page.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class HoldAndListTests(Engine engine)
{
    private static readonly PatientTraits Tom = new(34, Sex.Male, "Tom Bayer", "06 39 98 12 47");
    private ParceoHost host = null!;

    [SetUp]
    public async Task Start() => host = await ParceoHost.Start(engine);

    [TearDown]
    public async Task Stop() => await host.DisposeAsync();

    private Task<SlotRange> Stored(Guid id) =>
        host.With<SlotsDb, SlotRange>(db => db.Ranges.AsNoTracking().Include(r => r.Holds).SingleAsync(r => r.Id == id));

    /// <summary>Moves a range out of the territory of those who took a place in it.</summary>
    private Task<int> MoveAway(Guid range) =>
        host.With<SlotsDb, int>(db => db.Ranges.Where(r => r.Id == range).ExecuteUpdateAsync(s => s.SetProperty(r => r.Departement, "54")));

    [Test]
    public async Task D27_An_organisation_cancels_its_booking_wherever_its_territory_ends_now()
    {
        var (nadia, range) = (TestUser.Regulator(), await host.StoredRange());
        var booking = await host.Send(nadia, new BookSlot.Command(range.Id, "57-1", Tom));
        await MoveAway(range.Id);
        Assert.That(
            (await Refused(() => host.Send(nadia, new BookSlot.Command(range.Id, "57-2", Tom)))).Status,
            Is.EqualTo(404),
            "the range itself stays out of reach"
        );
        await host.Send(nadia, new CancelBooking.Command(booking.BookingId));
        Assert.That((await Stored(range.Id)).PlacesLeft, Is.EqualTo(1));
    }

    [Test]
    public async Task S29_A_patient_whose_seal_does_not_open_is_one_line_and_is_not_written_over()
    {
        var nadia = TestUser.Regulator();
        var bookings = new List<Guid>();
        for (var n = 0; n < 3; n++)
            bookings.Add((await host.Send(nadia, new BookSlot.Command((await host.StoredRange()).Id, $"57-{n}", Tom))).BookingId);
        await host.With<SlotsDb, int>(async db =>
        {
            var other = await db.Bookings.Where(b => b.Id == bookings[2]).Select(b => b.SealedIdentity).SingleAsync();
            return await db.Bookings.Where(b => b.Id == bookings[0]).ExecuteUpdateAsync(u => u.SetProperty(b => b.SealedIdentity, other));
        });
        var seen = (await host.Send(nadia, new ListBookings.Query())).Bookings.ToDictionary(b => b.Id, b => b.Patient.Name);
        Assert.That(bookings.Select(b => seen[b]), Is.EqualTo(new[] { FieldCipher.Illegible, Tom.Name, Tom.Name }));
        var refused = await Refused(() => host.Send(nadia, new CompletePatient.Command(bookings[0], "Yvette Collin", null)));
        Assert.That((refused.Status, refused.Code), Is.EqualTo((409, "value_unreadable")));
    }

    [Test]
    public async Task An_orientation_has_its_booking_whoever_of_the_organisation_made_it_and_however_long_ago()
    {
        var (nadia, orientation) = (TestUser.Regulator(), Guid.CreateVersion7());
        var colleague = TestUser.Regulator(organisation: nadia.OrganisationId);
        Task<FindLiveBooking.Response?> Found(TestUser by) => host.Send(by, new FindLiveBooking.Query(orientation));
        Assert.That(await Found(nadia), Is.Null);
        var range = await host.StoredRange(inHours: 30);
        var booked = await host.Send(colleague, new BookSlot.Command(range.Id, "57-1", Tom, orientation));
        host.Clock.Advance(TimeSpan.FromHours(26));
        Assert.Multiple(async () =>
        {
            Assert.That((await Found(nadia))?.Name, Is.EqualTo("Dr Camille Essai"));
            Assert.That((await Found(nadia))?.Start, Is.EqualTo(range.Start).Within(TimeSpan.FromMilliseconds(1)));
            Assert.That(await Found(TestUser.Regulator()), Is.Null, "another organisation's");
        });
        await host.Send(nadia, new CancelBooking.Command(booked.BookingId));
        Assert.That(await Found(nadia), Is.Null);
    }

    [Test]
    public async Task W1_4_A_regulator_holds_one_place_at_a_time()
    {
        var nadia = TestUser.Regulator();
        var (first, second, full) = (await host.StoredRange(), await host.StoredRange(), await host.StoredRange());
        await host.Send(nadia, new HoldPlace.Command(first.Id));
        await MoveAway(first.Id);
        await host.Send(nadia, new HoldPlace.Command(second.Id));
        Assert.That(((await Stored(first.Id)).PlacesLeft, (await Stored(second.Id)).PlacesLeft), Is.EqualTo((1, 0)));

        await host.Send(TestUser.Regulator(), new BookSlot.Command(full.Id, "57-1", Tom));
        Assert.That((await Refused(() => host.Send(nadia, new HoldPlace.Command(full.Id)))).Code, Is.EqualTo("slot_full"));
        Assert.That((await Stored(second.Id)).Holds, Has.Count.EqualTo(1), "who does not win the other keeps the first");
    }

    [Test]
    public async Task W1_4_Of_many_holds_asked_at_once_by_one_regulator_one_is_left()
    {
        var nadia = TestUser.Regulator();
        var ranges = new List<SlotRange>();
        for (var i = 0; i < 6; i++)
            ranges.Add(await host.StoredRange());
        await Task.WhenAll(
            ranges.Select(async r =>
            {
                try
                {
                    await host.Send(nadia, new HoldPlace.Command(r.Id));
                }
                catch (ConcurrentChangeException)
                { /* lost too often: it holds nothing */
                }
            })
        );
        Assert.That(await host.With<SlotsDb, int>(db => db.Holds.CountAsync(h => h.RegulatorId == nadia.Id)), Is.EqualTo(1));
        var left = 0;
        foreach (var range in ranges)
            left += (await Stored(range.Id)).PlacesLeft;
        Assert.That(left, Is.EqualTo(ranges.Count - 1));
    }

    [Test]
    public async Task A_range_that_cannot_be_freed_does_not_keep_the_others()
    {
        var ranges = new List<SlotRange>();
        for (var i = 0; i < 5; i++)
        {
            ranges.Add(await host.StoredRange(capacity: 2));
            await host.Send(TestUser.Regulator(), new HoldPlace.Command(ranges[i].Id));
        }
        // A place that the range does not know of: its new count would break the database's own check.
        await host.With<SlotsDb, int>(db =>
            db.Ranges.Where(r => r.Id == ranges[0].Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Taken, 15L))
        );
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.SendAsSystem(new ReleaseExpiredHolds.Command());
        foreach (var range in ranges.Skip(1))
            Assert.That((await Stored(range.Id)).PlacesLeft, Is.EqualTo(2));
    }

    [Test]
    public async Task Own_bookings_of_today_are_those_made_since_it_began()
    {
        var nadia = TestUser.Regulator();
        var range = await host.StoredRange(capacity: 2, inHours: 60);
        await host.Send(nadia, new BookSlot.Command(range.Id, "57-1", Tom));
        host.Clock.Advance(TimeSpan.FromHours(25));
        var today = host.Clock.GetUtcNow().AddHours(-12);
        var booked = (await host.Send(nadia, new BookSlot.Command(range.Id, "57-2", Tom))).BookingId;
        var listed = await host.Send(nadia, new ListBookings.Query(100, Since: today));
        Assert.That(listed.Bookings.Select(b => b.Id), Is.EqualTo(new[] { booked }));
    }

    [Test]
    public async Task Own_bookings_of_one_instant_are_all_listed_page_by_page()
    {
        var nadia = TestUser.Regulator();
        var range = await host.StoredRange(capacity: 7);
        var booked = new HashSet<Guid>();
        for (var i = 0; i < 7; i++)
            booked.Add((await host.Send(nadia, new BookSlot.Command(range.Id, $"57-{i}", Tom))).BookingId); // the clock stands still
        var seen = new List<Guid>();
        for (string? next = null; ; )
        {
            var page = await host.Send(nadia, new ListBookings.Query(2, next));
            seen.AddRange(page.Bookings.Select(b => b.Id));
            if ((next = page.Next) is null)
                break;
        }
        Assert.That(seen, Is.EquivalentTo(booked));
        Assert.That((await Refused(() => host.Send(nadia, new ListBookings.Query(2, "zz")))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task An_agenda_comes_page_by_page_each_range_with_its_bookings()
    {
        var doctor = Guid.CreateVersion7();
        var ranges = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            var range = await host.StoredRange(capacity: 2, inHours: 2 + (i / 2), practitioner: doctor); // two start together
            ranges.Add(range.Id);
            await host.Send(TestUser.Regulator(), new BookSlot.Command(range.Id, $"57-{i}", Tom));
        }
        var (own, now) = (TestUser.Effector(doctor), host.Clock.GetUtcNow());
        var seen = new List<ListAgenda.RangeView>();
        for (string? next = null; ; )
        {
            var page = await host.Send(own, new ListAgenda.Query(doctor, now, now.AddDays(1), 2, next));
            seen.AddRange(page.Ranges);
            if ((next = page.Next) is null)
                break;
        }
        Assert.That(seen.Select(r => r.Id), Is.EquivalentTo(ranges));
        Assert.That(seen.Select(r => r.Bookings.Count), Is.All.EqualTo(1));
    }

    [Test]
    public async Task Who_is_not_in_the_directory_any_more_is_neither_found_nor_booked()
    {
        // Ranges of a professional of whom the directory knows nothing (any more).
        var range = await host.StoredRange(capacity: 2);
        var nadia = TestUser.Regulator();
        var booking = await host.Send(nadia, new BookSlot.Command(range.Id, "57-1", Tom));
        await host.SendAsSystem(new RefreshCalendars.Command());
        Assert.That((await Stored(range.Id)).Open, Is.False);
        Assert.That((await Refused(() => host.Send(nadia, new BookSlot.Command(range.Id, "57-2", Tom)))).Code, Is.EqualTo("slot_closed"));
        Assert.That(
            await host.With<SlotsDb, BookingState>(db =>
                db.Bookings.Where(b => b.Id == booking.BookingId).Select(b => b.State).SingleAsync()
            ),
            Is.EqualTo(BookingState.Booked),
            "the patient is still expected"
        );
    }
}
