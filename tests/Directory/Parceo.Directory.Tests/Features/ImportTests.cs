using System.Data;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Demo;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Features;
using Parceo.Directory.Import;
using Parceo.Directory.Reference;
using Parceo.Directory.Tests.Import;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Directory.Tests.Given;

namespace Parceo.Directory.Tests.Features;

/// <summary>A database per test: an import concerns the whole directory.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class ImportTests(Engine engine)
{
    private readonly StoppingProgress progress = new();
    private readonly Meanwhile meanwhile = new();
    private ParceoHost host = null!;

    [SetUp]
    public async Task Start() => host = await ParceoHost.Start(engine, services: s =>
        {
            s.AddSingleton<ImportProgress>(progress);
            meanwhile.Watch<DirectoryDbSqlite, DirectoryDbPostgreSql, DirectoryDbSqlServer>(s);
        });

    [TearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task A_file_is_imported_once_and_the_second_time_changes_nothing_not_even_an_instant()
    {
        var file = Sample.Synthetic(
            new()
            {
                Lines = 3_000,
                Departements = ["57"],
                BadLineEvery = 200,
            }
        );
        var first = await host.Import(file);
        Assert.That((first.State, first.Rejected, first.Gone), Is.EqualTo((ImportState.Done, 15L, 0)));
        Assert.That(first.Created, Is.EqualTo(first.People).And.GreaterThan(2_000));
        var before = await host.Stored(withInstants: true);
        var second = await host.Import(file);
        Assert.That((second.State, second.Created, second.Changed, second.Gone), Is.EqualTo((ImportState.Done, 0, 0, 0)));
        Assert.That(await host.Stored(withInstants: true), Is.EqualTo(before));
    }

    [Test]
    public async Task The_plain_writer_too_brings_back_who_was_hidden()
    {
        await host.Import([Line(1, "MULLER", "Anne"), Line(2, "JOLY", "Gaël")]);
        await host.Import([Line(1, "MULLER", "Anne")], force: true);
        await host.With<DirectoryDb, int>(async db =>
        {
            var back = Sample.People(Sample.File(Sample.Header, Line(2, "JOLY", "Gaël")));
            back.ForEach(p => p.Stamp(PersonOrigin.National, DateTimeOffset.UnixEpoch));
            await new PlainBulk(db).Replace(back, areNew: true, CancellationToken.None);
            return back.Count;
        });
        Assert.That(await host.With<DirectoryDb, int>(db => db.People.CountAsync(p => p.GoneAt == null)), Is.EqualTo(2));
    }

    [Test]
    public async Task The_fast_writer_stores_what_the_plain_one_stores()
    {
        var days = Enumerable
            .Range(0, 3)
            .Select(day =>
                Sample.Synthetic(
                    new()
                    {
                        Lines = 1_500,
                        Departements = ["57"],
                        Day = day * 5,
                    }
                )
            )
            .ToList();
        foreach (var day in days)
        {
            Assert.That((await host.Import(day, force: true)).State, Is.EqualTo(ImportState.Done));
        }
        var fast = await host.Stored();

        await host.With<DirectoryDb, int>(async db =>
        {
            // What the last file holds, written plainly beside it.
            var people = Sample.People(Sample.Raw(days[^1]));
            await db.Activities.ExecuteDeleteAsync();
            await db.Skills.ExecuteDeleteAsync();
            await db.NameWords.ExecuteDeleteAsync();
            await db.People.Where(p => p.GoneAt == null).ExecuteDeleteAsync();
            people.ForEach(p => p.Stamp(PersonOrigin.National, DateTimeOffset.UnixEpoch));
            await new PlainBulk(db).Replace(people, areNew: true, CancellationToken.None);
            return people.Count;
        });
        Assert.That(await host.Stored(), Is.EqualTo(fast));
    }

    [Test]
    public async Task The_next_file_adds_changes_and_hides()
    {
        await host.Import([Line(1, "MULLER", "Anne"), Line(2, "JOLY", "Gaël"), Line(3, "PETIT", "Claire")]);
        var run = await host.Import(
            [Line(1, "MULLER", "Anne"), Line(2, "JOLY", "Gaël", (RppsColumn.Phone, "0387111111")), Line(4, "ROCHE", "Amandine")],
            force: true
        );
        Assert.That((run.Created, run.Changed, run.Gone), Is.EqualTo((1, 1, 1)));
        var stored = await host.With<DirectoryDb, List<Person>>(db => db.People.AsNoTracking().OrderBy(p => p.NationalId).ToListAsync());
        Assert.That(
            stored.Select(p => (p.FamilyName, Gone: p.GoneAt is not null)),
            Is.EqualTo([("MULLER", false), ("JOLY", false), ("PETIT", true), ("ROCHE", false)])
        );
        Assert.That(await host.With<DirectoryDb, int>(db => db.Activities.CountAsync(a => a.PersonId == stored[2].Id)), Is.Zero);

        // Somebody who comes back comes back under the same ids.
        var back = await host.Import([
            Line(1, "MULLER", "Anne"),
            Line(2, "JOLY", "Gaël"),
            Line(3, "PETIT", "Claire"),
            Line(4, "ROCHE", "Amandine"),
        ]);
        Assert.That((back.Created, back.Changed, back.Gone), Is.EqualTo((1, 1, 0)));
        Assert.That(
            await host.With<DirectoryDb, Person>(db => db.People.AsNoTracking().SingleAsync(p => p.FamilyName == "PETIT")),
            Has.Property("Id").EqualTo(stored[2].Id).And.Property("GoneAt").Null
        );
    }

    [Test]
    public async Task A_file_without_a_required_column_is_refused_before_anything_is_touched()
    {
        await host.Import([Line(1, "MULLER", "Anne")]);
        var before = await host.Stored(withInstants: true);
        var header = Sample.Header.Replace("|Code profession|", "|Code du métier|", StringComparison.Ordinal);
        var run = await host.Import(Encoding.UTF8.GetBytes($"{header}\n{Line(2, "JOLY", "Gaël")}\n"));
        Assert.That((run.State, run.Refusal, run.Detail), Is.EqualTo((ImportState.Refused, "import_column_missing", "Code profession")));
        Assert.That(await host.Stored(withInstants: true), Is.EqualTo(before));
    }

    [TestCase("truncated", "import_truncated")]
    [TestCase("smaller", "import_much_smaller")]
    [TestCase("rejects", "import_too_many_rejects")]
    [TestCase("vanished", "import_profession_vanished")]
    [TestCase("nobody", "import_nobody")]
    public async Task A_file_that_cannot_be_right_is_refused(string wrong, string code)
    {
        var lines = Enumerable
            .Range(0, 1_000)
            .Select(i => Line(i, $"NOM{(char)('A' + i % 26)}", "Anne", (RppsColumn.ProfessionCode, i % 40 == 0 ? "50" : "10")))
            .ToList();
        await host.Import(lines);
        var before = await host.Stored(withInstants: true);
        var bad = Sample.Line((RppsColumn.Identifier, "10900000019"));
        var run = wrong switch
        {
            "truncated" => await host.Import(Encoding.UTF8.GetBytes($"{Sample.Header}\n{string.Join('\n', lines)}")[..^20]),
            "smaller" => await host.Import(lines.Take(900)),
            "rejects" => await host.Import(lines.Concat(Enumerable.Repeat(bad, 120))),
            "vanished" => await host.Import(lines.Where((_, i) => i % 40 != 0)),
            _ => await host.Import([bad]),
        };
        Assert.That((run.State, run.Refusal), Is.EqualTo((ImportState.Refused, code)));
        Assert.That(await host.Stored(withInstants: true), Is.EqualTo(before));
    }

    [Test]
    public async Task A_person_can_decide_to_import_a_smaller_file()
    {
        await host.Import(Enumerable.Range(0, 100).Select(i => Line(i, "MULLER", "Anne")));
        var run = await host.Import([Line(1, "MULLER", "Anne")], force: true);
        Assert.That((run.State, run.Gone), Is.EqualTo((ImportState.Done, 99)));
    }

    [Test]
    public async Task Lines_set_aside_are_reported_with_number_and_reason()
    {
        var run = await host.Import([
            Line(1, "MULLER", "Anne"),
            Sample.Line((RppsColumn.Identifier, "10900000019")),
            "trop|court",
            Line(2, "JOLY", "Gaël"),
        ]);
        Assert.That((run.State, run.Lines, run.Rejected, run.People), Is.EqualTo((ImportState.Done, 2L, 2L, 2)));
        var report = await host.SendAsSystem(new GetImportRejects.Query(run.Id));
        Assert.That(
            report.Rows.Select(r => (r.Line, r.Reason, r.Identifier)),
            Is.EqualTo([(3L, "rpps", "10900000019"), (4L, "field_count", "")])
        );
    }

    [Test]
    public async Task A_file_for_some_departements_leaves_the_others_alone()
    {
        await host.Import([
            Line(1, "METZ", "Anne"),
            Line(2, "PARIS", "Anne", (RppsColumn.CommuneCode, "75112"), (RppsColumn.PostalCode, "75012")),
        ]);
        var run = await host.Import(
            [Line(3, "NOUVELLE", "Anne"), Line(4, "AILLEURS", "Anne", (RppsColumn.CommuneCode, "75112"))],
            departements: "57"
        );
        Assert.That((run.Created, run.Gone), Is.EqualTo((1, 1)));
        Assert.That(
            await host.With<DirectoryDb, List<string>>(db =>
                db.People.Where(p => p.GoneAt == null).OrderBy(p => p.FamilyName).Select(p => p.FamilyName).ToListAsync()
            ),
            Is.EqualTo(["NOUVELLE", "PARIS"])
        );
    }

    [TestCase(false), TestCase(true, TestName = "An import that stopped half way, in the driver's own words, is simply run again")]
    public async Task An_import_that_stopped_half_way_is_simply_run_again(bool inOwnWords)
    {
        await host.Import([Line(800_000_000, "MULLER", "Anne")]);
        var file = Sample.Synthetic(new() { Lines = 9_000, Departements = ["57"] });
        using var stop = new CancellationTokenSource();
        var path = Path.Combine(host.Database.Folder, "big.txt");
        await File.WriteAllBytesAsync(path, file);
        var id = await host.Send(Administrator, new StartImport.Command(path, "big.txt", "", true, Given.Reason));
        progress.AtWriting = () =>
        {
            stop.Cancel();
            if (inOwnWords)
                throw new DataException("Operation cancelled by user."); // as SqlClient does
        };
        var import = host.Services.GetRequiredService<DirectoryImporter>().Run(id, stop.Token);
        Assert.That(
            async () => await import,
            inOwnWords ? Throws.InstanceOf<DataException>() : Throws.InstanceOf<OperationCanceledException>()
        );
        progress.AtWriting = null;
        Assert.That(
            await host.With<DirectoryDb, string?>(db => db.ImportRuns.Where(r => r.Id == id).Select(r => r.Refusal).SingleAsync()),
            Is.EqualTo("import_interrupted")
        );

        // Whoever was written is whole; nobody has left yet.
        var half = await host.With<DirectoryDb, List<Person>>(db => db.People.AsNoTracking().ToListAsync());
        Assert.That(half.Count(p => p.GoneAt is null), Is.EqualTo(half.Count).And.GreaterThan(1));
        Assert.That(
            await host.With<DirectoryDb, int>(db => db.People.CountAsync(p => !db.NameWords.Any(w => w.PersonId == p.Id))),
            Is.Zero
        );

        var again = await host.Import(file, force: true);
        Assert.That((again.State, again.Created + half.Count - 1, again.Gone), Is.EqualTo((ImportState.Done, again.People, 1)));
        var stored = await host.Stored(withInstants: true);
        var twice = await host.Import(file);
        Assert.That((twice.Created, twice.Changed, twice.Gone), Is.EqualTo((0, 0, 0)));
        Assert.That(await host.Stored(withInstants: true), Is.EqualTo(stored));
    }

    [Test]
    public async Task Others_write_while_an_import_does()
    {
        var file = Sample.Synthetic(new() { Lines = 9_000, Departements = ["57"] });
        var written = 0;
        // From inside the import: were it to keep the only writer of SQLite, this would wait for its end, which waits for this.
        progress.AtWriting = () =>
        {
            Task.Run(() =>
                    host.With<DirectoryDb, int>(async db =>
                    {
                        db.ImportRejects.Add(
                            new ImportReject
                            {
                                RunId = Guid.Empty,
                                Line = ++written,
                                Reason = "test",
                                Identifier = "",
                            }
                        );
                        return await db.SaveChangesAsync();
                    })
                )
                .WaitAsync(TimeSpan.FromSeconds(30))
                .GetAwaiter()
                .GetResult();
        };
        var run = await host.Import(file);
        progress.AtWriting = null;
        Assert.That(run.State, Is.EqualTo(ImportState.Done));
        Assert.That(written, Is.GreaterThan(2));
        Assert.That(await host.With<DirectoryDb, int>(db => db.ImportRejects.CountAsync(r => r.RunId == Guid.Empty)), Is.EqualTo(written));
    }

    [Test]
    public async Task One_import_at_a_time_and_a_dead_one_does_not_block_for_ever()
    {
        var path = Path.Combine(host.Database.Folder, "x.txt");
        var command = new StartImport.Command(path, "x.txt", "", false, Given.Reason);
        await host.Send(Administrator, command);
        Assert.That((await Expect.Refused(() => host.Send(Administrator, command))).Code, Is.EqualTo("import_running"));
        host.Clock.Advance(ImportRun.Lease + TimeSpan.FromSeconds(1));
        Assert.That(await host.Send(Administrator, command), Is.Not.EqualTo(Guid.Empty));
    }

    [Test]
    public async Task What_a_killed_process_left_is_cleared_at_the_next_start()
    {
        var uploads = host.Services.GetRequiredService<Uploads>();
        var (sent, own) = (uploads.NewPath(Guid.CreateVersion7()), Path.Combine(host.Database.Folder, "mine.txt"));
        await File.WriteAllTextAsync(sent, "x");
        await File.WriteAllTextAsync(own, "x");
        var dead = await host.Send(Administrator, new StartImport.Command(sent, "x.txt", "", false, Given.Reason));
        using (uploads.TryLock())
        {
            await uploads.FailTheDead(atStart: true, CancellationToken.None);
            Assert.That(await State(dead), Is.EqualTo(ImportState.Waiting), "whoever holds the lock, or spoke a moment ago, lives");
        }
        if (engine != Engine.Sqlite)
            host.Clock.Advance(ImportRun.Lease + TimeSpan.FromSeconds(1));
        await uploads.FailTheDead(atStart: true, CancellationToken.None);
        Assert.That(await State(dead), Is.EqualTo(ImportState.Failed));
        Assert.That(File.Exists(sent), Is.False);
        var next = await host.Send(Administrator, new StartImport.Command(own, "mine.txt", "", false, Given.Reason));
        host.Clock.Advance(ImportRun.Lease + TimeSpan.FromSeconds(1));
        await uploads.FailTheDead(atStart: false, CancellationToken.None);
        Assert.That(
            (await State(next), File.Exists(own)),
            Is.EqualTo((ImportState.Failed, true)),
            "a file named on the command line is not ours to delete"
        );

        Task<ImportState> State(Guid run) =>
            host.With<DirectoryDb, ImportState>(db => db.ImportRuns.Where(r => r.Id == run).Select(r => r.State).SingleAsync());
    }

    [Test]
    public async Task An_import_that_says_at_the_last_moment_that_it_lives_is_not_held_for_dead()
    {
        var uploads = host.Services.GetRequiredService<Uploads>();
        var path = Path.Combine(host.Database.Folder, "x.txt");
        var id = await host.Send(Administrator, new StartImport.Command(path, "x.txt", "", false, Given.Reason));
        host.Clock.Advance(ImportRun.Lease + TimeSpan.FromSeconds(1));
        var came = meanwhile.After(1, "alive_at", () => Beat(id));
        await uploads.FailTheDead(atStart: false, CancellationToken.None);
        Assert.That((came(), await Look(id)), Is.EqualTo((true, ImportState.Waiting)));
        // Nor does somebody who asks for the next one end it.
        host.Clock.Advance(ImportRun.Lease + TimeSpan.FromSeconds(1));
        came = meanwhile.After(1, "alive_at", () => Beat(id));
        Assert.That(
            (await Expect.Refused(() => host.Send(Administrator, new StartImport.Command(path, "x.txt", "", false, Given.Reason)))).Code,
            Is.EqualTo("import_running")
        );
        Assert.That((came(), await Look(id)), Is.EqualTo((true, ImportState.Waiting)));

        Task Beat(Guid run) =>
            host.With<DirectoryDb, int>(async db =>
            {
                (await db.ImportRuns.SingleAsync(r => r.Id == run)).Beat(host.Clock.GetUtcNow());
                return await db.SaveChangesAsync();
            });
    }

    [Test]
    public async Task An_import_that_was_held_for_dead_stops_and_changes_its_end_no_more()
    {
        var path = Path.Combine(host.Database.Folder, "big.txt");
        await File.WriteAllBytesAsync(path, Sample.Synthetic(new() { Lines = 9_000, Departements = ["57"] }));
        var id = await host.Send(Administrator, new StartImport.Command(path, "big.txt", "", false, Given.Reason));
        progress.AtWriting = () =>
        {
            progress.AtWriting = null;
            Task.Run(async () =>
                {
                    host.Clock.Advance(ImportRun.Lease + TimeSpan.FromSeconds(1));
                    await host.Services.GetRequiredService<Uploads>().FailTheDead(atStart: false, CancellationToken.None);
                })
                .GetAwaiter()
                .GetResult();
        };
        await host.Services.GetRequiredService<DirectoryImporter>().Run(id, CancellationToken.None);
        var run = await host.With<DirectoryDb, ImportRun>(db => db.ImportRuns.AsNoTracking().SingleAsync(r => r.Id == id));
        Assert.That((run.State, run.Refusal, run.IsActive), Is.EqualTo((ImportState.Failed, "import_interrupted", false)));
    }

    [Test]
    public async Task An_import_says_that_it_lives_again_after_the_database_was_away()
    {
        var id = Guid.CreateVersion7();
        using var ended = new CancellationTokenSource();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var before = host.Clock.GetUtcNow();
        // The first time there is no such run yet: that fails like a database that is away.
        meanwhile.After(1, "alive_at", () => host.With<DirectoryDb, int>(db =>
            {
                db.ImportRuns.Add(new ImportRun(id, "x.txt", "x.txt", "", false, null, before));
                host.Clock.Advance(TimeSpan.FromMinutes(5));
                return db.SaveChangesAsync();
            }));
        var beating = host.Services.GetRequiredService<DirectoryImporter>().Beat(id, timer, ended.Token);
        await Expect.Eventually(
            () => host.With<DirectoryDb, bool>(db => db.ImportRuns.AnyAsync(r => r.AliveAt > before.AddMinutes(4))),
            TimeSpan.FromSeconds(20),
            "the next word"
        );
        await ended.CancelAsync();
        await beating;
    }

    private Task<ImportState> Look(Guid run) =>
        host.With<DirectoryDb, ImportState>(db => db.ImportRuns.Where(r => r.Id == run).Select(r => r.State).SingleAsync());

    [Test]
    public async Task S25_A_person_says_why_they_import_and_whoever_reads_the_reports_sees_it()
    {
        foreach (var reason in new[] { null, "", "  trop peu  ", new string('x', 301), "avec\u202eun sens caché" })
            Assert.That(
                (
                    (InvalidException)
                        await Expect.Refused(() => host.Send(Administrator, new StartImport.Command("/x", "x.txt", "", false, reason)))
                ).Errors["reason"],
                Does.Contain("import_reason"),
                reason
            );
        var run = await host.Import([Given.Line(1, "ROCHE", "Amandine")], force: true);
        var seen = (await host.Send(Administrator, new ListImports.Query())).Imports.Single(i => i.Id == run.Id);
        Assert.That(seen.Reason, Is.EqualTo(Given.Reason));
    }

    [Test]
    public async Task Only_administrators_import()
    {
        Assert.That(
            (await Expect.Refused(() => host.Send(Professional, new StartImport.Command("/x", "x", "", false, Given.Reason)))).Code,
            Is.EqualTo("forbidden")
        );
        Assert.That((await Expect.Refused(() => host.Send(Professional, new ListImports.Query()))).Code, Is.EqualTo("forbidden"));
        Assert.That(
            (await Expect.Refused(() => host.Send(Professional, new GetImportRejects.Query(Guid.Empty)))).Code,
            Is.EqualTo("forbidden")
        );
    }

    [Test]
    public async Task People_of_the_demonstration_world_survive_national_files()
    {
        await host
            .Services.GetRequiredService<DirectoryImporter>()
            .Apply(Sample.File(Sample.Header, Line(900, "DÉMO", "Anne")), PersonOrigin.Demo, CancellationToken.None);
        var run = await host.Import([Line(1, "MULLER", "Anne")]);
        Assert.That((run.Created, run.Gone), Is.EqualTo((1, 0)));
    }

    [Test, Explicit("Measures; run alone")]
    public async Task Speed_of_an_import()
    {
        var communes = host.Services.GetRequiredService<CommuneIndex>();
        var path = Path.Combine(host.Database.Folder, "million.txt");
        await using (var stream = File.Create(path))
        {
            new RppsFileWriter(communes, host.Services.GetRequiredService<Nos>()).Write(stream, new() { Lines = 1_000_000 });
        }
        for (var round = 0; round < 2; round++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            var id = await host.Send(Administrator, new StartImport.Command(path, "million.txt", "", false, Given.Reason));
            var clock = System.Diagnostics.Stopwatch.StartNew();
            await host.Services.GetRequiredService<DirectoryImporter>().Run(id, CancellationToken.None);
            TestContext.Out.WriteLine($"{engine} round {round}: {clock.Elapsed.TotalSeconds:F1} s");
        }
    }

    /// <summary>Stops an import at the first word of its writing: in the middle, however fast or slow the machine.</summary>
    private sealed class StoppingProgress : ImportProgress
    {
        public Action? AtWriting { get; set; }

        public override void Report(Guid run, ImportStep step)
        {
            base.Report(run, step);
            if (step is { State: ImportState.Writing, Percent: > 0 })
                AtWriting?.Invoke();
        }
    }
}
