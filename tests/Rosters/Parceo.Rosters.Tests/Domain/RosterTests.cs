using NUnit.Framework;
using Parceo.Platform;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Domain;

namespace Parceo.Rosters.Tests.Domain;

internal sealed class RosterTests
{
    private static readonly DateTimeOffset Now = new(2026, 10, 20, 8, 0, 0, TimeSpan.Zero);
    private static readonly RosterPerson Roche = new(Guid.CreateVersion7(), "Dr Roche", false),
        Haddad = new(Guid.CreateVersion7(), "Dr Haddad", false);
    private static readonly Guid Karim = Guid.CreateVersion7();

    private static Roster Sundays(out Sector sector)
    {
        sector = new Sector(Guid.CreateVersion7(), Guid.CreateVersion7(), SectorKind.Effection);
        sector.Change("Metz", "57", null, 3, [], [new("Dimanche", DayKinds.SundayOrHoliday, new(8, 0), new(20, 0))], closed: false);
        var roster = new Roster(Guid.CreateVersion7(), sector, new(2026, 11, 1));
        roster.Fit(Periods(sector));
        return roster;
    }

    private static IReadOnlyList<(Guid, DutyPeriod)> Periods(Sector s) =>
        [.. DutyCalendar.Of(new(2026, 11, 1), s.Rules, s.Departement).Select(p => (Guid.CreateVersion7(), p))];

    private static void Assign(Roster r, Duty d, RosterPerson? who, string? reason = null, int? seen = null) =>
        r.Assign(d.Id, who, null, seen, Guid.CreateVersion7(), Karim, "Karim", reason, Now);

    [Test]
    public void W14_Drafted_gaps_complete_published_changed()
    {
        var roster = Sundays(out _);
        Assert.That((roster.State, roster.Gaps), Is.EqualTo((RosterState.Drafted, 6)));
        Assign(roster, roster.Duties[0], Roche);
        Assert.That((roster.State, roster.Gaps), Is.EqualTo((RosterState.Gaps, 5)));
        foreach (var duty in roster.Duties.Skip(1))
            Assign(roster, duty, Haddad);
        Assert.That((roster.State, roster.Gaps), Is.EqualTo((RosterState.Complete, 0)));
        roster.Publish(roster.Gaps, Karim, Now);
        Assert.That(
            (roster.State, roster.Edition, roster.Duties.All(d => d.Published)),
            Is.EqualTo((RosterState.Published, (int?)1, true))
        );
        Assert.That(
            () => Assign(roster, roster.Duties[0], Haddad),
            Throws.TypeOf<InvalidException>().With.Property("Code").EqualTo("duty_reason_missing")
        );
        Assign(roster, roster.Duties[0], null, "Malade");
        Assert.Multiple(() =>
        {
            Assert.That((roster.State, roster.Gaps), Is.EqualTo((RosterState.Changed, 1)));
            Assert.That(
                roster.Changes.Select(c => (c.Before, c.After, c.ByName, c.Reason)),
                Is.EqualTo((ValueTuple<string?, string?, string, string>[])[("Dr Roche", null, "Karim", "Malade")])
            );
        });
    }

    [Test]
    public void An_empty_roster_is_not_published_and_a_stale_planner_is_told()
    {
        var roster = Sundays(out _);
        Assert.That(
            () => roster.Publish(roster.Gaps, Karim, Now),
            Throws.TypeOf<ConflictException>().With.Property("Code").EqualTo("roster_empty")
        );
        Assign(roster, roster.Duties[0], Roche, seen: 0);
        Assert.That(
            () => Assign(roster, roster.Duties[0], Haddad, seen: 0),
            Throws.TypeOf<ConflictException>().With.Property("Code").EqualTo("duty_changed")
        );
    }

    [Test]
    public void Gaps_are_published_only_by_whoever_knows_how_many_there_are()
    {
        var roster = Sundays(out _);
        Assign(roster, roster.Duties[0], Roche);
        foreach (var known in new[] { 0, 4, 6 })
            Assert.That(
                () => roster.Publish(known, Karim, Now),
                Throws.TypeOf<ConflictException>().With.Property("Code").EqualTo("roster_gaps"),
                $"{known}"
            );
        roster.Publish(5, Karim, Now);
        Assert.That(roster.State, Is.EqualTo(RosterState.Published));
    }

