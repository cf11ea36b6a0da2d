using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Slots.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>S52, D27 over HTTP, with real tokens.</summary>
[TestFixtureSource(typeof(EveryEngine)), Category("Race")]
internal sealed class RaceTests(Engine engine)
{
    private const int Regulators = 32;
    private ParceoHost host = null!;
    private List<Api> clients = [];

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine);
        clients = [.. (await host.Regulators(Regulators)).Select(r => new Api(host.Url, r.Token))];
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        clients.ForEach(c => c.Dispose());
        await host.DisposeAsync();
    }

    [TestCase(20), TestCase(300, Category = "Long")]
    public async Task S52_Of_32_regulators_on_one_place_exactly_one_wins_in_each_round(int rounds)
    {
        var ranges = await host.Ranges(rounds);
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < rounds; round++)
        {
            var answers = await Task.WhenAll(clients.Select(c => c.Book(ranges[round])));
            var (won, lost) = (
                answers.Count(a => a.Status == 201),
                answers.Where(a => a.Status != 201).Select(a => $"{a.Status} {a.Code}").Distinct().ToList()
            );
            if (won != 1 || lost is not ["409 slot_full"])
                Assert.Fail($"round {round}: {won} won; the others got {string.Join(", ", lost)}");
        }
        TestContext.Out.WriteLine($"{engine}: {rounds} rounds of {Regulators} in {watch.Elapsed.TotalSeconds:0.0} s");
        var perRange = await host.With<SlotsDb, List<int>>(db =>
            db.Bookings.Where(b => ranges.Contains(b.RangeId)).GroupBy(b => b.RangeId).Select(g => g.Count()).ToListAsync()
        );
        Assert.That(perRange, Has.Count.EqualTo(rounds).And.All.EqualTo(1));
        Assert.That(
            await host.With<SlotsDb, int>(db => db.Ranges.CountAsync(r => ranges.Contains(r.Id) && (r.Open || r.PlacesLeft != 0))),
            Is.Zero
        );
    }

    [Test]
    public async Task S52_32_regulators_on_a_range_of_20_places_fill_it_exactly()
    {
        foreach (var range in await host.Ranges(15, capacity: 20))
        {
            var answers = await Task.WhenAll(clients.Select(c => c.Book(range)));
            var outcomes = answers.GroupBy(a => $"{a.Status} {a.Code}").ToDictionary(g => g.Key, g => g.Count());
            var places = await host.With<SlotsDb, List<int?>>(db =>
                db.Bookings.Where(b => b.RangeId == range).Select(b => b.Place).ToListAsync()
            );
            Assert.That(outcomes, Is.EquivalentTo(new Dictionary<string, int> { ["201 "] = 20, ["409 slot_full"] = 12 }));
            Assert.That(places.Order(), Is.EqualTo(Enumerable.Range(1, 20).Cast<int?>()));
        }
    }

    [Test]
    public async Task S52_Holds_and_bookings_of_one_place_meet_the_same_rule()
    {
        foreach (var range in await host.Ranges(20))
        {
            var holders = clients.Take(16).Select(c => c.Send(HttpMethod.Post, $"/api/slots/ranges/{range}/holds"));
            var answers = await Task.WhenAll(holders.Concat(clients.Skip(16).Select(c => c.Book(range))));
            Assert.That(answers.Count(a => a.Status == 201), Is.EqualTo(1));
            Assert.That(answers.Where(a => a.Status != 201).Select(a => a.Code), Is.All.EqualTo("slot_full"));
        }
    }

    [Test]
    public async Task S52_A_hold_that_runs_out_while_everybody_wants_its_place_gives_it_to_exactly_one()
    {
        foreach (var range in await host.Ranges(15))
        {
            Assert.That((await clients[0].Send(HttpMethod.Post, $"/api/slots/ranges/{range}/holds")).Status, Is.EqualTo(201));
            Assert.That((await clients[1].Book(range)).Code, Is.EqualTo("slot_full"), "it is held");
            host.Clock.Advance(TimeSpan.FromMinutes(3)); // to the moment, give or take what the rounds before took
            // Its holder is too late or just in time, others book or hold, and the job that frees places runs twice.
            var job = Task.WhenAll(
                host.SendAsSystem(new Slots.Features.ReleaseExpiredHolds.Command()),
                host.SendAsSystem(new Slots.Features.ReleaseExpiredHolds.Command())
            );
            var answers = await Task.WhenAll(
                clients.Select((c, i) => i % 3 == 2 ? c.Send(HttpMethod.Post, $"/api/slots/ranges/{range}/holds") : c.Book(range))
            );
            await job;
            Assert.That(answers.Count(a => a.Status == 201), Is.EqualTo(1));
            Assert.That(
                answers.Where(a => a.Status != 201).Select(a => $"{a.Status} {a.Code}").Distinct(),
                Is.EqualTo(new[] { "409 slot_full" })
            );
            await Counted(range);
        }
    }

    [Test]
    public async Task S52_Cancelling_and_booking_again_at_once_never_gives_a_place_twice_or_loses_it()
    {
        foreach (var range in await host.Ranges(15, capacity: 2))
        {
            var (first, second) = (
                (await clients[0].Book(range)).Body.GetProperty("bookingId"),
                (await clients[1].Book(range)).Body.GetProperty("bookingId")
            );
            var cancelling = new[] { (clients[0], first), (clients[0], first), (clients[1], second) }
                .Select(c => c.Item1.Send(HttpMethod.Post, $"/api/slots/bookings/{c.Item2.GetString()}/cancel"))
                .ToList();
            var answers = await Task.WhenAll(clients.Skip(2).Take(20).Select(c => c.Book(range)));
            var cancelled = await Task.WhenAll(cancelling);
            Assert.That(cancelled.Select(c => c.Status).Distinct(), Is.SubsetOf(new[] { 204, 409 }));
            Assert.That(cancelled[2].Status, Is.EqualTo(204));
            Assert.That(cancelled.Take(2).Select(c => c.Status), Has.Some.EqualTo(204));
            Assert.That(
                answers.Where(a => a.Status != 201).Select(a => $"{a.Status} {a.Code}").Distinct(),
                Is.SubsetOf(new[] { "409 slot_full" })
            );
            // Whoever asks now gets what the race left, and no more than the range has.
            var later = await Task.WhenAll(clients.Skip(22).Select(c => c.Book(range)));
            Assert.That(answers.Concat(later).Count(a => a.Status == 201), Is.EqualTo(2));
            await Counted(range);
        }
    }

    /// <summary>What the range says is what is booked and held.</summary>
    private async Task Counted(Guid range)
    {
        var (row, booked, held) = await host.With<SlotsDb, (Slots.Domain.SlotRange, List<int?>, int)>(async db =>
            (
                await db.Ranges.AsNoTracking().SingleAsync(r => r.Id == range),
                await db.Bookings.Where(b => b.RangeId == range && b.Place != null).Select(b => b.Place).ToListAsync(),
                await db.Holds.CountAsync(h => h.RangeId == range)
            )
        );
        Assert.That(
            (row.Capacity - row.PlacesLeft, System.Numerics.BitOperations.PopCount((ulong)row.Taken)),
            Is.EqualTo((booked.Count + held, booked.Count + held))
        );
        Assert.That(booked, Is.Unique);
    }

    [Test]
    public async Task S53_One_key_sent_32_times_at_once_books_once_and_gets_one_answer()
    {
        using var nadia = new Api(host.Url, (await host.Regulators(1))[0].Token);
        foreach (var range in await host.Ranges(20, capacity: 40))
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => nadia.Book(range, $"key-{range}")));
            Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(201));
            Assert.That(answers.Select(a => a.Body.GetProperty("bookingId").GetString()).Distinct().Count(), Is.EqualTo(1));
            Assert.That(await host.With<SlotsDb, int>(db => db.Bookings.CountAsync(b => b.RangeId == range)), Is.EqualTo(1));
        }
    }
}
