using NUnit.Framework;
using Parceo.Platform;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Tests.Domain;

internal sealed class PlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly SchoolHolidays Schools = SchoolHolidayFile.Read(null);

    private static Plan Weekly(
        DayOfWeek day,
        string at,
        string departement = "57",
        int slots = 1,
        bool holidays = false,
        SchoolRule school = SchoolRule.Always,
        DateOnly? last = null
    ) =>
        new(
            Guid.CreateVersion7(),
            Given.Calendar(departement: departement),
            new(day, TimeOnly.Parse(at, null), 20, slots, 1, Mode.Cabinet, null, holidays, school),
            new(2026, 11, 22),
            last,
            Guid.CreateVersion7(),
            Now
        );

    private static DateTimeOffset Utc(int month, int day, int hour, int minute = 0, int year = 2027) =>
        new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    [Test]
    public void S61_In_Paris_nine_stays_nine_when_the_clocks_change_and_in_La_Reunion_nothing_changes()
    {
        var (paris, reunion) = (Weekly(DayOfWeek.Sunday, "09:00"), Weekly(DayOfWeek.Sunday, "09:00", "974"));
        DateTimeOffset On(Plan plan, DateOnly date) => plan.On(date, Schools).Single().Start;
        Assert.Multiple(() =>
        {
            Assert.That(On(paris, new(2027, 3, 21)), Is.EqualTo(Utc(3, 21, 8)));
            Assert.That(On(paris, new(2027, 4, 4)), Is.EqualTo(Utc(4, 4, 7)));
            Assert.That(On(paris, new(2027, 10, 24)), Is.EqualTo(Utc(10, 24, 7)));
            Assert.That(On(paris, new(2027, 11, 7)), Is.EqualTo(Utc(11, 7, 8)));
            Assert.That(
                new[] { new DateOnly(2027, 3, 21), new(2027, 4, 4), new(2027, 10, 31) }.Select(d => On(reunion, d).Hour),
                Is.All.EqualTo(5)
            );
        });
    }

    [Test]
    public void S61_A_time_that_the_spring_skips_moves_on_and_lengths_are_real_minutes()
    {
        var night = Weekly(DayOfWeek.Sunday, "02:30", slots: 3, holidays: true);
        var skipped = night.On(new(2027, 3, 28), Schools); // 28 March 2027: 02:00 becomes 03:00
        Assert.Multiple(() =>
        {
            Assert.That(skipped[0].Start, Is.EqualTo(Utc(3, 28, 1, 30)), "03:30 in Paris");
            Assert.That(skipped.Select(o => o.End - o.Start), Is.All.EqualTo(TimeSpan.FromMinutes(20)));
            Assert.That(skipped.Zip(skipped.Skip(1)).All(p => p.First.End == p.Second.Start));
        });
    }

    [Test]
    public void D28_A_date_that_a_plan_leaves_out_says_why()
    {
        var far = new DateOnly(2027, 1, 20);
        SkipReason? Why(Plan plan, int month, int day, int year = 2026) => plan.Skips(new(year, month, day), far, Schools);
        var fridays = Weekly(DayOfWeek.Friday, "09:00");
        Assert.Multiple(() =>
        {
            Assert.That(Why(fridays, 12, 18), Is.Null);
            Assert.That(Why(fridays, 12, 19), Is.Null, "a Saturday is none of its dates");
            Assert.That(Why(fridays, 12, 25), Is.EqualTo(SkipReason.PublicHoliday));
            Assert.That(Why(Weekly(DayOfWeek.Friday, "09:00", holidays: true), 12, 25), Is.Null);
            Assert.That(Why(Weekly(DayOfWeek.Monday, "09:00", school: SchoolRule.Except), 12, 28), Is.EqualTo(SkipReason.SchoolHoliday));
            Assert.That(Why(Weekly(DayOfWeek.Monday, "09:00", school: SchoolRule.Only), 12, 14), Is.EqualTo(SkipReason.NoSchoolHoliday));
            Assert.That(Why(Weekly(DayOfWeek.Monday, "09:00", school: SchoolRule.Only), 1, 25, 2027), Is.EqualTo(SkipReason.SchoolUnknown));
        });
        fridays.Change(new(2026, 12, 25), removed: true, null);
        Assert.That(Why(fridays, 12, 25), Is.Null, "taken out by hand: that is said elsewhere");
    }

    [Test]
    public void D28_Public_holidays_are_left_out_unless_wanted_and_Good_Friday_only_in_Moselle()
    {
        var friday = new DateOnly(2027, 3, 26);
        Assert.Multiple(() =>
        {
            Assert.That(Weekly(DayOfWeek.Friday, "09:00", "57").On(friday, Schools), Is.Empty);
            Assert.That(Weekly(DayOfWeek.Friday, "09:00", "54").On(friday, Schools), Has.Count.EqualTo(1));
            Assert.That(Weekly(DayOfWeek.Friday, "09:00", "57", holidays: true).On(friday, Schools), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void D50_School_holidays_only_or_except_and_no_further_than_the_table_knows()
    {
        var (inside, outside) = (new DateOnly(2027, 2, 24), new DateOnly(2027, 3, 10)); // Wednesdays, zone B
        var (only, except) = (
            Weekly(DayOfWeek.Wednesday, "09:00", school: SchoolRule.Only),
            Weekly(DayOfWeek.Wednesday, "09:00", school: SchoolRule.Except)
        );
        Assert.Multiple(() =>
        {
            Assert.That((only.On(inside, Schools).Count, only.On(outside, Schools).Count), Is.EqualTo((1, 0)));
            Assert.That((except.On(inside, Schools).Count, except.On(outside, Schools).Count), Is.EqualTo((0, 1)));
            Assert.That(except.SettleUntil(new(2027, 8, 1), Schools), Is.EqualTo(new DateOnly(2027, 8, 31)));
            Assert.That(Weekly(DayOfWeek.Wednesday, "09:00").SettleUntil(new(2027, 8, 1), Schools), Is.EqualTo(new DateOnly(2027, 9, 26)));
        });
    }

    [Test]
    public void W1_One_date_is_removed_or_moved_and_comes_back_under_new_numbers()
    {
        var plan = Weekly(DayOfWeek.Tuesday, "17:00", slots: 2);
        var tuesday = new DateOnly(2026, 12, 1);
        plan.Change(tuesday, removed: true, null);
        var removed = plan.On(tuesday, Schools);
        plan.Change(tuesday, removed: false, new(18, 0));
        var moved = plan.On(tuesday, Schools);
        Assert.Multiple(() =>
        {
            Assert.That(removed, Is.Empty);
            Assert.That(moved[0].Start, Is.EqualTo(Utc(12, 1, 17, year: 2026)));
            Assert.That(moved.Select(o => o.Number), Is.EqualTo(new[] { 201, 202 }));
            Assert.That(plan.On(tuesday.AddDays(7), Schools)[0].Start, Is.EqualTo(Utc(12, 8, 16, year: 2026)));
            Assert.That(() => plan.Change(tuesday.AddDays(1), true, null), Throws.InstanceOf<InvalidException>());
        });
    }

    [Test]
    public void W1_Nothing_before_the_first_or_after_the_last_date()
    {
        var plan = Weekly(DayOfWeek.Monday, "09:00", last: new(2026, 12, 7));
        Assert.That(
            Enumerable.Range(-14, 60).SelectMany(d => plan.On(new DateOnly(2026, 11, 23).AddDays(d), Schools)).Select(o => o.Date),
            Is.EqualTo(new DateOnly[] { new(2026, 11, 23), new(2026, 11, 30), new(2026, 12, 7) })
        );
    }
}
