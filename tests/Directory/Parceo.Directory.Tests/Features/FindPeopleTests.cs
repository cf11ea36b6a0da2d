using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Demo;
using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Features;
using Parceo.Directory.Import;
using Parceo.Directory.Tests.Import;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Geo;
using Parceo.Testing;
using static Parceo.Directory.Tests.Given;
using Query = Parceo.Directory.Contracts.FindPeople.Query;

namespace Parceo.Directory.Tests.Features;

[TestFixtureSource(typeof(EveryEngine))]
internal sealed class FindPeopleTests(Engine engine)
{
    private static readonly (RppsColumn, string)[] Woippy = [(RppsColumn.CommuneCode, "57751"), (RppsColumn.PostalCode, "57140")];
    private static readonly (RppsColumn, string)[] Sarrebourg = [(RppsColumn.CommuneCode, "57630"), (RppsColumn.PostalCode, "57400")];
    private static readonly (RppsColumn, string)[] Cardiologist = [(RppsColumn.SkillCode, "SM04")];
    private static readonly (RppsColumn, string)[] Nurse =
    [
        (RppsColumn.ProfessionCode, "60"),
        (RppsColumn.SkillCode, ""),
        (RppsColumn.SkillTypeCode, ""),
    ];

    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine);
        await host.Import([
            Line(1, "MULLER", "Anne"),
            Line(2, "MÜLLER", "Jean-Pierre", Woippy),
            Line(3, "MULLER-WEBER", "Chloé", Sarrebourg),
            Line(4, "MILLER", "John"),
            Line(5, "LE GOFF", "Yann"),
            Line(6, "D'ALMEIDA", "Inès"),
            Line(7, "SAINT-MARTIN", "Paul"),
            Line(8, "MARTIN", "Jean"),
            Line(9, "MARTIN", "Jeanne", Woippy),
            Line(10, "JEAN", "Martin", Sarrebourg),
            Line(11, "HADDAD", "Bilal", Cardiologist),
            Line(12, "FAURE", "Elsa", Nurse),
            Line(13, "ŒUVRARD", "Zoé", [.. Nurse, .. Woippy]),
            Line(14, "JACCOTTET", "Luc"),
            Line(
                15,
                "SANSLIEU",
                "Ève",
                (RppsColumn.StructureKey, ""),
                (RppsColumn.CommuneCode, ""),
                (RppsColumn.PostalCode, ""),
                (RppsColumn.Commune, "")
            ),
            .. Enumerable.Range(100, 60).Select(i => Line(i, $"ZED{(char)('A' + i / 26)}{(char)('A' + i % 26)}", "Max", Nurse)),
        ]);
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private async Task<List<string>> Names(Query query) => [.. (await host.Send(Professional, query)).People.Select(p => p.Name)];

    [TestCase(
        "muller",
        "Anne Muller",
        "Jean-Pierre Müller",
        "Chloé Muller-Weber",
        TestName = "Whole family names first, then beginnings, one letter away last"
    )]
    [TestCase("MÜLLER", "Anne Muller", "Jean-Pierre Müller", "Chloé Muller-Weber", TestName = "Case and accents do not matter")]
    [TestCase("muler", "Anne Muller", "Jean-Pierre Müller", "Chloé Muller-Weber", TestName = "A letter missing")]
    [TestCase("mulelr", "Anne Muller", "Jean-Pierre Müller", "Chloé Muller-Weber", TestName = "Letters swapped")]
    [TestCase("jacotet", "Luc Jaccottet", TestName = "Two doubled letters forgotten")]
    [TestCase("jean martin", "Martin Jean", "Jean Martin", "Jeanne Martin", TestName = "First and family name in either order")]
    [TestCase("martin jean", "Martin Jean", "Jean Martin", "Jeanne Martin", TestName = "Family and first name")]
    [TestCase("weber", "Chloé Muller-Weber", TestName = "A later part of a name")]
    [TestCase("legoff", "Yann Le Goff", TestName = "Written in one word")]
    [TestCase("le goff", "Yann Le Goff", TestName = "Written in two")]
    [TestCase("goff y", "Yann Le Goff", TestName = "Parts of names")]
    [TestCase("d’almeida", "Inès D'Almeida", TestName = "Any apostrophe")]
    [TestCase("dalmeida", "Inès D'Almeida", TestName = "No apostrophe")]
    [TestCase("st martin", "Paul Saint-Martin", TestName = "st for saint")]
    [TestCase("oeuvrard", "Zoé Œuvrard", TestName = "Ligature")]
    [TestCase("jean muler", "Jean-Pierre Müller", TestName = "First name and a misspelt family name")]
    [TestCase("cardio", "Bilal Haddad", TestName = "A specialty instead of a name")]
    public async Task By_name(string q, params string[] first) => Assert.That((await Names(new(q))).Take(first.Length), Is.EqualTo(first));

    [TestCase("xyzzy")]
    [TestCase("-'-")]
    [TestCase("%_*\"\\|")]
    [TestCase("muller xyzzy")]
    public async Task Nobody(string q) => Assert.That(await Names(new(q)), Is.Empty);

    [Test]
    public async Task By_national_number()
    {
        Assert.That(await Names(new(Rpps(4))), Is.EqualTo(["John Miller"]));
        Assert.That(await Names(new("8" + Rpps(4))), Is.EqualTo(["John Miller"]));
        Assert.That(await Names(new(Rpps(4)[..10] + " " + Rpps(4)[10..])), Is.EqualTo(["John Miller"]));
    }

    [Test]
    public async Task By_place_the_nearest_first_within_the_radius()
    {
        var found = (await host.Send(Professional, new Query("muller", Place: "57463", RadiusKm: 10))).People;
        Assert.That(found.Select(p => p.Name).Take(2), Is.EqualTo(["Anne Muller", "Jean-Pierre Müller"]));
        Assert.That(found.Select(p => p.Name), Has.No.Member("Chloé Muller-Weber"));
        Assert.That(found[0].Activities[0].DistanceKm, Is.Zero);
        Assert.That(found[1].Activities[0].DistanceKm, Is.InRange(3, 8));
        Assert.That((await Names(new(Place: "57400", RadiusKm: 5))).Order(), Is.EqualTo(["Chloé Muller-Weber", "Martin Jean"]));
        Assert.That((await Names(new(Place: "48.734,7.054", RadiusKm: 5))).Order(), Is.EqualTo(["Chloé Muller-Weber", "Martin Jean"]));
    }

    [TestCase("60", "60", TestName = "Profession by code")]
    [TestCase("infirmier", "60", TestName = "Profession by label")]
    public async Task By_profession(string profession, string _)
    {
        var names = await Names(new(Profession: profession, Limit: 3));
        Assert.That(names, Is.EqualTo(["Elsa Faure", "Zoé Œuvrard", "Max Zeddw"]));
        Assert.That(await Names(new(Profession: profession, Place: "57751", RadiusKm: 2)), Is.EqualTo(["Zoé Œuvrard"]));
        Assert.That(await Names(new("elsa", Profession: profession)), Is.EqualTo(["Elsa Faure"]));
        Assert.That(await Names(new("muller", Profession: profession)), Is.Empty);
    }

    [Test]
    public async Task By_specialty_and_group()
    {
        Assert.That(await Names(new(Skill: "SM04")), Is.EqualTo(["Bilal Haddad"]));
        Assert.That(
            await Names(new(Skill: "MEDECINE_GENERALE", Place: "57751", RadiusKm: 3)),
            Is.EquivalentTo(["Jean-Pierre Müller", "Jeanne Martin"])
        );
        Assert.That(await Names(new("muller", Skill: "SM04")), Is.Empty);
        Assert.That(await Names(new(Skill: "SM9999")), Is.Empty);
    }

    [TestCase("")]
    [TestCase("zed")]
    public async Task Pages_follow_each_other_without_gap_or_repeat(string q)
    {
        var all = new List<Guid>();
        for (string? next = null; ; )
        {
            var page = await host.Send(Professional, new Query(q, Limit: 7, Next: next));
            Assert.That(page.People, Has.Count.LessThanOrEqualTo(7));
            all.AddRange(page.People.Select(p => p.Id));
            if ((next = page.Next) is null)
            {
                break;
            }
        }
        Assert.That(all, Is.Unique);
        Assert.That(all, Has.Count.EqualTo(q.Length == 0 ? 75 : 60));
        Assert.That(all, Is.EqualTo((await host.Send(Professional, new Query(q, Limit: 100))).People.Select(p => p.Id)));
    }

    [Test]
    public async Task Pages_by_distance_follow_each_other()
    {
        var all = new List<Guid>();
        for (string? next = null; ; )
        {
            var page = await host.Send(Professional, new Query(Place: "57000", RadiusKm: 120, Limit: 9, Next: next));
            all.AddRange(page.People.Select(p => p.Id));
            if ((next = page.Next) is null)
            {
                break;
            }
        }
        Assert.That(all, Is.Unique);
        Assert.That(all, Has.Count.EqualTo(74), "everyone but who works nowhere");
    }

    [Test]
    public async Task S50_a_list_by_distance_ends_after_a_thousand_however_wide_the_circle()
    {
        await using var bigger = await ParceoHost.Start(engine);
        await bigger.Import(Sample.Synthetic(new() { Lines = 3_000, Departements = ["57"] }));
        var all = new List<Guid>();
        string? next = null;
        do
        {
            var page = await bigger.Send(Professional, new Query(Place: "57000", RadiusKm: 500, Limit: 100, Next: next));
            all.AddRange(page.People.Select(p => p.Id));
            next = page.Next;
        } while (next is not null);
        Assert.That(all, Is.Unique);
        Assert.That(all, Has.Count.EqualTo(1_000));
    }

    [TestCase("limit=0", "people_limit_invalid")]
    [TestCase("limit=101", "people_limit_invalid")]
    [TestCase("radiusKm=-1", "people_radius_invalid")]
    [TestCase("place=zzzz", "people_place_unknown")]
    [TestCase("next=abc", "people_next_invalid")]
    [TestCase("next=1.Robert'); drop", "people_next_invalid")]
    public async Task Wrong_questions_are_refused(string what, string code)
    {
        var (name, value) = what.Split('=') is var parts ? (parts[0], parts[1]) : default;
        var query = name switch
        {
            "limit" => new Query(Limit: int.Parse(value, CultureInfo.InvariantCulture)),
            "radiusKm" => new Query(Place: "57000", RadiusKm: double.Parse(value, CultureInfo.InvariantCulture)),
            "place" => new Query(Place: value),
            _ => new Query(Next: value),
        };
        var refusal = await Expect.Refused(() => host.Send(Professional, query));
        Assert.That(refusal.Status, Is.EqualTo(400));
        Assert.That(
            refusal is InvalidException invalid && invalid.Errors.Count > 0 ? invalid.Errors.Values.SelectMany(e => e) : [refusal.Code],
            Has.Member(code)
        );
    }

    [Test]
    public async Task Nobody_searches_without_signing_in()
    {
        using var client = host.Client();
        Assert.That(
            (await client.GetAsync(new Uri("/api/directory/people?q=muller", UriKind.Relative))).StatusCode,
            Is.EqualTo(System.Net.HttpStatusCode.Unauthorized)
        );
        Assert.That(
            (await client.GetAsync(new Uri("/api/directory/places?q=metz", UriKind.Relative))).StatusCode,
            Is.EqualTo(System.Net.HttpStatusCode.Unauthorized)
        );
    }

    [Test]
    public async Task Practitioners_by_id_for_other_modules()
    {
        var id = PersonKey.Parse("8" + Rpps(11)).PersonId();
        var practitioner = (await host.Send(Professional, new Contracts.GetPractitioners.Query([id, Guid.CreateVersion7()]))).Single();
        Assert.That(
            (practitioner.Name, practitioner.Skill, practitioner.CareCode),
            Is.EqualTo(("Bilal Haddad", "Cardiologie et Maladies vasculaires", "SM04"))
        );
        Assert.That(
            practitioner.Activities.Single(),
            Has.Property("CommuneName").EqualTo("Metz").And.Property("Departement").EqualTo("57").And.Property("Latitude").EqualTo(49.10814)
        );
    }

    [TestCase("Metz", "57463", false)]
    [TestCase("57000", "57463", false)]
    [TestCase("57463", "57463", false)]
    [TestCase("Metz (57000)", "57463", false)]
    [TestCase("49.108, 6.196", "57463", true)]
    public async Task Places(string text, string insee, bool precise)
    {
        var place = await host.Send(Professional, new Contracts.ResolveLocation.Query(text));
        Assert.That((place?.Commune, place?.Departement, place?.Precise), Is.EqualTo((insee, "57", precise)));
    }

    [Test]
    public async Task A_map_has_the_territory_the_most_peopled_first_then_its_neighbours()
    {
        var map = await host.Send(Professional, new Contracts.MapCommunes.Query(["57751", "57463", "99999"], []));
        Assert.That(map.Where(c => c.IsInside).Select(c => c.Name), Is.EqualTo(new[] { "Metz", "Woippy" }));
        Assert.That(map.Count(c => !c.IsInside), Is.EqualTo(40));
        Assert.That(map.Select(c => c.Insee), Is.Unique);
        Assert.That(map.Select(c => c.Latitude), Is.All.InRange(48.9, 49.3));
        Assert.That(map.Select(c => c.Name), Does.Contain("Montigny-lès-Metz").And.Not.Contain("Thionville"));
        Assert.That(await host.Send(Professional, new Contracts.MapCommunes.Query([], [])), Is.Empty);
        Assert.That(
            (await host.Send(Professional, new Contracts.MapCommunes.Query([], ["57"]))).Count(c => c.IsInside),
            Is.InRange(700, 750)
        );
    }

    [TestCase("")]
    [TestCase("nulle part ailleurs")]
    [TestCase("99,181")]
    public async Task No_place(string text) =>
        Assert.That(await host.Send(Professional, new Contracts.ResolveLocation.Query(text)), Is.Null);

    [Test]
    public async Task A_page_of_a_person()
    {
        var page = await host.Send(Professional, new GetPerson.Query(PersonKey.Parse("8" + Rpps(2)).PersonId(), "Metz"));
        Assert.That((page.Name, page.Profession, page.From), Is.EqualTo(("Jean-Pierre Müller", "Médecin", "Metz (57000)")));
        Assert.That(page.Activities.Single().DistanceKm, Is.InRange(3, 8));
        Assert.That(
            (await Expect.Refused(() => host.Send(Professional, new GetPerson.Query(Guid.CreateVersion7())))).Code,
            Is.EqualTo("professional_unknown")
        );
    }

    [Test]
    public async Task Searches_use_indexes_and_never_read_everyone()
    {
        if (engine == Engine.SqlServer)
        {
            Assert.Ignore("How it plans is not asked here.");
        }
        await using var bigger = await ParceoHost.Start(engine);
        await bigger.Import(Sample.Synthetic(new() { Lines = 6_000, Departements = ["57", "54"] }));
        var statements = new List<(string Text, DbParameter[] With)>();
        using var listener = new Statements(statements);
        foreach (
            var query in new Query[]
            {
                new("muller"),
                new("muler"),
                new("marie martin"),
                new(Place: "57463", RadiusKm: 10, Profession: "60"),
                new(Place: "57463", RadiusKm: 10, Skill: "MEDECINE_GENERALE"),
                new(Profession: "60"),
                new(Skill: "SM54"),
                new("infirmière metz"),
                new("cardiologue"),
                new("hôpital"),
                new("hôpital metz"),
                new("muller metz"),
                new("dr muler"),
                new("metz"),
                new(),
            }
        )
        {
            await bigger.Send(Professional, query);
        }
        Assert.That(statements, Has.Count.GreaterThan(20));
        var scans = new List<string>();
        await bigger.With<DirectoryDb, int>(async db =>
        {
            await db.Database.OpenConnectionAsync();
            if (engine == Engine.PostgreSql)
            {
                // On tables so small it reads them whole unless it is told that this is dear: then it does so only where no index would do.
                await db.Database.ExecuteSqlAsync($"SET enable_seqscan = off");
            }
            // The host's own workers speak meanwhile: what they read of their queues in order is not a search.
            foreach (
                var (text, with) in statements
                    .DistinctBy(s => s.Text)
                    .Where(s =>
                        !s.Text.Contains("outbox", StringComparison.Ordinal) && !s.Text.Contains("platform", StringComparison.Ordinal)
                    )
            )
            {
                using var command = db.Database.GetDbConnection().CreateCommand();
                command.CommandText = (engine == Engine.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + text;
                command.Parameters.AddRange(with);
                using var plan = await command.ExecuteReaderAsync();
                while (await plan.ReadAsync())
                {
                    var step = plan.GetString(engine == Engine.Sqlite ? 3 : 0);
                    // A list by name walks the index of names and stops at the page's end: that is no reading of everyone.
                    if (
                        step.Contains("Seq Scan on ", StringComparison.Ordinal)
                        || (
                            step.StartsWith("SCAN ", StringComparison.Ordinal)
                            && !step.Contains("VIRTUAL TABLE", StringComparison.Ordinal)
                            && !step.Contains("sort_key", StringComparison.Ordinal)
                        )
                    )
                    {
                        scans.Add($"{step} ← {text}");
                    }
                }
            }
            return 0;
        });
        Assert.That(scans, Is.Empty);
    }

    [Test, Explicit("Measures; run alone")]
    public async Task Speed_of_searches()
    {
        await using var bigger = await ParceoHost.Start(engine);
        await bigger.Import(Sample.Synthetic(new() { Lines = 100_000, Departements = ["57", "54", "55", "88", "67", "68"] }));
        var random = new Random(5);
        string[] communes = ["57463", "67482", "54395", "68224", "88160", "55029", "57672"];
        (string Kind, Func<Query> Make)[] kinds =
        [
            ("first letters", () => new(SyntheticNames.Family[random.Next(SyntheticNames.Family.Length)][..random.Next(1, 4)])),
            ("family name", () => new(SyntheticNames.Family[random.Next(SyntheticNames.Family.Length)])),
            ("one letter wrong", () => new(SyntheticNames.Family[random.Next(SyntheticNames.Family.Length)].Remove(1, 1))),
            ("both names near a place", () =>
                new(
                    $"{SyntheticNames.Given[random.Next(80)]} {SyntheticNames.Family[random.Next(80)]}",
                    Place: communes[random.Next(communes.Length)],
                    RadiusKm: 30
                )
            ),
            ("nurses near a place", () => new(Profession: "60", Place: communes[random.Next(communes.Length)])),
            ("general practitioners near a place", () => new(Skill: "MEDECINE_GENERALE", Place: communes[random.Next(communes.Length)])),
            ("profession by name", () => new(Profession: "10")),
        ];
        foreach (var (kind, make) in kinds)
        {
            var times = new List<double>();
            for (var round = 0; round < 320; round++)
            {
                var query = make();
                var started = System.Diagnostics.Stopwatch.GetTimestamp();
                await bigger.Send(Professional, query);
                if (round >= 20)
                {
                    times.Add(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
            times.Sort();
            TestContext.Out.WriteLine($"{engine}, {kind}: p50 {times[150]:F1} ms, p99 {times[297]:F1} ms");
        }
    }

    /// <summary>SQL of this process's contexts while it lives.</summary>
    private sealed class Statements
        : IDisposable,
            IObserver<System.Diagnostics.DiagnosticListener>,
            IObserver<KeyValuePair<string, object?>>
    {
        private readonly List<(string Text, DbParameter[] With)> statements;
        private readonly List<IDisposable> subscriptions = [];

        public Statements(List<(string Text, DbParameter[] With)> statements)
        {
            this.statements = statements;
            subscriptions.Add(System.Diagnostics.DiagnosticListener.AllListeners.Subscribe(this));
        }

        public void OnNext(System.Diagnostics.DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
            {
                subscriptions.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (
                value.Value is CommandExecutedEventData data
                && (
                    data.Command.CommandText.Contains("directory_", StringComparison.Ordinal)
                    || data.Command.CommandText.Contains("directory.", StringComparison.Ordinal)
                )
                && data.Command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)
            )
            {
                lock (statements)
                {
                    statements.Add(
                        (data.Command.CommandText, [.. data.Command.Parameters.Cast<DbParameter>().Select(p => Copy(data.Command, p))])
                    );
                }
            }
        }

        /// <summary>For another command: one is gone with its context.</summary>
        private static DbParameter Copy(DbCommand command, DbParameter of)
        {
            if (of is ICloneable known)
            {
                return (DbParameter)known.Clone();
            }
            var copy = command.CreateParameter();
            (copy.ParameterName, copy.Value) = (of.ParameterName, of.Value);
            return copy;
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void Dispose() => subscriptions.ForEach(s => s.Dispose());
    }
}
