using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Slots.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>S52, D27 over HTTP, with real tokens.</summary>
[TestFixtureSource(typeof(Engines)), Category("Race")]
internal sealed class RaceTests(Engine engine)
{
    private const int Regulators = 32, Rounds = 300;
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

    [Test]
    public async Task S52_Of_32_regulators_on_one_place_exactly_one_wins_in_each_of_300_rounds()
    {
        var ranges = await host.Ranges(Rounds);
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < Rounds; round++)
        {
            var answers = await Task.WhenAll(clients.Select(c => c.Book(ranges[round])));
            var (won, lost) = (answers.Count(a => a.Status == 201), answers.Where(a => a.Status != 201).Select(a => $"{a.Status} {a.Code}").Distinct().ToList());
            if (won != 1 || lost is not ["409 slot_full"]) Assert.Fail($"round {round}: {won} won; the others got {string.Join(", ", lost)}");
        }
        TestContext.Out.WriteLine($"{engine}: {Rounds} rounds of {Regulators} in {watch.Elapsed.TotalSeconds:0.0} s");
        var perRange = await host.With<SlotsDb, List<int>>(db => db.Bookings.Where(b => ranges.Contains(b.RangeId)).GroupBy(b => b.RangeId).Select(g => g.Count()).ToListAsync());
        Assert.That(perRange, Has.Count.EqualTo(Rounds).And.All.EqualTo(1));
        Assert.That(await host.With<SlotsDb, int>(db => db.Ranges.CountAsync(r => ranges.Contains(r.Id) && (r.Open || r.PlacesLeft != 0))), Is.Zero);
    }

    [Test]
    public async Task S52_32_regulators_on_a_range_of_20_places_fill_it_exactly()
    {
        foreach (var range in await host.Ranges(15, capacity: 20))
        {
            var answers = await Task.WhenAll(clients.Select(c => c.Book(range)));
            var outcomes = answers.GroupBy(a => $"{a.Status} {a.Code}").ToDictionary(g => g.Key, g => g.Count());
            var places = await host.With<SlotsDb, List<int?>>(db => db.Bookings.Where(b => b.RangeId == range).Select(b => b.Place).ToListAsync());
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
