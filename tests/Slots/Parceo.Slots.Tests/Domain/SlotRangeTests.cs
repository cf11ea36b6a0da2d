using NUnit.Framework;
using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Tests.Domain;

public class SlotRangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);
    private static readonly Guid Nadia = Guid.CreateVersion7(),
        Marc = Guid.CreateVersion7(),
        Sas = Guid.CreateVersion7();
    private static readonly PatientTraits Tom = new(34, Sex.Male, "Tom", null);

    private static SlotRange Range(int capacity) => Given.Range(Given.Calendar(), Now, capacity);

    private static Booking Book(SlotRange range, Guid? by = null, DateTimeOffset? at = null) =>
        range.Book(Guid.CreateVersion7(), by ?? Nadia, Sas, "57-1", Tom, at ?? Now);

    private static string CodeOf(Action act) => Assert.Catch<RefusalException>(act)!.Code;

    [Test]
    public void D27_Each_patient_gets_a_place_of_their_own_until_none_is_left()
    {
        var range = Range(3);
        Assert.That(new[] { Book(range), Book(range), Book(range) }.Select(b => b.Place), Is.EqualTo(new int?[] { 1, 2, 3 }));
        Assert.Multiple(() =>
        {
            Assert.That(range.Open, Is.False);
            Assert.That(CodeOf(() => Book(range)), Is.EqualTo("slot_full"));
        });
    }

    [Test]
    public void D27_A_cancelled_place_is_free_at_once_and_given_again()
    {
        var range = Range(2);
        var first = Book(range);
        Book(range);
        range.FreePlace(first.Cancel(Nadia, Now));
        Assert.Multiple(() =>
        {
            Assert.That(first.Place, Is.Null);
            Assert.That(range.Open, Is.True);
            Assert.That(Book(range).Place, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_hold_keeps_the_place_from_others_and_its_owner_books_it()
    {
        var range = Range(1);
        var hold = range.TakeHold(Guid.CreateVersion7(), Nadia, Sas, Lease, Now);
        Assert.Multiple(() =>
        {
            Assert.That(range.PlacesLeft, Is.Zero);
            Assert.That(CodeOf(() => Book(range, Marc)), Is.EqualTo("slot_full"));
            Assert.That(CodeOf(() => range.TakeHold(Guid.CreateVersion7(), Marc, Sas, Lease, Now)), Is.EqualTo("slot_full"));
            Assert.That(
                range.TakeHold(Guid.CreateVersion7(), Nadia, Sas, Lease, Now).Id,
                Is.EqualTo(hold.Id),
                "asking again returns the same hold"
            );
            Assert.That(Book(range, Nadia).Place, Is.EqualTo(hold.Place));
            Assert.That(range.Holds, Is.Empty);
        });
    }

    [Test]
    public void An_expired_hold_gives_way_without_waiting_for_the_job()
    {
        var range = Range(1);
        range.TakeHold(Guid.CreateVersion7(), Nadia, Sas, Lease, Now);
        Assert.Multiple(() =>
        {
            Assert.That(CodeOf(() => Book(range, Marc, Now + Lease - TimeSpan.FromTicks(1))), Is.EqualTo("slot_full"));
            Assert.That(Book(range, Marc, Now + Lease).Place, Is.EqualTo(1));
        });
    }

    [Test]
    public void Releasing_holds_frees_only_those_that_ran_out()
    {
        var range = Range(2);
        range.TakeHold(Guid.CreateVersion7(), Nadia, Sas, Lease, Now);
        range.TakeHold(Guid.CreateVersion7(), Marc, Sas, Lease * 2, Now);
        Assert.Multiple(() =>
        {
            Assert.That(range.ReleaseExpiredHolds(Now + Lease), Is.EqualTo(1));
            Assert.That(range.PlacesLeft, Is.EqualTo(1));
            Assert.That(range.Holds.Single().RegulatorId, Is.EqualTo(Marc));
        });
    }

    [Test]
    public void A_slot_is_offered_a_year_ahead_at_most()
    {
        Assert.That(Given.Range(Given.Calendar(), Now, inHours: 24 * 365).Open, Is.True);
        foreach (var days in new[] { 367, 2_900_000 })
            Assert.That(CodeOf(() => Given.Range(Given.Calendar(), Now, inHours: 24 * days)), Is.EqualTo("slot_too_far"));
    }

    [Test]
    public void Past_times_are_refused()
    {
        var range = Range(1);
        Assert.Multiple(() =>
        {
            Assert.That(CodeOf(() => Book(range, at: range.Start)), Is.EqualTo("slot_past"));
            Assert.That(CodeOf(() => range.TakeHold(Guid.CreateVersion7(), Nadia, Sas, Lease, range.Start)), Is.EqualTo("slot_past"));
            Assert.That(CodeOf(() => Given.Range(Given.Calendar(), Now, inHours: 0)), Is.EqualTo("slot_past"));
        });
    }

    [Test]
    public void A_closed_range_takes_nobody_but_keeps_who_is_booked()
    {
        var range = Range(2);
        var booking = Book(range);
        range.Close(Now);
        Assert.Multiple(() =>
        {
            Assert.That(CodeOf(() => Book(range)), Is.EqualTo("slot_closed"));
            Assert.That(range.Open, Is.False);
            Assert.That(booking.State, Is.EqualTo(BookingState.Booked));
        });
    }

    [TestCase(0, "slot_capacity"), TestCase(61, "slot_capacity")]
    public void Capacity_is_bounded(int capacity, string code) => Assert.That(CodeOf(() => Range(capacity)), Is.EqualTo(code));

    [TestCase(60)]
    public void The_largest_range_can_be_filled_exactly(int capacity)
    {
        var range = Range(capacity);
        var places = Enumerable.Range(0, capacity).Select(_ => Book(range).Place).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(places, Is.Unique);
            Assert.That(CodeOf(() => Book(range)), Is.EqualTo("slot_full"));
        });
    }

    [Test]
    public void D29_An_outcome_is_noted_after_the_start_and_a_slip_can_be_put_right()
    {
        var range = Range(1);
        var booking = Book(range);
        Assert.That(CodeOf(() => booking.RecordOutcome(BookingState.Fulfilled, Nadia, Now)), Is.EqualTo("outcome_too_early"));
        booking.RecordOutcome(BookingState.NoShow, Nadia, range.Start);
        booking.RecordOutcome(BookingState.Fulfilled, Marc, range.Start.AddMinutes(1));
        Assert.Multiple(() =>
        {
            Assert.That(booking.State, Is.EqualTo(BookingState.Fulfilled));
            Assert.That(booking.ChangedBy, Is.EqualTo(Marc), "actor and time");
            Assert.That(CodeOf(() => booking.Cancel(Nadia, range.Start)), Is.EqualTo("booking_closed"));
        });
    }

    [TestCase("2026-03-29T02:30", "2026-03-29T01:30Z", TestName = "S61 the spring gap moves forward")]
    [TestCase("2026-10-25T02:30", "2026-10-25T00:30Z", TestName = "S61 the autumn overlap takes the first")]
    [TestCase("2026-07-01T08:00", "2026-07-01T06:00Z", TestName = "S61 summer")]
    public void A_local_time_has_one_instant(string local, string expected)
    {
        var at = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(
            LocalTime.At(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at), "Europe/Paris"),
            Is.EqualTo(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture))
        );
    }
}
