using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Parceo.Directory.Reference;
using Parceo.Platform.Data;
using Parceo.Platform.Geo;
using Parceo.Proof.Tests;
using Parceo.Slots.Search;
using Parceo.Testing;

namespace Parceo.Benchmarks;

/// <summary>
/// Searches and bookings over loopback HTTP with a bearer token against the shipped host in a process of its own; beside
/// them, in the same run and at the same concurrency, the bare prepared SQL query and a bare Kestrel endpoint.
/// </summary>
internal static class SlotsBench
{
    private const int Checks = 40;
    private const double RadiusKm = 20;

    /// <summary>A regulator of a département with the communes they search from, by population.</summary>
    private sealed record Desk(World.Caller Caller, string Departement, IReadOnlyList<Commune> Communes)
    {
        public Commune Any(Random random) => Communes[random.Next(Communes.Count)];
    }

    public static async Task Run(BenchOptions options)
    {
        foreach (var size in options.Sizes)
        foreach (var engine in options.Engines)
            await Run(options, engine, size);
    }

    private static async Task Run(BenchOptions options, Engine engine, int size)
    {
        await using var database = TestDatabase.Create(engine);
        List<Row> rows;
        List<Desk> desks;
        List<Guid> hot;
        await using (var prepare = await ParceoHost.Start(engine, on: database))
        {
            Report.Progress($"{engine}: seeding {size} slots");
            rows = await Seeder.Fill(prepare, size);
            desks = await Desks(prepare, options.Clients.Max());
            hot = [.. await prepare.Ranges(300, capacity: 60, desks[0].Departement)];
        }
        await using var host = await HostProcess.Start(database, environment: "Production");
        Report.Progress($"{engine}: serving after {host.ReadyAfter.TotalSeconds:0.0} s");
        await Check(engine, size, host, desks, rows);
        await Searches(options, engine, size, database, host, desks);
        await BookingBench.Run(options, engine, size, database, host, [.. desks.Select(d => (d.Caller.Token, d.Departement))], rows, hot);
        Report.Fact("slots.host.memory", engine.ToString(), size, host.ResidentMegabytes, "MB");
    }

    private static async Task<List<Desk>> Desks(ParceoHost host, int count)
    {
        var random = new Random(15);
        var byDepartement = new CommuneIndex()
            .All.Where(c => c.Point is not null && c.Parent is null && c.Departement.Length == 2)
            .GroupBy(c => c.Departement)
            .OrderByDescending(g => g.Sum(c => (long)c.Population))
            .Take(count)
            .ToList();
        var desks = new List<Desk>();
        foreach (var departement in byDepartement)
        {
            // A commune for each 2,000 inhabitants, so that a draw among them is by population.
            var draws = departement.SelectMany(c => Enumerable.Repeat(c, 1 + (c.Population / 2000))).ToList();
            desks.Add(
                new(
                    await host.Member(
                        await host.Organisation($"SAS {departement.Key}", departement.Key),
                        $"Bench {departement.Key}",
                        [Roles.Regulator]
                    ),
                    departement.Key,
                    draws
                )
            );
        }
        return desks;
    }

