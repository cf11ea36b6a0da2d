using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Slots.Data;
using Parceo.Testing;
using Calendar = Parceo.Slots.Domain.Calendar;

namespace Parceo.Proof.Tests;

/// <summary>W1.6 over HTTP, with real tokens: of many effectors who accept at the same moment one wins, all others are told, and one booking follows.</summary>
[TestFixtureSource(typeof(Engines)), Category("Race")]
internal sealed class WaveRaceTests(Engine engine)
{
    private const int Effectors = 20, Rounds = 15;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private ParceoHost host = null!;
    private Api nadia = null!;
    private List<Api> effectors = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine);
        nadia = new Api(host.Url, (await host.Regulators(1))[0].Token);
        var community = await host.Organisation("CPTS");
        var ids = Enumerable.Range(0, Effectors).Select(_ => Guid.CreateVersion7()).ToList();
        await host.With<SlotsDb, int>(db =>
        {
            foreach (var (id, i) in ids.Select((id, i) => (id, i)))
            {
                var calendar = new Calendar(Guid.CreateVersion7(), id);
                calendar.Refresh($"Dr Essai {i}", "RACE", "Médecine générale", "Cabinet", "Metz", "57", null, World.Metz);
                db.Add(calendar);
            }
            return db.SaveChangesAsync();
        });
        foreach (var id in ids) effectors.Add(new Api(host.Url, (await host.Member(community, $"Effector {id:n}", [Roles.Effector], id)).Token));
        // All of them in the first wave.
        await host.With<RegulationDb, int>(db =>
        {
            db.Add(new WavePolicy(Guid.CreateVersion7(), "57", WavePlan.Default with { Size1 = Effectors, Minutes1 = 60 }, host.Clock.GetUtcNow().AddDays(-1), Guid.Empty, null, "proof"));
            return db.SaveChangesAsync();
        });
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
            var start = host.Clock.GetUtcNow().AddHours(1).ToString("O", CultureInfo.InvariantCulture);
            var answers = await Task.WhenAll(effectors.Select((e, i) => e.Send(HttpMethod.Post, $"/api/regulation/invitations/{invitations[i]}/accept", $$"""{"start":"{{start}}"}""")));
            var (won, lost) = (answers.Count(a => a.Status == 200), answers.Where(a => a.Status != 200).Select(a => $"{a.Status} {a.Code}").Distinct().ToList());
            if (won != 1 || lost is not ["409 solicitation_taken"]) Assert.Fail($"round {round}: {won} won; the others got {string.Join(", ", lost)}");
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
            var start = host.Clock.GetUtcNow().AddHours(1).ToString("O", CultureInfo.InvariantCulture);
            var answering = effectors.Select((e, i) => i % 2 == 0
                ? e.Send(HttpMethod.Post, $"/api/regulation/invitations/{invitations[i]}/accept", $$"""{"start":"{{start}}"}""")
                : e.Send(HttpMethod.Post, $"/api/regulation/invitations/{invitations[i]}/decline", """{"reason":"busy"}""")).ToList();
            var stopping = nadia.Send(HttpMethod.Post, $"/api/regulation/orientations/{orientation}/solicitation/stop");
            var answers = await Task.WhenAll(answering);
            var stopped = (await stopping).Status == 204;
            var won = answers.Where((_, i) => i % 2 == 0).Count(a => a.Status == 200);
            Assert.That(won, Is.EqualTo(stopped ? 0 : 1));
            Assert.That(answers.Select(a => a.Status), Is.All.LessThan(500));
            if (!stopped) await Settled(orientation);
            else Assert.That(await host.With<SlotsDb, int>(db => db.Bookings.CountAsync(b => b.OrientationId == orientation)), Is.Zero);
        }
    }

    /// <summary>Everybody is told, and one booking stands.</summary>
    private async Task Settled(Guid orientation)
    {
        await Expect.Eventually(() => host.With<RegulationDb, bool>(db => db.Orientations.AnyAsync(o => o.Id == orientation && o.State == OrientationState.Booked)), Soon, "the booking");
        await Expect.Eventually(() => host.With<RegulationDb, bool>(async db => !await db.Invitations.AnyAsync(i => i.OrientationId == orientation && i.State == InvitationState.Sent)), Soon, "everybody told");
        Assert.That(await host.With<RegulationDb, int>(db => db.Invitations.CountAsync(i => i.OrientationId == orientation && i.Winner == 1)), Is.EqualTo(1));
        Assert.That(await host.With<SlotsDb, int>(db => db.Bookings.CountAsync(b => b.OrientationId == orientation)), Is.EqualTo(1));
    }

    /// <summary>A case whose first wave asks all; the invitation of each, in their order.</summary>
    private async Task<(Guid Orientation, IReadOnlyList<string> Invitations)> Ask()
    {
        var opened = await nadia.Send(HttpMethod.Post, "/api/regulation/orientations",
            """{"caseReference":"57-1","age":34,"sex":"male","place":"57463","kind":"generalMedicine","reason":"fever","wanted":"h4","mt":{"notUsedBecause":"none"},"skill":"RACE"}""");
        Assert.That(opened.Status, Is.EqualTo(201), opened.Code);
        var orientation = opened.Body.GetProperty("orientationId").GetGuid();
        var asked = await nadia.Send(HttpMethod.Post, $"/api/regulation/orientations/{orientation}/solicitation", """{"radiusKm":10}""");
        Assert.That((asked.Status, asked.Body.GetProperty("asked").GetInt32()), Is.EqualTo((200, Effectors)));
        var invitations = new List<string>();
        foreach (var e in effectors)
        {
            var open = (await e.Send(HttpMethod.Get, "/api/regulation/invitations?limit=1")).Body.GetProperty("solicitations")[0];
            Assert.That(open.GetProperty("state").GetString(), Is.EqualTo("sent"));
            invitations.Add(open.GetProperty("invitationId").GetString()!);
        }
        return (orientation, invitations);
    }
}
