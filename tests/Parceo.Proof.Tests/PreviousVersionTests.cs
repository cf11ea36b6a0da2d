using System.Diagnostics;
using Npgsql;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>
/// S59: this version (N) and the one that was built from the commit before it (N-1) serve one database. N has a subscriber
/// and an event that N-1 does not have, and writes members that N-1 does not know.
/// </summary>
[Category("Long"), NonParallelizable]
internal sealed class PreviousVersionTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);
    private static readonly string[] Modules = ["slots", "regulation", "dashboards", "notifications"];

    [Test, CancelAfter(1_200_000)]
    public async Task S59_Beside_the_version_before_no_event_is_lost_or_told_twice_and_a_retry_at_either_is_the_same(CancellationToken ct)
    {
        if (!Engines.IsConfigured(Engine.PostgreSql))
            Assert.Ignore("Two nodes need a server: PostgreSql is not in PARCEO_TEST_DATABASES.");
        var before = await Previous.Build(ct);
        await using var database = TestDatabase.Create(Engine.PostgreSql);
        IReadOnlyList<World.Caller> regulators;
        IReadOnlyList<Guid> ranges;
        await using (var prepare = await ParceoHost.Start(Engine.PostgreSql, on: database))
            (regulators, ranges) = (await prepare.Regulators(2), await prepare.Ranges(60));

        await using var old = await HostProcess.Start(database, folder: before);
        using var atOld = new Api(old.Url, regulators[0].Token);
        var bookings = new List<Guid>();
        Guid stored,
            unknown = Guid.CreateVersion7();
        await using (var now = await HostProcess.Start(database, witness: true))
        {
            using var atNow = new Api(now.Url, regulators[0].Token);
            for (var i = 0; i < 40; i++)
            {
                var (first, second) = i % 2 == 0 ? (atOld, atNow) : (atNow, atOld);
                var booked = await first.Book(ranges[i], $"key-{i}", ct: ct);
                var again = await second.Book(ranges[i], $"key-{i}", ct: ct);
                Assert.That((booked.Status, again.Status), Is.EqualTo((201, 201)), $"{booked.Code} {again.Code}");
                Assert.That(again.Body.GetRawText(), Is.EqualTo(booked.Body.GetRawText()), "the same answer at both");
                bookings.Add(booked.Body.GetProperty("bookingId").GetGuid());
            }
            await Outboxes.Drained(database, Soon, Modules);
            Assert.That(await Seen(database), Is.EquivalentTo(bookings), "each once, whoever published it");
        }

        // N is away: N-1 alone takes in what N left behind.
        await Execute(
            database,
            "UPDATE slots.idempotency SET response = (response::jsonb || '{\"addedLater\": {\"a\": [1]}}'::jsonb)::text WHERE key = 'key-1'"
        );
        var retried = await atOld.Book(ranges[1], "key-1", ct: ct);
        Assert.That(
            retried.Body.GetProperty("bookingId").GetGuid(),
            Is.EqualTo(bookings[1]),
            "an answer that N remembered, with a member more"
        );
        var alone = await atOld.Book(ranges[50], ct: ct);
        bookings.Add(stored = alone.Body.GetProperty("bookingId").GetGuid());
        await Eventually(database, 1, $"subscriber LIKE 'witness.%' AND event = 'slots.slot-booked.v1'");
        await Execute(
            database,
            $$$"""
            UPDATE slots.outbox SET payload = (payload::jsonb || '{"addedLater": {"a": [1]}}'::jsonb)::text;
            INSERT INTO slots.outbox (event_id, name, key, payload, correlation_id, at, fanned_out)
            VALUES ('{{{Guid.CreateVersion7()}}}', 'slots.called-again.v1', '{{{unknown}}}', '{"bookingId":"{{{unknown}}}","addedLater":1}', 'test', now(), false),
                   ('{{{Guid.CreateVersion7()}}}', 'slots.nobody-knows.v1', '{{{unknown}}}', '{}', 'test', now(), false)
            """
        );
        await Eventually(database, 1, "event = 'slots.called-again.v1'");
        await Task.WhenAll(ranges.Skip(51).Take(5).Select(r => atOld.Book(r, ct: ct)));
        await Eventually(database, 6, "event = 'slots.slot-booked.v1' AND subscriber LIKE 'witness.%'");
        await Eventually(database, 0, "subscriber NOT LIKE 'witness.%'");
        Assert.That(old.Output, Does.Not.Contain("Exception"));

        await using var back = await HostProcess.Start(database, witness: true);
        await Outboxes.Drained(database, Soon, Modules);
        var seen = await Seen(database);
        Assert.Multiple(() =>
        {
            Assert.That(seen, Has.Count.EqualTo(40 + 1 + 5 + 1));
            Assert.That(seen, Is.Unique.And.SupersetOf(bookings.Append(unknown).Append(stored).Distinct()));
        });
    }

    private static async Task<List<Guid>> Seen(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var read = connection.CreateCommand();
        read.CommandText = "SELECT booking_id FROM witness.seen";
        var seen = new List<Guid>();
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            seen.Add(rows.GetGuid(0));
        return seen;
    }

    private static Task Eventually(TestDatabase database, int deliveries, string where) =>
        Expect.Eventually(
            async () => await Execute(database, $"SELECT count(*) FROM slots.outbox_delivery WHERE {where}") == deliveries,
            Soon,
            $"{deliveries} deliveries where {where}"
        );

    private static async Task<long> Execute(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the test's own
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync() is long count ? count : 0;
    }

    /// <summary>The host as it was one commit ago, in <c>artifacts/previous</c>.</summary>
    private static class Previous
    {
        /// <returns>Its folder.</returns>
        public static async Task<string> Build(CancellationToken ct)
        {
            if (!Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "git"))))
                Assert.Ignore("There is no git here.");
            var (ok, root) = await Try(TestContext.CurrentContext.TestDirectory, ct, "git", "rev-parse", "--show-toplevel");
            if (!ok)
                Assert.Ignore($"There is no commit before without a repository that git reads: {root}");
            var (known, commit) = await Try(root, ct, "git", "rev-parse", "--verify", "HEAD~1^{commit}");
            if (!known)
                Assert.Ignore("This clone has no history: there is no commit before.");
            var changed = await Run(
                root,
                ct,
                "git",
                "diff",
                "--name-only",
                "--diff-filter=DMR",
                commit,
                "HEAD",
                "--",
                ":(glob)**/Migrations/**/*_*.cs"
            );
            if (changed.Split('\n').Any(f => !f.EndsWith("Snapshot.cs", StringComparison.Ordinal) && f.Length > 0))
                Assert.Ignore("The commit before has other migrations: they were folded, and nobody can upgrade from it.");
            var folder = Path.Combine(root, "artifacts", "previous", commit);
            var bin = Path.Combine(folder, "src", "Parceo.Host", "bin", "Release", "net10.0");
            if (File.Exists(Path.Combine(folder, "built")))
                return bin;
            if (System.IO.Directory.GetParent(folder) is { Exists: true } earlier)
                earlier.Delete(recursive: true); // half a gigabyte each
            System.IO.Directory.CreateDirectory(folder);
            var archive = Path.Combine(folder, "source.tar");
            await Run(root, ct, "git", "archive", "--output", archive, commit);
            await Run(folder, ct, "tar", "-xf", archive);
            TestContext.Progress.WriteLine($"Building {commit}…");
            await Run(
                folder,
                ct,
                "dotnet",
                "build",
                "src/Parceo.Host/Parceo.Host.csproj",
                "-c",
                "Release",
                "-v",
                "quiet",
                "-nodeReuse:false",
                "-p:RunAnalyzers=false"
            );
            await File.WriteAllTextAsync(Path.Combine(folder, "built"), commit, ct);
            return bin;
        }

        private static async Task<string> Run(string folder, CancellationToken ct, params string[] command)
        {
            var (ok, output) = await Try(folder, ct, command);
            return ok ? output : throw new AssertionException($"{string.Join(' ', command)}: {output}");
        }

        private static async Task<(bool Ok, string Output)> Try(string folder, CancellationToken ct, params string[] command)
        {
            using var process = Process.Start(
                new ProcessStartInfo(command[0], command[1..])
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            try
            {
                var (output, error) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
                await process.WaitForExitAsync(ct);
                return (process.ExitCode == 0, (await output + (process.ExitCode == 0 ? "" : await error)).Trim());
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
            }
        }
    }
}
