using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Services;
using Parceo.Slots.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>W1.6 over HTTP, with real tokens: of many effectors who accept at the same moment one wins, all others are told, and one booking follows.</summary>
[TestFixtureSource(typeof(EveryEngine)), Category("Race")]
internal sealed class WaveRaceTests(Engine engine)
{
    private const int Effectors = 20;
    private static readonly int Rounds = Engines.WholeRun ? 15 : 6;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private ParceoHost host = null!;
    private WaveWorld world = null!;
    private Api nadia = null!;
    private List<Api> effectors = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine);
        world = await WaveWorld.Create(host, Effectors);
        nadia = new Api(host.Url, world.Desk.Token);
        effectors = [.. world.Effectors.Select(e => new Api(host.Url, e.Token))];
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        effectors.ForEach(e => e.Dispose());
        nadia.Dispose();
        await host.DisposeAsync();
    }

    [Test]
    public async Task W1_6_Of_20_effectors_who_accept_at_once_exactly_one_wins_in_each_round()
    {
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < Rounds; round++)
        {
            var (orientation, invitations) = await Ask();
            var answers = await Task.WhenAll(effectors.Select((e, i) => WaveWorld.Accept(e, invitations[i])));
            var (won, lost) = (
                answers.Count(a => a.Status == 200),
                answers.Where(a => a.Status != 200).Select(a => $"{a.Status} {a.Code}").Distinct().ToList()
            );
            if (won != 1 || lost is not ["409 solicitation_taken"])
                Assert.Fail($"round {round}: {won} won; the others got {string.Join(", ", lost)}");
            await Settled(orientation);
        }
        TestContext.Out.WriteLine($"{engine}: {Rounds} rounds of {Effectors} in {watch.Elapsed.TotalSeconds:0.0} s");
    }

    [Test]
    public async Task W1_6_Acceptances_refusals_and_a_stop_at_once_leave_one_truth()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (orientation, invitations) = await Ask();
            var answering = effectors
                .Select((e, i) => i % 2 == 0 ? WaveWorld.Accept(e, invitations[i]) : WaveWorld.Decline(e, invitations[i]))
                .ToList();
            var stopping = nadia.Send(HttpMethod.Post, $"/api/regulation/orientations/{orientation}/solicitation/stop");
            var answers = await Task.WhenAll(answering);
            var stopped = (await stopping).Status == 204;
            var won = answers.Where((_, i) => i % 2 == 0).Count(a => a.Status == 200);
            Assert.That(won, Is.EqualTo(stopped ? 0 : 1));
            Assert.That(answers.Select(a => a.Status), Is.All.LessThan(500));
            if (!stopped)
                await Settled(orientation);
            else
                Assert.That(await host.With<SlotsDb, int>(db => db.Bookings.CountAsync(b => b.OrientationId == orientation)), Is.Zero);
        }
    }

    /// <summary>Everybody is told, and one booking stands.</summary>
    private async Task Settled(Guid orientation)
    {
        await Expect.Eventually(
            () =>
                host.With<RegulationDb, bool>(db =>
                    db.Orientations.AnyAsync(o => o.Id == orientation && o.State == OrientationState.Booked)
                ),
            Soon,
            "the booking"
        );
        await Expect.Eventually(
            () =>
                host.With<RegulationDb, bool>(async db =>
                    !await db.Invitations.AnyAsync(i => i.OrientationId == orientation && i.State == InvitationState.Sent)
                ),
            Soon,
            "everybody told"
        );
        Assert.That(
            await host.With<RegulationDb, int>(db => db.Invitations.CountAsync(i => i.OrientationId == orientation && i.Winner == 1)),
            Is.EqualTo(1)
        );
        Assert.That(await host.With<SlotsDb, int>(db => db.Bookings.CountAsync(b => b.OrientationId == orientation)), Is.EqualTo(1));
    }

    /// <summary>A case whose first wave asks all; the invitation of each, in their order.</summary>
    private async Task<(Guid Orientation, IReadOnlyList<string> Invitations)> Ask()
    {
        var orientation = await world.Open(nadia);
        Assert.That(await WaveWorld.Ask(nadia, orientation), Is.EqualTo(Effectors));
        var invitations = new List<string>();
        foreach (var e in effectors)
        {
            var (invitation, state) = await WaveWorld.Last(e);
            Assert.That(state, Is.EqualTo("sent"));
            invitations.Add(invitation);
        }
        return (orientation, invitations);
    }
}
