using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Demo;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Features;
using Parceo.Directory.Import;
using Parceo.Directory.Reference;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>The national file comes in by day: regulators book meanwhile. What matters on SQLite, which has a single writer.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class ImportLoadTests(Engine engine)
{
    private const int Clients = 4;

    /// <summary>Several steps of the import in any case; row by row it takes ten times as long.</summary>
    private int Lines => engine == Engine.SqlServer && TestDatabase.IsPlain ? 6_000 : 20_000;

    [Test, CancelAfter(300_000)]
    public async Task Every_booking_succeeds_while_a_directory_file_is_written(CancellationToken ct)
    {
        // Its first step lasts until everybody booked beside it, however slow the machine: an import that holds bookings up never ends.
        using var booked = new CountdownEvent(Clients);
        var progress = new PacedProgress(booked);
        await using var host = await ParceoHost.Start(engine, services: s => s.AddSingleton<ImportProgress>(progress));
        var regulators = await host.Regulators(Clients);
        var ranges = await host.Ranges(Clients * 25, capacity: 60);
        var path = Path.Combine(host.Database.Folder, "national.txt");
        await using (var file = File.Create(path))
            new RppsFileWriter(new CommuneIndex(), new Nos()).Write(file, new() { Lines = Lines });
        var run = await host.SendAsSystem(new StartImport.Command(path, "national.txt", "", false));

        var outcomes = new ConcurrentQueue<(int Status, bool WhileWriting)>();
        var import = Task.Run(() => host.Services.GetRequiredService<DirectoryImporter>().Run(run, ct), ct);
        await Task.WhenAll(
            regulators.Select(
                (r, client) =>
                    Task.Run(
                        async () =>
                        {
                            using var api = new Api(host.Url, r.Token);
                            var isFirst = true;
                            // Ranges of its own, so that nobody loses a race for a place.
                            foreach (var range in ranges.Where((_, i) => i % Clients == client).SelectMany(id => Enumerable.Repeat(id, 60)))
                            {
                                if (import.IsCompleted)
                                    return;
                                var before = IsWriting();
                                var answer = await api.Book(range, ct: ct);
                                outcomes.Enqueue((answer.Status, before && IsWriting()));
                                if (before && isFirst)
                                {
                                    isFirst = false;
                                    booked.Signal();
                                }
                            }
                        },
                        ct
                    )
            )
        );
        await import;

        var ended = await host.With<DirectoryDb, ImportRun>(db => db.ImportRuns.SingleAsync(r => r.Id == run, ct));
        TestContext.Out.WriteLine(
            $"{engine}: {ended.Created} people, {outcomes.Count} bookings, {outcomes.Count(o => o.WhileWriting)} of them from first to last while people were written"
        );
        Assert.Multiple(() =>
        {
            Assert.That((ended.State, ended.Created > Lines / 2), Is.EqualTo((ImportState.Done, true)));
            Assert.That(outcomes.Where(o => o.Status != 201).Select(o => o.Status), Is.Empty);
            Assert.That(
                outcomes.Count(o => o.WhileWriting),
                Is.GreaterThanOrEqualTo(Clients),
                "bookings do not wait for the end of the import"
            );
        });

        // Between the first step and the last: an import in one step is never there.
        bool IsWriting() => progress.Of(run) is { State: ImportState.Writing, Percent: > 0 and < 100 };
    }

    private sealed class PacedProgress(CountdownEvent booked) : ImportProgress
    {
        public override void Report(Guid run, ImportStep step)
        {
            base.Report(run, step);
            if (step is { State: ImportState.Writing, Percent: > 0 })
                booked.Wait(TimeSpan.FromMinutes(2));
        }
    }
}
