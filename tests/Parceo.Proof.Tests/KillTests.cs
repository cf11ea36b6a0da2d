using System.Collections.Concurrent;
using System.Diagnostics;
using System.Numerics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;
using Parceo.Slots.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>
/// S55, S58: the host, in a process of its own, is killed every five seconds for a minute while regulators book over
/// HTTP. A booking that was answered is there, once, and so is everything that follows from it.
/// </summary>
[TestFixtureSource(typeof(EveryEngine)), Category("Long"), Parallelizable(ParallelScope.Self)]
internal sealed class KillTests(Engine engine)
{
    private const int Kills = 12,
        Clients = 4,
        RangesCount = 400,
        Places = 60;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5),
        ReadyWithin = TimeSpan.FromSeconds(30),
        Pace = TimeSpan.FromMilliseconds(15);

    /// <summary>A host that is away for longer does not come back.</summary>
    internal static readonly TimeSpan Away = TimeSpan.FromMinutes(2);

    private sealed record Sent(int Client, string Key, Guid Range, Api.Answer Answer);

    [Test, CancelAfter(540_000)]
    public async Task S58_Killed_every_5_seconds_for_a_minute_nothing_is_lost_double_or_stuck(CancellationToken ct)
    {
        await using var database = TestDatabase.Create(engine);
        var (tokens, ranges) = await Prepare(database);
        var sent = new ConcurrentQueue<Sent>();
        var readyAfter = new List<TimeSpan>();
        var port = FreePort.Take();

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var host = await HostProcess.Start(database, witness: true, port);
        var clients = Enumerable
            .Range(0, Clients)
            .Select(i => Task.Run(() => Book(i, host.Url, tokens[i], ranges, sent, stop.Token), ct))
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
        await Task.Delay(TimeSpan.FromSeconds(2), ct);
        await stop.CancelAsync();
        await Task.WhenAll(clients);

        var answered = sent.ToList();
        TestContext.Out.WriteLine(
            $"{engine}: {answered.Count(s => s.Answer.Status == 201)} bookings, {Kills} kills, ready again after {readyAfter.Min().TotalSeconds:0.0} to {readyAfter.Max().TotalSeconds:0.0} s"
        );
        Assert.That(readyAfter, Is.All.LessThan(ReadyWithin));
        Assert.That(
            answered.Select(s => (s.Answer.Status, s.Answer.Code)).Distinct(),
            Is.SubsetOf(new (int, string?)[] { (201, null), (409, "slot_full"), (409, "concurrent_change") }),
            "no 5xx, no surprise"
        );

        await SameKeySameAnswer(host.Url, tokens, answered.Where(s => s.Answer.Status == 201));
        await Outboxes.LetLeasesPass(database, lastKill, "slots");
        await Outboxes.Drained(database, TimeSpan.FromSeconds(150), "slots");
        await host.DisposeAsync();
        await Check(database, answered);
    }

    private static async Task<(List<string> Tokens, IReadOnlyList<Guid> Ranges)> Prepare(TestDatabase database)
    {
        await using var host = await ParceoHost.Start(database.Engine, on: database);
        await Durable(database);
        return ([.. (await host.Regulators(Clients)).Select(r => r.Token)], await host.Ranges(RangesCount, Places));
    }

    /// <summary>build/test's server does not wait for its disk; here every commit is flushed before it is answered.</summary>
    internal static async Task Durable(TestDatabase database)
    {
        if (database.Engine != Engine.PostgreSql)
            return;
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var durable = connection.CreateCommand();
        durable.CommandText = $"ALTER DATABASE \"{connection.Database}\" SET synchronous_commit = on";
        await durable.ExecuteNonQueryAsync();
    }

    /// <summary>Books one place after the other; what was not answered is sent again with its key until it is.</summary>
    private static async Task Book(
        int client,
        string url,
        string token,
        IReadOnlyList<Guid> ranges,
        ConcurrentQueue<Sent> sent,
        CancellationToken stop
    )
    {
        using var api = new Api(url, token);
        var random = new Random(client);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var (key, range) = ($"{client}-{i}", ranges[random.Next(ranges.Count)]);
            for (var since = Stopwatch.GetTimestamp(); ; )
            {
                try
                {
                    sent.Enqueue(new(client, key, range, await api.Book(range, key, ct: CancellationToken.None)));
                    break;
                }
                catch (Exception e) when (e is HttpRequestException or IOException && Stopwatch.GetElapsedTime(since) < Away)
                {
                    await Task.Delay(50, CancellationToken.None);
                }
            }
            await Task.Delay(Pace, CancellationToken.None);
        }
    }

    private static async Task SameKeySameAnswer(string url, List<string> tokens, IEnumerable<Sent> won)
    {
        foreach (var group in won.GroupBy(s => s.Client))
        {
            using var api = new Api(url, tokens[group.Key]);
            foreach (var s in group.Where((_, i) => i % 10 == 0))
            {
                var again = await api.Book(s.Range, s.Key);
                Assert.That((again.Status, BookingOf(again)), Is.EqualTo((201, BookingOf(s.Answer))));
            }
        }
    }

    private static async Task Check(TestDatabase database, List<Sent> answered)
    {
        await using var host = await ParceoHost.Start(database.Engine, on: database, module: new WitnessModule());
        var acknowledged = answered.Where(s => s.Answer.Status == 201).ToDictionary(s => BookingOf(s.Answer), s => s.Range);
        var bookings = await host.With<SlotsDb, List<Slots.Domain.Booking>>(db => db.Bookings.AsNoTracking().ToListAsync());
        var ranges = await host.With<SlotsDb, List<Slots.Domain.SlotRange>>(db => db.Ranges.AsNoTracking().ToListAsync());
        var seen = await host.With<WitnessDb, List<Guid>>(db => db.Seen.Select(s => s.BookingId).ToListAsync());
        var traced = await host.With<SlotsDb, List<string?>>(db =>
            db.Set<AuditRow>().Where(a => a.Action == "BookSlot" && a.Outcome == "ok").Select(a => a.ObjectId).ToListAsync()
        );
        await using var scope = host.Services.CreateAsyncScope();
        var verdict = await scope.ServiceProvider.GetRequiredService<AuditVerifier>().Verify(default);

        Assert.Multiple(() =>
        {
            Assert.That(acknowledged.Keys.Except(bookings.Select(b => b.Id)), Is.Empty, "an acknowledged booking was lost");
            Assert.That(
                bookings.Select(b => b.Id).Except(acknowledged.Keys),
                Is.Empty,
                "each request was answered in the end, so there is no other booking"
            );
            Assert.That(bookings.All(b => acknowledged.GetValueOrDefault(b.Id) == b.RangeId), Is.True);
            Assert.That(bookings.GroupBy(b => (b.RangeId, b.Place)).Where(g => g.Count() > 1), Is.Empty, "a place was booked twice");
            var perRange = bookings.GroupBy(b => b.RangeId).ToDictionary(g => g.Key, g => g.Count());
            Assert.That(
                ranges.Where(r =>
                    r.Capacity - r.PlacesLeft != perRange.GetValueOrDefault(r.Id)
                    || BitOperations.PopCount((ulong)r.Taken) != perRange.GetValueOrDefault(r.Id)
                ),
                Is.Empty,
                "a range miscounts its places"
            );
            Assert.That(seen, Is.Unique, "an effect happened twice");
            Assert.That(seen, Is.EquivalentTo(bookings.Select(b => b.Id)), "an effect is missing");
            Assert.That(traced, Is.EquivalentTo(bookings.Select(b => b.Id.ToString())), "one trace for each booking");
            Assert.That(verdict.Problem, Is.Null);
        });
    }

    private static Guid BookingOf(Api.Answer answer) => answer.Body.GetProperty("bookingId").GetGuid();
}
