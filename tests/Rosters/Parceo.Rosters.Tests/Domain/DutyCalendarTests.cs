using NUnit.Framework;
using Parceo.Rosters.Domain;

namespace Parceo.Rosters.Tests.Domain;

internal sealed class DutyCalendarTests
{
    private static DutyPeriod Night(DateOnly day, string departement) =>
        DutyCalendar.Of(day, DutyCalendar.Usual, departement).Single(p => p.Day == day && p.Label == "Nuit");

    [TestCase("2026-03-29", "57", 7, TestName = "The spring night in Paris lasts seven hours")]
    [TestCase("2026-10-25", "57", 9, TestName = "The autumn night in Paris lasts nine hours")]
    [TestCase("2026-03-29", "974", 8, TestName = "In La Réunion no clock changes in spring")]
    [TestCase("2026-10-25", "974", 8, TestName = "In La Réunion no clock changes in autumn")]
    public void S61_A_night_ends_at_eight_where_the_place_is(string day, string departement, int hours)
    {
        var night = Night(DateOnly.Parse(day, null), departement);
        Assert.That(night.End - night.Start, Is.EqualTo(TimeSpan.FromHours(hours)));
        Assert.That(
            night.End.UtcDateTime.Hour,
            Is.EqualTo(
                departement == "974" ? 4
                : day.StartsWith("2026-03", StringComparison.Ordinal) ? 6
                : 7
            )
        );
    }

    [Test]
    public void W14_A_month_has_its_nights_saturdays_sundays_and_holidays_without_overlap()
    {
        var november = DutyCalendar.Of(new(2026, 11, 17), DutyCalendar.Usual, "57");
        Assert.Multiple(() =>
        {
            Assert.That(november.Count(p => p.Label == "Nuit"), Is.EqualTo(30));
            Assert.That(november.Count(p => p.Label == "Soirée"), Is.EqualTo(30));
            Assert.That(november.Count(p => p.Label == "Samedi après-midi"), Is.EqualTo(4));
            Assert.That(
                november.Where(p => p.Label == "Dimanche et férié").Select(p => p.Day.Day),
                Is.EqualTo((int[])[1, 8, 11, 15, 22, 29]),
                "Sundays and 11 November; All Saints' is a Sunday"
            );
            Assert.That(november.Zip(november.Skip(1)).Where(p => p.First.End > p.Second.Start), Is.Empty);
        });
    }

    [TestCase("57", 2026, 12, 26, DayKinds.SundayOrHoliday, TestName = "Saint-Étienne is a holiday in Moselle")]
    [TestCase("54", 2026, 12, 26, DayKinds.Saturday, TestName = "and a Saturday in Meurthe-et-Moselle")]
    [TestCase("974", 2027, 12, 20, DayKinds.SundayOrHoliday, TestName = "20 December is a holiday in La Réunion")]
    [TestCase("57", 2027, 12, 20, DayKinds.Weekday, TestName = "and a Monday in Moselle")]
    public void D28_A_day_is_of_the_kind_its_departement_says(string departement, int year, int month, int day, DayKinds kind) =>
        Assert.That(DutyCalendar.KindOf(new(year, month, day), departement), Is.EqualTo(kind));

    [Test]
    public void A_duty_house_is_open_on_a_holiday_as_on_a_sunday_and_past_midnight()
    {
        var house = new DutyHouse(Guid.CreateVersion7(), Guid.CreateVersion7());
        house.Change(
            "Maison",
            "1 rue",
            ("57463", "Metz", "57"),
            null,
            null,
            [new([DayOfWeek.Sunday], new(8, 0), new(20, 0)), new([DayOfWeek.Friday], new(20, 0), new(2, 0))],
            closed: false
        );
        DateTimeOffset At(string local) =>
            Parceo.Platform.LocalTime.At(DateOnly.Parse(local[..10], null), TimeOnly.Parse(local[11..], null), house.Zone);
        Assert.Multiple(() =>
        {
            Assert.That(house.OpenUntil(At("2026-11-11 10:00")), Is.EqualTo(At("2026-11-11 20:00")), "Armistice, a Wednesday");
            Assert.That(house.OpenUntil(At("2026-11-28 01:00")), Is.EqualTo(At("2026-11-28 02:00")), "Friday's night");
            Assert.That(house.OpenUntil(At("2026-11-28 02:00")), Is.Null);
            Assert.That(house.OpensAfter(At("2026-11-28 02:00")), Is.EqualTo(At("2026-11-29 08:00")));
        });
    }
}