    private static string Path(Commune commune, bool byStart, DateTimeOffset now) =>
        byStart
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"/api/slots/search?place={commune.Insee}&radiusKm={RadiusKm}&skill=SM54&order=start&to={Uri.EscapeDataString(now.AddHours(24).ToString("O", CultureInfo.InvariantCulture))}"
            )
            : $"/api/slots/search?place={commune.Insee}&radiusKm={RadiusKm}&skill=SM54"; // the ceiling's radius, or they would not be the same query

    private static async Task Searches(
        BenchOptions options,
        Engine engine,
        int size,
        TestDatabase database,
        HostProcess host,
        List<Desk> desks
    )
    {
        var now = TimeProvider.System.GetUtcNow();
        var clients = desks.ConvertAll(d => Load.Client(host.Url, d.Caller.Token));
        var sample = await clients[0].GetByteArrayAsync(Path(desks[0].Any(new Random(1)), byStart: true, now));
        await using var bare = await BareEndpoint.Start(sample);
        var bareClients = desks.ConvertAll(_ => Load.Client(bare.Url));
        using var search = new CellSlotSearch(
            DatabaseOptions.From(
                new ConfigurationBuilder()
                    .AddInMemoryCollection([
                        new("Database:Provider", engine.ToString()),
                        new("Database:ConnectionString", database.ConnectionString),
                        new("Parceo:Data", database.Folder),
                    ])
                    .Build()
            )
        );
        var randoms = desks.Index().Select(d => new Random(d.Index)).ToList();

        // Until the compiler has settled: measures are of a host that has served for a while.
        foreach (var byStart in new[] { true, false })
        {
            await Load.Run(Math.Min(8, desks.Count), options.Seconds, (c, _) =>
                Load.Get(clients[c], Path(desks[c].Any(randoms[c]), byStart, now))
            );
            await Load.Run(Math.Min(8, desks.Count), options.Seconds / 3, async (c, i) =>
                await search.Find(Query(desks[c], randoms[c], byStart, now, i), default) is not null
            );
        }

        foreach (var n in options.Clients)
        {
            var kestrel = await Load.Run(n, options.Seconds, (c, _) => Load.Get(bareClients[c], "/"));
            Report.Line("ceiling.http", null, null, n, kestrel);
            foreach (var byStart in new[] { true, false })
            {
                var name = byStart ? "start" : "default";
                // In turns, not in blocks: a noisy neighbour then meets both.
                var (sql, product) = (new List<Measure>(), new List<Measure>());
                for (var turn = 0; turn < 2; turn++)
                {
                    sql.Add(
                        await Load.Run(n, options.Seconds / 2, async (c, i) =>
                            await search.Find(Query(desks[c], randoms[c], byStart, now, i), default) is not null
                        )
                    );
                    product.Add(
                        await Load.Run(n, options.Seconds / 2, (c, _) => Load.Get(clients[c], Path(desks[c].Any(randoms[c]), byStart, now)))
                    );
                }
                var (s, p) = (Mean(sql), Mean(product));
                Report.Line($"ceiling.sql.search.{name}", engine.ToString(), size, n, s);
                Report.Line(
                    $"slots.search.{name}",
                    engine.ToString(),
                    size,
                    n,
                    p,
                    p.PerSecond / s.PerSecond,
                    p.PerSecond / kestrel.PerSecond
                );
                Report.Progress(
                    $"{engine} {size} {name} {n} clients: {p.PerSecond:0}/s, p99 {p.P99:0.0} ms; SQL {s.PerSecond:0}/s; HTTP {kestrel.PerSecond:0}/s"
                );
            }
        }
        clients.Concat(bareClients).ToList().ForEach(c => c.Dispose());
    }

    private static Measure Mean(List<Measure> of) =>
        new(of.Average(m => m.PerSecond), of.Average(m => m.P50), of.Average(m => m.P99), of.Sum(m => m.Failed));

    private static SlotQuery Query(Desk desk, Random random, bool byStart, DateTimeOffset now, int i)
    {
        var to = byStart ? now.AddHours(24) : new DateTimeOffset(now.Date.AddDays(3), TimeSpan.Zero);
        return new(
            desk.Any(random).Point!.Value,
            RadiusKm,
            now,
            to,
            SkillGroups.GeneralPractice,
            null,
            new Territory([desk.Departement], []),
            byStart ? SlotOrder.Start : SlotOrder.Random,
            1 + i,
            null,
            20
        );
    }

    /// <summary>The product's answers over HTTP against a scan of every row.</summary>
    private static async Task Check(Engine engine, int size, HostProcess host, List<Desk> desks, List<Row> rows)
    {
        var random = new Random(7);
        var same = 0;
        for (var i = 0; i < Checks; i++)
        {
            var desk = desks[random.Next(desks.Count)];
            var (centre, now) = (desk.Any(random).Point!.Value, TimeProvider.System.GetUtcNow().AddMinutes(10));
            var to = now.AddHours(random.Next(2, 72));
            var radius = Math.Round(5 + (random.NextDouble() * 35), 1);
            var byStart = i % 2 == 0;
            using var client = Load.Client(host.Url, desk.Caller.Token);
            var text = await client.GetStringAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"/api/slots/search?place={centre.Latitude:R},{centre.Longitude:R}&radiusKm={radius:R}&skill=SM54&order={(byStart ? "start" : "distance")}&from={Uri.EscapeDataString(now.ToString("O"))}&to={Uri.EscapeDataString(to.ToString("O"))}"
                )
            );
            var answer = JsonDocument
                .Parse(text)
                .RootElement.GetProperty("slots")
                .EnumerateArray()
                .Select(s => s.GetProperty("rangeId").GetGuid())
                .ToList();
            var expected = BruteForce(rows, centre, radius, now, to, desk.Departement, byStart);
            if (answer.SequenceEqual(expected))
                same++;
            else
                Report.Progress($"{engine}: search {i} differs: {answer.Count} rows against {expected.Count}");
        }
        Report.Fact("slots.search.equal-to-brute-force", engine.ToString(), size, same, $"of {Checks}");
        if (same != Checks)
            throw new ArgumentException("The search is wrong; its speed does not matter.");
    }

    private static List<Guid> BruteForce(
        List<Row> rows,
        GeoPoint centre,
        double radius,
        DateTimeOffset from,
        DateTimeOffset to,
        string departement,
        bool byStart
    )
    {
        var (ky, kx) = (GeoPoint.KmPerLatitude, centre.KmPerLongitude);
        double Key(Row r) =>
            ((r.Latitude - centre.Latitude) * ky * (r.Latitude - centre.Latitude) * ky)
            + ((r.Longitude - centre.Longitude) * kx * (r.Longitude - centre.Longitude) * kx);
        var found = rows.Where(r =>
                r.Start >= from.UtcTicks && r.Start < to.UtcTicks && r.Departement == departement && r.Skill == SkillGroups.GeneralPractice
            )
            .Select(r => (Row: r, Key: Key(r)))
            .Where(r => r.Key <= radius * radius);
        var ordered = byStart
            ? found.OrderBy(r => r.Row.Start).ThenBy(r => r.Key).ThenBy(r => r.Row.Shuffle)
            : found.OrderBy(r => r.Key).ThenBy(r => r.Row.Shuffle).ThenBy(r => r.Row.Start);
        return [.. ordered.Take(20).Select(r => r.Row.Id)];
    }
}