    [Test]
    public void Published_once()
    {
        var roster = Sundays(out _);
        Assign(roster, roster.Duties[0], Roche);
        roster.Publish(5, Karim, Now);
        Assert.That(
            () => roster.Publish(5, Karim, Now.AddMinutes(1)),
            Throws.TypeOf<ConflictException>().With.Property("Code").EqualTo("roster_published_before")
        );
        Assert.That((roster.Edition, roster.PublishedAt), Is.EqualTo(((int?)1, (DateTimeOffset?)Now)));
    }

    [Test]
    public void A_filling_is_taken_back_until_something_else_changes_and_once()
    {
        var roster = Sundays(out _);
        roster.Fill([(roster.Duties[0], Roche, null), (roster.Duties[1], Haddad, null)]);
        Assert.That(roster.LastFill, Is.EqualTo(new[] { roster.Duties[0].Id, roster.Duties[1].Id }));
        roster.Fill([]);
        Assert.That(roster.LastFill, Has.Count.EqualTo(2), "what filled nothing changed nothing");
        var versions = roster.Duties.ToDictionary(d => d.Id, d => d.Version);
        Assert.That(roster.Unfill(versions), Is.EqualTo(2));
        Assert.That(roster.LastFill, Is.Empty);
        Assert.That(
            () => roster.Unfill(versions),
            Throws.TypeOf<ConflictException>().With.Property("Code").EqualTo("fill_nothing_to_undo"),
            "from a second tab"
        );
        roster.Fill([(roster.Duties[0], Roche, null)]);
        Assign(roster, roster.Duties[1], Haddad);
        Assert.That(roster.LastFill, Is.Empty, "somebody did something else since");
        roster = Sundays(out _);
        roster.Fill([(roster.Duties[0], Roche, null)]);
        var first = new Dictionary<Guid, int> { [roster.Duties[0].Id] = roster.Duties[0].Version };
        roster.Fill([(roster.Duties[1], Haddad, null)]);
        Assert.That(roster.Unfill(first), Is.EqualTo(1), "from a panel that stayed open");
        Assert.That(roster.LastFill, Is.EqualTo(new[] { roster.Duties[1].Id }), "what somebody else filled since can still be taken back");
    }

    [Test]
    public void Prepared_again_it_keeps_who_is_assigned_and_takes_the_new_periods()
    {
        var roster = Sundays(out var sector);
        Assign(roster, roster.Duties[0], Roche);
        Assert.That(roster.Fit(Periods(sector)), Is.Zero, "twice is once");
        sector.Change(
            "Metz",
            "57",
            null,
            3,
            [],
            [
                new("Matin", DayKinds.SundayOrHoliday, new(8, 0), new(14, 0)),
                new("Après-midi", DayKinds.SundayOrHoliday, new(14, 0), new(20, 0)),
            ],
            closed: false
        );
        Assert.That(roster.Fit(Periods(sector)), Is.EqualTo(10), "five days of two; the sixth keeps Dr Roche's");
        Assert.That(roster.Duties.Count(d => d.HolderId == Roche.Id), Is.EqualTo(1));
    }

    [Test]
    public void An_exchange_goes_both_ways_and_is_recorded()
    {
        var roster = Sundays(out _);
        Assign(roster, roster.Duties[0], Roche);
        Assign(roster, roster.Duties[1], Haddad);
        roster.Publish(roster.Gaps, Karim, Now);
        var swap = new Swap(Guid.CreateVersion7(), roster.Duties[0], null, Haddad, roster.Duties[1].Id, null, Now);
        swap.Accept(Haddad, Now);
        roster.Exchange(swap, Haddad, null, Roche, null, (Guid.CreateVersion7(), Guid.CreateVersion7()), Karim, Now);
        Assert.That(
            (roster.Duties[0].HolderId, roster.Duties[1].HolderId, roster.State, roster.Changes.Count),
            Is.EqualTo(((Guid?)Haddad.Id, (Guid?)Roche.Id, RosterState.Changed, 2))
        );
        Assert.That(() => swap.Withdraw(Now), Throws.TypeOf<ConflictException>());
    }
}
