using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Notifications.Data;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Services;
using Parceo.Slots.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>
/// S55, S58, W1.6: the host is killed while desks ask and effectors answer over HTTP. What was answered stands, each case
/// has one winner at most and then exactly one booking, every effect happened once, and waves go on at their times.
/// </summary>
[TestFixtureSource(typeof(EveryEngine)), Category("Long"), Parallelizable(ParallelScope.Self)]
internal sealed class WaveKillTests(Engine engine)
{
    private const int Effectors = 6,
        Kills = 3,
        Timed = 5;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3),
        Pace = TimeSpan.FromMilliseconds(40),
        ReadyWithin = TimeSpan.FromSeconds(30),
        Drain = TimeSpan.FromSeconds(90);
    private static readonly string[] Modules = ["regulation", "slots", "notifications"];
    private readonly ConcurrentDictionary<Guid, bool> opened = new();
    private readonly ConcurrentDictionary<Guid, bool> stopped = new();
    private readonly ConcurrentDictionary<Guid, Guid> accepted = new(); // invitation → orientation
    private readonly ConcurrentDictionary<Guid, bool> declined = new();
    private readonly ConcurrentDictionary<string, bool> surprises = new();

    [Test, CancelAfter(300_000)]
    public async Task S58_Killed_during_waves_no_answer_is_lost_one_wins_and_waves_go_on_at_their_times(CancellationToken ct)
    {
        await using var database = TestDatabase.Create(engine);
        var (world, silent, ends) = await Prepare(database);
        var readyAfter = new List<TimeSpan>();
        var port = FreePort.Take();
        var host = await HostProcess.Start(database, witness: true, port);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var people = world
            .Effectors.Select((e, i) => Task.Run(() => Answer(new Api(host.Url, e.Token), i, stop.Token), ct))
            .Append(Task.Run(() => Regulate(new Api(host.Url, world.Desk.Token), world, stop.Token), ct))
            .ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(Between, ct);
            await host.Kill();
            await host.DisposeAsync();
            host = await HostProcess.Start(database, witness: true, port);
            readyAfter.Add(host.ReadyAfter);
        }
        var lastKill = TimeProvider.System.GetUtcNow() - readyAfter[^1];
        await Expect.Eventually(
            () => Task.FromResult(accepted.Count >= 3 && declined.Count >= 3 && !stopped.IsEmpty),
            Drain,
            "something to lose"
        );
        await stop.CancelAsync();
        await Task.WhenAll(people);
        using (var desk = new Api(host.Url, silent.Desk.Token))
            foreach (var orientation in ends.Keys)
                await Expect.Eventually(async () => await WaveOf(desk, orientation) == 2, Drain, "the next wave of each case");
        await Outboxes.LetLeasesPass(database, lastKill, Modules);
        await Outboxes.Drained(database, Drain, Modules);
        await host.DisposeAsync();

        TestContext.Out.WriteLine(
            $"{engine}: {opened.Count} cases, {accepted.Count} accepted, {declined.Count} declined, {stopped.Count} stopped, {Kills} kills, ready again after {readyAfter.Min().TotalSeconds:0.0} to {readyAfter.Max().TotalSeconds:0.0} s"
        );
        Assert.That(readyAfter, Is.All.LessThan(ReadyWithin));
        Assert.That(surprises.Keys, Is.Empty);
        await Check(database, ends);
    }

    private static async Task<int> WaveOf(Api desk, Guid orientation) =>
        (await desk.Send(HttpMethod.Get, $"/api/regulation/orientations/{orientation}"))
            .Body.GetProperty("orientation")
            .GetProperty("wave")
            .GetInt32();

    private static async Task<(WaveWorld World, WaveWorld Silent, Dictionary<Guid, DateTimeOffset> Ends)> Prepare(TestDatabase database)
    {
        await using var host = await ParceoHost.Start(database.Engine, on: database);
        await KillTests.Durable(database);
        var plan = WavePlan.Default with { Size1 = 3, Minutes1 = 60, Size2 = 3, Minutes2 = 60 };
        var (world, silent) = (await WaveWorld.Create(host, Effectors, plan), await WaveWorld.Create(host, Effectors, plan));
        // Waves of effectors who do not answer, that end while the host is being killed.
        var ends = new Dictionary<Guid, DateTimeOffset>();
        using var desk = new Api(host.Url, silent.Desk.Token);
        for (var i = 0; i < Timed; i++)
        {
            var orientation = await silent.Open(desk);
            Assert.That(await WaveWorld.Ask(desk, orientation), Is.EqualTo(3));
            var end = new DateTimeOffset(
                host.Clock.GetUtcNow().AddSeconds(6 + (3 * i)).UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond,
                TimeSpan.Zero
            );
            await host.With<RegulationDb, int>(db =>
                db.Orientations.Where(o => o.Id == orientation).ExecuteUpdateAsync(s => s.SetProperty(o => o.WaveEndsAt, end))
            );
            ends[orientation] = end;
        }
        return (world, silent, ends);
    }

    /// <summary>Opens cases, asks, and stops every third; what was not answered is sent again with its key until it is.</summary>
    private async Task Regulate(Api desk, WaveWorld world, CancellationToken stop)
    {
        using var _ = desk;
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var body =
                $$"""{"caseReference":"57-{{i}}","age":34,"sex":"male","place":"57463","kind":"generalMedicine","reason":"fever","wanted":"h4","mt":{"notUsedBecause":"none"},"skill":"{{world.Skill}}"}""";
            var case_ = await UntilAnswered(() => desk.Send(HttpMethod.Post, "/api/regulation/orientations", body, $"open-{i}"), 201);
            if (case_.Status != 201)
                continue;
            var orientation = case_.Body.GetProperty("orientationId").GetGuid();
            opened[orientation] = true;
            await UntilAnswered(
                () =>
                    desk.Send(
                        HttpMethod.Post,
                        $"/api/regulation/orientations/{orientation}/solicitation",
                        """{"radiusKm":10}""",
                        $"ask-{i}"
                    ),
                200
            );
            await Task.Delay(Pace, CancellationToken.None);
            if (
                i % 3 == 2
                && (
                    await UntilAnswered(
                        () =>
                            desk.Send(HttpMethod.Post, $"/api/regulation/orientations/{orientation}/solicitation/stop", null, $"stop-{i}"),
                        204
                    )
                ).Status == 204
            )
                stopped[orientation] = true;
        }
    }

    /// <summary>Answers what they are asked: a third accepts, a third declines, a third lets it be.</summary>
    private async Task Answer(Api effector, int who, CancellationToken stop)
    {
        using var _ = effector;
        var random = new Random(who);
        var seen = new HashSet<string>();
        var tried = 0;
        while (!stop.IsCancellationRequested)
        {
            var asked = await UntilAnswered(() => effector.Send(HttpMethod.Get, "/api/regulation/invitations?limit=20"), 200);
            foreach (
                var invitation in asked
                    .Body.GetProperty("invitations")
                    .EnumerateArray()
                    .Where(s => s.GetProperty("state").GetString() == "sent")
                    .Select(s => s.GetProperty("invitationId").GetString()!)
                    .Where(seen.Add)
            )
            {
                var act = random.Next(3);
                if (act == 0)
                {
                    // The same words each time, or the key would be for something else; and each patient an hour of their own:
                    // whoever promises the same time twice at once is told afterwards that one of them is undone (decision 0017).
                    var start = TimeProvider
                        .System.GetUtcNow()
                        .AddHours(1)
                        .AddMinutes(30 * tried++)
                        .ToString("O", System.Globalization.CultureInfo.InvariantCulture);
                    var answer = await UntilAnswered(
                        () =>
                            effector.Send(
                                HttpMethod.Post,
                                $"/api/regulation/invitations/{invitation}/accept",
                                $$"""{"start":"{{start}}"}""",
                                $"accept-{invitation}"
                            ),
                        200
                    );
                    if (answer.Status == 200)
                        accepted[Guid.Parse(invitation)] = answer.Body.GetProperty("orientationId").GetGuid();
                }
                else if (
                    act == 1
                    && (await UntilAnswered(() => WaveWorld.Decline(effector, invitation, $"decline-{invitation}"), 204)).Status == 204
                )
                    declined[Guid.Parse(invitation)] = true;
            }
            await Task.Delay(Pace, CancellationToken.None);
        }
    }

    private async Task<Api.Answer> UntilAnswered(Func<Task<Api.Answer>> send, int expected)
    {
        for (var since = Stopwatch.GetTimestamp(); ; )
        {
            try
            {
                var answer = await send();
                if (answer.Status != expected && answer.Status != 409)
                    surprises[$"{answer.Status} {answer.Code}"] = true;
                return answer;
            }
            catch (Exception e) when (e is HttpRequestException or IOException && Stopwatch.GetElapsedTime(since) < KillTests.Away)
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    private async Task Check(TestDatabase database, Dictionary<Guid, DateTimeOffset> ends)
    {
        await using var host = await ParceoHost.Start(database.Engine, on: database, module: new WitnessModule());
        var cases = (
            await host.With<RegulationDb, List<Orientation>>(db => db.Orientations.AsNoTracking().Include(o => o.Invitations).ToListAsync())
        ).ToDictionary(o => o.Id);
        var asked = cases.Values.SelectMany(o => o.Invitations).ToDictionary(i => i.Id);
        var bookings = await host.With<SlotsDb, List<Slots.Domain.Booking>>(db => db.Bookings.AsNoTracking().ToListAsync());
        var seen = await host.With<WitnessDb, List<Guid>>(db => db.Seen.Select(s => s.BookingId).ToListAsync());
        var notices = await host.With<NotificationsDb, List<Guid>>(db =>
            db.Notices.Where(n => n.Subject == Notifications.Contracts.NoticeSubjects.Solicitation).Select(n => n.Topic).ToListAsync()
        );
        var traced = await host.With<RegulationDb, List<string>>(db =>
            db.Set<AuditRow>()
                .Where(a => a.Outcome == "ok" && (a.Action == "AcceptInvitation" || a.Action == "DeclineInvitation"))
                .Select(a => $"{a.Action} {a.ObjectId}")
                .ToListAsync()
        );
        await using var scope = host.Services.CreateAsyncScope();
        var verdict = await scope.ServiceProvider.GetRequiredService<AuditVerifier>().Verify(default);
        var won = asked.Values.Where(i => i.State == InvitationState.Accepted).ToList();
        var late = ends.Select(e => asked.Values.Where(i => i.OrientationId == e.Key && i.Wave == 2).Min(i => i.SentAt) - e.Value).ToList();
        TestContext.Out.WriteLine(
            $"waves due while it was killed went on {late.Min().TotalSeconds:0.0} to {late.Max().TotalSeconds:0.0} s after their time"
        );

        Assert.Multiple(() =>
        {
            Assert.That(
                opened.Keys.Concat(ends.Keys),
                Is.EquivalentTo(cases.Keys),
                "each request was answered in the end, so there is no other case"
            );
            Assert.That(
                won.ToDictionary(i => i.Id, i => i.OrientationId),
                Is.EquivalentTo(accepted),
                "acceptances: none lost, none that nobody was told of"
            );
            Assert.That(won.Select(i => i.OrientationId), Is.Unique, "one winner");
            Assert.That(declined.Keys.Where(d => asked[d].State != InvitationState.Declined), Is.Empty, "a refusal was lost");
            Assert.That(
                stopped.Keys.Where(s => cases[s].State != OrientationState.Searching || won.Exists(i => i.OrientationId == s)),
                Is.Empty,
                "a stop was lost"
            );
            Assert.That(won.Where(i => cases[i.OrientationId].State != OrientationState.Booked), Is.Empty, "an acceptance has no booking");
            Assert.That(
                bookings.Select(b => b.OrientationId),
                Is.EquivalentTo(won.Select(i => (Guid?)i.OrientationId)),
                "one booking for each acceptance"
            );
            Assert.That(
                asked.Values.Where(i => i.State == InvitationState.Sent && cases[i.OrientationId].State != OrientationState.Soliciting),
                Is.Empty,
                "somebody still believes that they are asked"
            );
            Assert.That(seen, Is.EquivalentTo(bookings.Select(b => b.Id)), "an effect is missing or happened twice");
            Assert.That(notices, Is.EquivalentTo(asked.Keys), "one notice for each invitation");
            Assert.That(
                traced,
                Is.EquivalentTo(
                    accepted.Values.Select(o => $"AcceptInvitation {o}").Concat(declined.Keys.Select(d => $"DeclineInvitation {d}"))
                ),
                "one trace for each answer"
            );
            Assert.That(late, Is.All.GreaterThanOrEqualTo(TimeSpan.Zero), "a wave ended before its time");
            Assert.That(verdict.Problem, Is.Null);
        });
    }
}
