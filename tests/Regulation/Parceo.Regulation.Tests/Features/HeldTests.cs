using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Regulation.Domain;
using Parceo.Slots.Data;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Regulation.Tests.Features;

/// <summary>A case shows that a place is held for it, and shows it no longer when the hold ends (W1.4).</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class HeldTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private Task Until(TestUser by, Guid id, OrientationState state) =>
        Eventually(async () => (await host.Show(by, id)).Orientation.State == state, Soon, state.ToString());

    private async Task<IReadOnlyList<OrientationState>> Steps(TestUser by, Guid id) =>
        [.. (await host.Show(by, id)).Steps.Skip(2).Select(s => s.State)];

    /// <summary>A case at its desk, and two free slots.</summary>
    private async Task<(TestUser Nadia, Guid Case, Guid First, Guid Second)> Searching()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 2);
        return (
            nadia,
            await host.Opened(nadia, skill),
            await host.Range(effectors[0].PractitionerIds.Single()),
            await host.Range(effectors[1].PractitionerIds.Single())
        );
    }

    private Task Settled() =>
        Eventually(async () => await host.With<SlotsDb, bool>(async db => !await db.Outbox.AnyAsync()), Soon, "all delivered");

    [Test]
    public async Task W1_4_A_held_place_shows_on_its_case_until_it_is_given_back()
    {
        var (nadia, id, first, _) = await Searching();
        var hold = await host.Send(nadia, new HoldPlace.Command(first, id));
        await Until(nadia, id, OrientationState.Held);
        Assert.That(
            (await host.Send(nadia, new Regulation.Features.ListOrientations.Query())).Orientations.Single().State,
            Is.EqualTo(OrientationState.Held),
            "and in the queue"
        );
        await host.Send(nadia, new ReleaseHold.Command(hold.HoldId));
        await Until(nadia, id, OrientationState.Searching);
        Assert.That(await Steps(nadia, id), Is.EqualTo(new[] { OrientationState.Held, OrientationState.Searching }));
    }

    [Test]
    public async Task W1_4_A_hold_that_runs_out_gives_the_case_back_to_the_search()
    {
        var (nadia, id, first, _) = await Searching();
        await host.Send(nadia, new HoldPlace.Command(first, id));
        await Until(nadia, id, OrientationState.Held);
        host.Clock.Advance(TimeSpan.FromMinutes(4));
        await host.SendAsSystem(new ReleaseExpiredHolds.Command());
        await Settled();
        Assert.That((await host.Show(nadia, id)).Orientation.State, Is.EqualTo(OrientationState.Searching));
    }

    [Test]
    public async Task W1_4_Taking_another_place_or_another_desk_holding_one_keeps_it_held()
    {
        var (nadia, id, first, second) = await Searching();
        var marc = TestUser.Regulator(organisation: nadia.OrganisationId);
        await host.Send(nadia, new HoldPlace.Command(first, id));
        await host.Send(nadia, new HoldPlace.Command(second, id));
        await Settled();
        Assert.That(await Steps(nadia, id), Is.EqualTo(new[] { OrientationState.Held }));
        var other = await host.Send(marc, new HoldPlace.Command(first, id));
        await host.Send(nadia, new BookSlot.Command(second, "57-1", new(34, Sex.Male)));
        await Settled();
        Assert.That(
            await Steps(nadia, id),
            Is.EqualTo(new[] { OrientationState.Held }),
            "Nadia's place went to somebody else, Marc's is left"
        );
        await host.Send(marc, new ReleaseHold.Command(other.HoldId));
        await Until(nadia, id, OrientationState.Searching);
    }

    [Test]
    public async Task W1_4_Booking_the_held_place_ends_the_search_without_a_step_back()
    {
        var (nadia, id, first, _) = await Searching();
        await host.Send(nadia, new HoldPlace.Command(first, id));
        await host.Send(nadia, new BookSlot.Command(first, "57-1", new(34, Sex.Male), id));
        await Until(nadia, id, OrientationState.Booked);
        await Settled();
        Assert.That(
            await Steps(nadia, id),
            Is.EqualTo(new[] { OrientationState.Held, OrientationState.Booked }).Or.EqualTo(new[] { OrientationState.Booked }),
            "whichever is told first"
        );
    }

    [Test]
    public async Task W1_4_A_place_held_for_one_case_goes_over_to_another()
    {
        var (nadia, one, range, _) = await Searching();
        var two = await host.Opened(nadia, Given.Skill());
        await host.Send(nadia, new HoldPlace.Command(range, one));
        await host.Send(nadia, new HoldPlace.Command(range, two));
        await Until(nadia, two, OrientationState.Held);
        await Until(nadia, one, OrientationState.Searching);
        Assert.That(await host.With<SlotsDb, int>(db => db.Holds.CountAsync(h => h.RangeId == range)), Is.EqualTo(1));
    }

    [Test]
    public async Task D30_Nobody_shows_a_hold_on_another_organisations_case()
    {
        var (nadia, id, first, _) = await Searching();
        await host.Send(TestUser.Regulator(), new HoldPlace.Command(first, id));
        await Settled();
        Assert.That(await Steps(nadia, id), Is.Empty);
    }
}
