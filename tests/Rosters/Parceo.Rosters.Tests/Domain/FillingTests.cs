using NUnit.Framework;
using Parceo.Platform;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Domain;

namespace Parceo.Rosters.Tests.Domain;

/// <summary>A month fills in turn, evenly, or as the one before, within everybody's limits.</summary>
internal sealed class FillingTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 20, 8, 0, 0, TimeSpan.Zero);
    private static readonly RosterPerson Roche = new(Guid.CreateVersion7(), "Dr Roche", false),
        Haddad = new(Guid.CreateVersion7(), "Dr Haddad", false),
        Weber = new(Guid.CreateVersion7(), "Dr Weber", false);

    private static Sector Sector(int mostPerWeek, params DutyRule[] rules)
    {
        var sector = new Sector(Guid.CreateVersion7(), Guid.CreateVersion7(), SectorKind.Effection);
        sector.Change("Metz", "57", null, mostPerWeek, [], rules.Length == 0 ? DutyCalendar.Usual : rules, closed: false);
        return sector;
    }

    private static Roster Month(Sector sector, DateOnly month)
    {
        var roster = new Roster(Guid.CreateVersion7(), sector, month);
        roster.Fit([.. DutyCalendar.Of(month, sector.Rules, sector.Departement).Select(p => (Guid.CreateVersion7(), p))]);
        return roster;
    }

    private static Candidate Everything(RosterPerson who, int? most = null, DayKinds days = DayKinds.Every) => new(who, null, days, most);

    private static readonly DutyRule Evening = new("Soirée", DayKinds.Every, new(20, 0), new(0, 0));
    private static readonly DateOnly November = new(2026, 11, 1);

    [TestCase(FillMode.EachDuty, "Roche Haddad Weber Roche Haddad Weber Roche")]
    [TestCase(FillMode.EachDay, "Roche Haddad Weber Roche Haddad Weber Roche")]
    [TestCase(FillMode.EachWeek, "Roche Haddad Haddad Haddad Haddad Haddad Haddad")] // the first of November is a Sunday
    public void In_turn(FillMode mode, string first)
    {
        var sector = Sector(7, Evening);
        var plan = new Filling(Month(sector, November).Duties, [Everything(Roche), Everything(Haddad), Everything(Weber)], [], sector).Plan(
            mode,
            null,
            [],
            Now
        );
        Assert.That(string.Join(' ', plan.Take(7).Select(p => p.Who.Who.Name[3..])), Is.EqualTo(first));
        Assert.That(plan, Has.Count.EqualTo(30));
    }

    [Test]
    public void The_turn_goes_on_where_it_stopped_last_month()
    {
        var sector = Sector(7, Evening);
        var plan = new Filling(Month(sector, November).Duties, [Everything(Roche), Everything(Haddad)], [], sector).Plan(
            FillMode.EachDuty,
            Roche.Id,
            [],
            Now
        );
        Assert.That(plan[0].Who.Who, Is.EqualTo(Haddad));
    }

    [Test]
    public void Everybodys_days_limits_week_absences_and_other_duties_hold_whatever_the_mode(
        [Values(FillMode.EachDuty, FillMode.EachDay, FillMode.EachWeek, FillMode.Fewest)] FillMode mode
    )
    {
        var sector = Sector(3);
        var roster = Month(sector, November);
        var away = new TakenHours(Roche.Id, At(10), At(20), default, IsDuty: false);
        var elsewhere = new TakenHours(Haddad.Id, At(25), At(26), new(2026, 11, 25), IsDuty: true);
        var plan = new Filling(
            roster.Duties,
            [Everything(Roche, most: 4), Everything(Haddad, days: DayKinds.Weekday), Everything(Weber)],
            [away, elsewhere],
            sector
        ).Plan(mode, null, [], Now);
        var all = plan.Select(p => (p.Who.Who, p.Duty)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(all.Where(p => p.Who == Roche).ToList(), Has.Count.InRange(1, 4));
            Assert.That(
                all.Where(p => p.Who == Roche).Select(p => p.Duty),
                Has.None.Matches<Duty>(d => d.Start < away.To && away.From < d.End)
            );
            Assert.That(
                all.Where(p => p.Who == Haddad).Select(p => DutyCalendar.KindOf(p.Duty.Day, "57")),
                Is.Not.Empty.And.All.EqualTo(DayKinds.Weekday)
            );
            Assert.That(
                all.Where(p => p.Who == Haddad).Select(p => p.Duty),
                Has.None.Matches<Duty>(d => d.Start < elsewhere.To && elsewhere.From < d.End)
            );
            Assert.That(all.CountBy(p => (p.Who, LocalTime.Monday(p.Duty.Day))).Select(w => w.Value), Is.All.LessThanOrEqualTo(3));
            Assert.That(
                all.Count(p => p.Who == Haddad && LocalTime.Monday(p.Duty.Day) == new DateOnly(2026, 11, 23)),
                Is.LessThanOrEqualTo(2),
                "the one elsewhere counts"
            );
            foreach (
                var (one, other) in all.SelectMany((one, i) => all.Skip(i + 1).Where(o => o.Who == one.Who).Select(o => (one.Duty, o.Duty)))
            )
                Assert.That(one.End <= other.Start || other.End <= one.Start, "never two at once");
        });
    }

    [Test]
    public void What_nobody_can_take_is_not_every_Sunday(
        [Values(FillMode.EachDuty, FillMode.EachDay, FillMode.EachWeek, FillMode.Fewest)] FillMode mode
    )
    {
        // Three people, two evenings a week each: one evening of every whole week stays empty.
        var sector = Sector(2, Evening);
        var roster = Month(sector, November);
        var plan = new Filling(roster.Duties, [Everything(Roche), Everything(Haddad), Everything(Weber)], [], sector).Plan(
            mode,
            null,
            [],
            Now
        );
        var empty = roster.Duties.Except(plan.Select(p => p.Duty)).Select(d => d.Day).ToList();
        Assert.That(empty, Has.Count.EqualTo(4));
        Assert.That(empty.Select(d => LocalTime.Monday(d)), Is.Unique, "as few as the week lacks");
        Assert.That(empty.Select(d => d.DayOfWeek), Is.Unique, "of another day each week");
        Assert.That(plan.Select(p => p.Duty.Start), Is.Ordered);
    }

    [Test]
    public void Who_takes_no_Sunday_loses_no_other_day_to_the_Sunday_that_stays_empty()
    {
        var sector = Sector(7, Evening);
        var plan = new Filling(
            Month(sector, November).Duties,
            [Everything(Roche, days: DayKinds.Weekday | DayKinds.Saturday)],
            [],
            sector
        ).Plan(FillMode.EachDuty, null, [], Now);
        Assert.That(plan, Has.Count.EqualTo(24), "all but five Sundays and the holiday of the 11th");
    }

    [Test]
    public void Evenly_nobody_has_two_more_than_another()
    {
        var sector = Sector(7, Evening);
        var roster = Month(sector, November);
        roster.Fill([(roster.Duties.OrderBy(d => d.Start).First(), Weber, null)]);
        roster.Fill([
            .. new Filling(roster.Duties, [Everything(Roche), Everything(Haddad), Everything(Weber)], [], sector)
                .Plan(FillMode.Fewest, null, [], Now)
                .Select(p => (p.Duty, p.Who.Who, p.Who.Phone)),
        ]);
        Assert.That(roster.Duties.CountBy(d => d.HolderId!.Value).Select(h => h.Value), Is.EqualTo(new[] { 10, 10, 10 }));
    }

    [Test]
    public void As_the_month_before_by_weekday_and_its_place_in_the_month()
    {
        var sector = Sector(7);
        var (october, november) = (Month(sector, new(2026, 10, 1)), Month(sector, November));
        var saturdays = october.Duties.Where(d => d.Label == "Samedi après-midi").OrderBy(d => d.Start).ToList();
        october.Fill([(saturdays[0], Roche, null), (saturdays[2], Haddad, null)]);
        var plan = new Filling(november.Duties, [Everything(Roche), Everything(Haddad)], [], sector).Plan(
            FillMode.LastMonth,
            null,
            october.Duties,
            Now
        );
        Assert.That(
            plan.Select(p => (p.Duty.Day, p.Duty.Label, p.Who.Who)),
            Is.EqualTo(
                new[] { (new DateOnly(2026, 11, 7), "Samedi après-midi", Roche), (new DateOnly(2026, 11, 21), "Samedi après-midi", Haddad) }
            )
        );
    }

    [Test]
    public void What_has_begun_and_who_is_assigned_stay()
    {
        var sector = Sector(7, Evening);
        var roster = Month(sector, November);
        var second = roster.Duties.OrderBy(d => d.Start).ElementAt(20);
        roster.Fill([(second, Weber, null)]);
        var plan = new Filling(roster.Duties, [Everything(Roche)], [], sector).Plan(FillMode.EachDuty, null, [], At(15));
        Assert.That(plan.Select(p => p.Duty.Day), Is.All.GreaterThanOrEqualTo(new DateOnly(2026, 11, 15)).And.None.EqualTo(second.Day));
    }

    [Test]
    public void A_filling_is_taken_back_but_for_what_changed_since()
    {
        var sector = Sector(7, Evening);
        var roster = Month(sector, November);
        var (one, two) = (roster.Duties[0], roster.Duties[1]);
        roster.Fill([(one, Roche, null), (two, Roche, null)]);
        var versions = new Dictionary<Guid, int> { [one.Id] = one.Version, [two.Id] = two.Version };
        roster.Assign(two.Id, Haddad, null, null, Guid.CreateVersion7(), Guid.CreateVersion7(), "", null, Now);
        Assert.That(roster.Unfill(versions), Is.EqualTo(1));
        Assert.That((one.Holder, two.Holder, roster.Gaps), Is.EqualTo(((RosterPerson?)null, Haddad, 29)));
        roster.Publish(roster.Gaps, Guid.CreateVersion7(), Now);
        Assert.That(() => roster.Unfill(versions), Throws.TypeOf<ConflictException>().With.Property("Code").EqualTo("roster_published"));
    }

    private static DateTimeOffset At(int day) => new(2026, 11, day, 12, 0, 0, TimeSpan.Zero);
}
