using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Geo;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Slots.Search;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Slots.Tests.Features;

/// <summary>The search against a look at every row, and where it must not look.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class SearchTests(Engine engine)
{
    private static readonly string[] Departements = ["57", "54", "88"];
    private readonly List<SlotRange> ranges = [];
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine);
        var (random, now) = (new Random(8), host.Clock.GetUtcNow());
        await host.With<SlotsDb, int>(async db =>
        {
            for (var i = 0; i < 150; i++)
            {
                var at = new GeoPoint(Given.Metz.Latitude + random.NextDouble() - 0.5, Given.Metz.Longitude + random.NextDouble() - 0.5);
                var departement = Departements[random.Next(3)];
                var calendar = Given.Calendar(
                    at,
                    departement,
                    random.Next(4) == 0 ? "CARDIOLOGIE" : "MEDECINE_GENERALE",
                    commune: random.Next(6) == 0 ? null : departement + $"{random.Next(6):000}"
                );
                db.Add(calendar);
                for (var slot = 0; slot < 6; slot++)
                {
                    // Few starts, so that many are equal and the other keys decide; some are full.
                    var range = Given.Range(
                        calendar,
                        now,
                        inHours: 1 + random.Next(8) + (slot * 10),
                        lastsHours: 0.25,
                        mode: random.Next(3) == 0 ? Mode.Visite : Mode.Cabinet
                    );
                    if (random.Next(6) == 0)
                        db.Add(
                            range.Book(
                                Guid.CreateVersion7(),
                                Guid.NewGuid(),
                                Guid.NewGuid(),
                                "x",
                                new PatientTraits(1, Sex.Unknown, null, null),
                                now
                            )
                        );
                    ranges.Add(range);
                    db.Add(range);
                }
            }
            return await db.SaveChangesAsync();
        });
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task S22_Every_page_of_every_order_equals_a_look_at_every_row([Values] SlotOrder order)
    {
        using var search = new CellSlotSearch(Options);
        var (random, now) = (new Random(3 + (int)order), host.Clock.GetUtcNow());
        for (var round = 0; round < 25; round++)
        {
            var centre = new GeoPoint(
                Given.Metz.Latitude + ((random.NextDouble() - 0.5) * 0.4),
                Given.Metz.Longitude + ((random.NextDouble() - 0.5) * 0.4)
            );
            // Everywhere, whole départements, communes, or both; often communes of a département that is granted whole.
            var territory =
                random.Next(5) == 0
                    ? null
                    : new Territory(
                        [.. Departements.Take(random.Next(4))],
                        random.Next(2) == 0
                            ? []
                            :
                            [
                                .. Enumerable
                                    .Range(0, 1 + random.Next(6))
                                    .Select(_ => Departements[random.Next(3)] + $"{random.Next(6):000}")
                                    .Distinct(),
                            ]
                    );
            var query = new SlotQuery(
                centre,
                5 + (random.NextDouble() * 50),
                now.AddHours(random.Next(10)),
                now.AddHours(12 + random.Next(60)),
                random.Next(3) == 0 ? null : "MEDECINE_GENERALE",
                random.Next(3) == 0 ? Mode.Cabinet : null,
                territory,
                order,
                1 + random.Next(1000),
                null,
                1 + random.Next(30)
            );
            var expected = BruteForce(query);
            var found = new List<Guid>();
            for (var pages = 0; pages < 200; pages++)
            {
                var page = await search.Find(query, CancellationToken.None);
                found.AddRange(page.Select(s => s.RangeId));
                if (page.Count < query.Limit)
                    break;
                query = query with { After = page[^1].Cursor };
            }
            Assert.That(
                found,
                Is.EqualTo(expected),
                $"round {round}: {query}, {string.Join(' ', query.Territory?.Departements.Concat(query.Territory.Communes) ?? [])}"
            );
        }
    }

    [Test]
    public async Task The_keys_are_found_in_the_index_alone([Values] SlotOrder order, [Values] bool communes, [Values] bool after)
    {
        if (engine == Engine.SqlServer)
            Assert.Ignore("The plans of SQLite and PostgreSQL are read; SQL Server shows its own in another way.");
        var sqlite = engine == Engine.Sqlite;
        string List(string json) => sqlite ? $"'[{json}]'" : $"'{{{json}}}'";
        var values = new Dictionary<string, string>
        {
            ["@cells"] = sqlite && order == SlotOrder.Start ? "7" : List("7,8"),
            ["@territory"] = sqlite && order == SlotOrder.Start ? "'57'" : List("\"57\""),
            ["@whole"] = List("\"54\""),
            ["@communes"] = List("\"57463\",\"57751\""),
            ["@from"] = sqlite ? "1" : "'2026-01-01'::timestamptz",
            ["@to"] = sqlite ? "2" : "'2026-02-01'::timestamptz",
            ["@aStart"] = sqlite ? "1" : "'2026-01-01'::timestamptz",
            ["@skill"] = "'x'",
            ["@mode"] = "'x'",
            ["@aKey"] = "1",
            ["@aShuffle"] = "1",
            ["@limit"] = "20",
            ["@seed"] = "7",
            ["@lat"] = "49.0",
            ["@lon"] = "6.0",
            ["@ky"] = "111.0",
            ["@kx"] = "73.0",
            ["@r2"] = "400.0",
        };
        var sql = Regex.Replace(SearchSql.Of(engine, new SearchKind(order, after, Anywhere: false, communes)), "@\\w+", m =>
            values[m.Value]
        );
        var plan = await host.With<SlotsDb, List<string>>(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            // With so few rows PostgreSQL would rather read them all.
            if (!sqlite)
            {
                command.CommandText = "SET enable_seqscan = off; SET enable_bitmapscan = off";
                await command.ExecuteNonQueryAsync();
            }
#pragma warning disable CA2100 // constants
            command.CommandText = (sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + sql;
#pragma warning restore CA2100
            var lines = new List<string>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                lines.Add(reader.GetString(sqlite ? 3 : 0));
            return lines;
        });
        var (scan, condition) = sqlite
            ? ("USING COVERING INDEX ix_slots_slot_range_cell_departement", "(cell=? AND departement=? AND start>? AND start<?)")
            : ("Index Only Scan using ix_slots_slot_range_cell_departement", "AND (start >=");
        Assert.That(plan, Has.Some.Contains(scan), string.Join('\n', plan));
        Assert.That(plan, Has.Some.Contains(condition), string.Join('\n', plan));
    }

    [Test]
    public async Task The_same_word_is_another_place_in_another_territory()
    {
        async Task<string?> Meant(IReadOnlyCollection<string> departements, params string[] communes) =>
            (
                await host.Send(
                    new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Regulator)
                    {
                        Departements = [.. departements],
                        Communes = [.. communes],
                    },
                    new SearchSlots.Query("Marly", 20)
                )
            )
                .Location
                .Commune;
        Assert.That(await Meant(["57"]), Is.EqualTo("57447"));
        Assert.That(await Meant(["59"]), Is.EqualTo("59383"), "what the first one meant is not kept for the second");
        Assert.That(await Meant([], "57463", "57447"), Is.EqualTo("57447"), "a community's communes");
    }

    [Test]
    public async Task A_place_at_a_pole_is_no_place_and_the_date_line_has_no_slot()
    {
        var regulator = TestUser.Regulator();
        Assert.That((await Refused(() => host.Send(regulator, new SearchSlots.Query("90,0", 500)))).Status, Is.EqualTo(400));
        Assert.That((await Refused(() => host.Send(regulator, new SearchSlots.Query("-90,0", 500)))).Status, Is.EqualTo(400));
        Assert.That(await Found("0,180"), Is.Zero);
        Assert.That(await Found("0,-180"), Is.Zero);

        async Task<int> Found(string place)
        {
            try
            {
                return (await host.Send(regulator, new SearchSlots.Query(place, 500))).Slots.Count;
            }
            catch (InvalidException)
            {
                return 0;
            }
        }
    }

    [Test]
    public async Task Two_practices_of_one_doctor_are_two_results()
    {
        var doctor = Guid.CreateVersion7();
        await host.StoredRange(inHours: 200, at: new GeoPoint(47.0, 3.0), practitioner: doctor);
        await host.StoredRange(inHours: 201, at: new GeoPoint(47.01, 3.0), practitioner: doctor);
        await host.StoredRange(inHours: 202, at: new GeoPoint(47.0, 3.01));
        using var search = new CellSlotSearch(Options);
        var now = host.Clock.GetUtcNow();
        foreach (var order in new[] { SlotOrder.Random, SlotOrder.Distance })
        {
            var slots = await search.Find(
                new SlotQuery(
                    new GeoPoint(47.0, 3.0),
                    20,
                    now,
                    now.AddHours(300),
                    null,
                    null,
                    new Territory(["57"], []),
                    order,
                    7,
                    null,
                    20
                ),
                CancellationToken.None
            );
            var page = FoundEffectors.Of(slots, full: false, "Ici", 20, order, 7, new DateOnly(2026, 11, 22));
            Assert.That(page.Effectors.Select(e => e.CalendarId), Is.Unique.And.Exactly(3).Items);
            Assert.That(page.Effectors.Count(e => e.PractitionerId == doctor), Is.EqualTo(2));
            Assert.That(page.Effectors.SelectMany(e => e.Slots).Count(), Is.EqualTo(3));
        }
    }

    private DatabaseOptions Options =>
        host.Services.GetService(typeof(DatabaseOptions)) as DatabaseOptions ?? throw new InvalidOperationException();

    private List<Guid> BruteForce(SlotQuery q)
    {
        var (ky, kx) = (GeoPoint.KmPerLatitude, q.Centre.KmPerLongitude);
        double Square(SlotRange r) =>
            ((r.Latitude - q.Centre.Latitude) * ky * (r.Latitude - q.Centre.Latitude) * ky)
            + ((r.Longitude - q.Centre.Longitude) * kx * (r.Longitude - q.Centre.Longitude) * kx);
        var free = ranges.Where(r =>
            r.Open
            && r.Start >= q.From
            && r.Start < q.To
            && (q.Skill is null || r.Skill == q.Skill)
            && (q.Mode is null || r.Mode == q.Mode)
            && (q.Territory is null || q.Territory.Departements.Contains(r.Departement) || q.Territory.Communes.Contains(r.CommuneCode))
            && Square(r) <= q.RadiusKm * q.RadiusKm
        );
        var ordered = q.Order switch
        {
            SlotOrder.Start => free.OrderBy(r => r.Start).ThenBy(Square).ThenBy(r => r.Shuffle),
            SlotOrder.Random => free.OrderBy(r => (long)r.Shuffle * q.Seed % 2147483647).ThenBy(r => r.Shuffle).ThenBy(r => r.Start),
            _ => free.OrderBy(Square).ThenBy(r => r.Shuffle).ThenBy(r => r.Start),
        };
        return [.. ordered.Select(r => r.Id)];
    }
}
