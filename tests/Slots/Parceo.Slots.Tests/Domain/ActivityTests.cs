using NUnit.Framework;
using Parceo.Platform;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Tests.Domain;

internal sealed class ActivityTests
{
    private static readonly IReadOnlyList<SurchargeTerms> Terms = SurchargeFile.Read(null).Terms;
    private const string Paris = "Europe/Paris";

    private static DateTimeOffset At(int day, int hour, int minute = 0, int month = 12, int year = 2026) =>
        LocalTime.At(new(year, month, day), new(hour, minute), Paris);

    private static RegulatedAct Seen(DateTimeOffset at, double after = 3) => new(at.AddHours(-after), at);

    private static SurchargeAdvice Of(RegulatedAct act, string departement = "57") => SnpSurcharge.Of([act], Terms, Paris, departement)[0];

    [Test]
    public void D26_The_first_twenty_of_an_ISO_week_are_advised_and_the_twenty_first_reaches_the_ceiling()
    {
        // Monday 30 November to Sunday 6 December 2026, then Monday 7: an ISO week crosses a month.
        var acts = Enumerable
            .Range(0, 21)
            .Select(i => Seen(i < 5 ? At(30, 9 + i, month: 11) : At(1 + (i / 8), 9 + (i % 8))))
            .Append(Seen(At(7, 9)))
            .ToList();
        var advice = SnpSurcharge.Of(acts, Terms, Paris, "57");
        Assert.Multiple(() =>
        {
            Assert.That(advice.Take(20), Is.All.EqualTo(SurchargeAdvice.Yes));
            Assert.That(advice[20], Is.EqualTo(SurchargeAdvice.CeilingReached));
            Assert.That(advice[21], Is.EqualTo(SurchargeAdvice.Yes), "a new week");
        });
    }

    [Test]
    public void D26_What_is_refused_does_not_use_up_the_ceiling_and_order_is_by_time_seen()
    {
        var refused = Enumerable.Range(0, 10).Select(i => Seen(At(1, 21, i)));
        var acts = Enumerable.Range(0, 21).Select(i => Seen(At(1, 8, 0).AddMinutes(20 * i))).Reverse().Concat(refused).ToList();
        var advice = SnpSurcharge.Of(acts, Terms, Paris, "57");
        Assert.Multiple(() =>
        {
            Assert.That(advice[0], Is.EqualTo(SurchargeAdvice.CeilingReached), "the last one seen, though first in the list");
            Assert.That(advice.Skip(1).Take(20), Is.All.EqualTo(SurchargeAdvice.Yes));
            Assert.That(advice.Skip(21), Is.All.EqualTo(SurchargeAdvice.OutOfHours));
        });
    }

    [TestCase(1, 7, 59, SurchargeAdvice.OutOfHours)]
    [TestCase(1, 8, 0, SurchargeAdvice.Yes)]
    [TestCase(1, 19, 59, SurchargeAdvice.Yes)]
    [TestCase(1, 20, 0, SurchargeAdvice.OutOfHours)]
    [TestCase(5, 11, 59, SurchargeAdvice.Yes)]
    [TestCase(5, 12, 0, SurchargeAdvice.OutOfHours)]
    [TestCase(6, 10, 0, SurchargeAdvice.OutOfHours)]
    [TestCase(25, 10, 0, SurchargeAdvice.OutOfHours)]
    public void D26_Weekdays_eight_to_twenty_and_Saturday_until_noon(int day, int hour, int minute, SurchargeAdvice expected) =>
        Assert.That(Of(Seen(At(day, hour, minute))), Is.EqualTo(expected));

    [Test]
    public void D26_Each_condition_refuses_by_its_own_name()
    {
        var tuesday = At(1, 10);
        Assert.Multiple(() =>
        {
            Assert.That(Of(Seen(tuesday, after: 48)), Is.EqualTo(SurchargeAdvice.Yes));
            Assert.That(Of(Seen(tuesday, after: 48.01)), Is.EqualTo(SurchargeAdvice.TooLate));
            Assert.That(Of(Seen(tuesday) with { IsTreatingPhysician = true }), Is.EqualTo(SurchargeAdvice.TreatingPhysician));
            Assert.That(Of(Seen(tuesday) with { OtherSupplement = true }), Is.EqualTo(SurchargeAdvice.OtherSupplement));
            Assert.That(Of(Seen(At(1, 10, year: 2019))), Is.EqualTo(SurchargeAdvice.NoTerms).Or.EqualTo(SurchargeAdvice.OutOfHours));
            Assert.That(Of(Seen(At(26, 10, month: 3, year: 2027)), "57"), Is.EqualTo(SurchargeAdvice.OutOfHours), "Good Friday in Moselle");
            Assert.That(Of(Seen(At(26, 10, month: 3, year: 2027)), "54"), Is.EqualTo(SurchargeAdvice.Yes));
        });
    }

    [Test]
    public void I8_Visible_hours_count_what_regulators_could_see_with_its_proof()
    {
        var calendar = Given.Calendar();
        var now = At(30, 7, month: 11);
        SlotRange Slot(int day, int hour, int minutes = 60) =>
            new(
                Guid.CreateVersion7(),
                calendar,
                At(day, hour),
                At(day, hour).AddMinutes(minutes),
                1,
                Mode.Cabinet,
                null,
                calendar.PractitionerId,
                now
            );
        var (seen, away, gone, booked, nextWeek) = (Slot(1, 9, 90), Slot(2, 9), Slot(3, 9), Slot(4, 9, 30), Slot(7, 9));
        away.Hide(Hidden.Absence);
        gone.Close(now);
        booked.Book(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), "57-1", new(3, Sex.Male, null, null), now);
        booked.Close(now);
        var weeks = VisibleWeek.Of([nextWeek, booked, gone, away, seen], calendar.Zone);
        Assert.Multiple(() =>
        {
            Assert.That(
                weeks.Select(w => (w.Monday, w.Hours, w.Reached)),
                Is.EqualTo(new[] { (new DateOnly(2026, 11, 30), 2.0, true), (new DateOnly(2026, 12, 7), 1.0, false) })
            );
            Assert.That(weeks[0].Proof.Select(r => r.Id), Is.EqualTo(new[] { seen.Id, booked.Id }));
        });
    }
}
