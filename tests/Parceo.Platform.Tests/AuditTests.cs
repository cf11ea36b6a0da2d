using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;
using Parceo.Platform.Tests.Probe;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Platform.Tests;

[TestFixtureSource(typeof(EveryEngine))]
internal sealed class AuditTests(Engine engine)
{
    private const int Rows = 8;
    private readonly TestUser nadia = TestUser.Regulator();
    private ParceoHost host = null!;

    private string Audit => engine == Engine.Sqlite ? "platform_audit" : "platform.audit";
    private string Seal => engine == Engine.Sqlite ? "platform_audit_seal" : "platform.audit_seal";

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ProbeModule.Host(engine);
        for (var i = 0; i < Rows; i++)
            await host.Send(nadia, new CountUp.Command(Guid.CreateVersion7()));
        await host.Send(TestUser.Regulator(), new CountUp.Command(Guid.CreateVersion7()));
        await Eventually(async () => await Sealed() == Rows, TimeSpan.FromSeconds(30), "the seals");
        // The next round of the sealer writes the heads of the chains to the checkpoint file.
        host.Clock.Advance(TimeSpan.FromSeconds(90));
        await Eventually(
            () =>
                Task.FromResult(
                    host.Services.GetRequiredService<AuditCheckpoints>().Read().Heads.TryGetValue(nadia.OrganisationId, out var c)
                        && c.Seq == Rows
                ),
            TimeSpan.FromSeconds(30),
            "the checkpoint"
        );
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task S32_An_untouched_trail_verifies_and_its_sequence_has_no_gap()
    {
        Assert.That((await Tampered([])).Problem, Is.Null);
        Assert.That(await Chain(s => s.Seq), Is.EqualTo(Enumerable.Range(1, Rows).Select(i => (long)i)));
    }

    [Test]
    public async Task A_list_of_more_values_than_a_statement_has_parameters_finds_what_a_short_one_finds()
    {
        var own = await InTransaction(db =>
            db.Audit.Where(a => a.OrganisationId == nadia.OrganisationId).Select(a => a.Action).Distinct().ToListAsync()
        );
        List<string> many = [.. own, .. Enumerable.Range(0, 3000).Select(i => $"none {i}")];
        var found = await InTransaction(db =>
            db.Audit.CountAsync(a => a.OrganisationId == nadia.OrganisationId && many.Contains(a.Action))
        );
        Assert.That(found, Is.EqualTo(Rows));
    }

    [TestCase("actor_id"), TestCase("action"), TestCase("object_id"), TestCase("outcome"), TestCase("correlation_id"), TestCase("means")]
    public async Task S32_An_edited_row_is_named(string column)
    {
        var row = await RowAt(3);
        var value = column == "actor_id" ? $"'{Guid.CreateVersion7().ToString().ToUpperInvariant()}'" : "'forged'";
        Assert.That(
            (await Tampered([$"UPDATE {Audit} SET {column} = {value} WHERE id = {row}"])).Problem,
            Does.Contain($"sequence 3 (row {row})").And.Contain("changed")
        );
    }

    [Test]
    public async Task S32_A_deleted_row_is_named()
    {
        var row = await RowAt(4);
        Assert.That(
            (await Tampered([$"DELETE FROM {Audit} WHERE id = {row}"])).Problem,
            Does.Contain($"sequence 4 (row {row})").And.Contain("deleted")
        );
    }

    [Test]
    public async Task S32_A_row_deleted_with_its_link_is_named()
    {
        var row = await RowAt(4);
        Assert.That(
            (await Tampered([$"DELETE FROM {Seal} WHERE audit_id = {row}", $"DELETE FROM {Audit} WHERE id = {row}"])).Problem,
            Does.Contain("sequence 4").And.Contain("missing")
        );
    }

    [Test]
    public async Task S32_An_inserted_row_is_named()
    {
        var columns = "at, actor_id, organisation_id, means, action, outcome, correlation_id, mac";
        var problem = (
            await Tampered([
                $"INSERT INTO {Audit} ({columns}) SELECT {columns.Replace("outcome", "'forged'", StringComparison.Ordinal)} FROM {Audit} WHERE id = {await RowAt(2)}",
            ])
        ).Problem;
        Assert.That(problem, Does.Contain("inserted"));
    }

    [Test]
    public async Task S32_A_genuine_row_that_was_copied_is_named()
    {
        const string columns =
            "at, actor_id, organisation_id, means, on_behalf_of, action, object_type, object_id, patient, outcome, correlation_id, address, nonce, mac";
        var problem = (
            await Tampered([$"INSERT INTO {Audit} ({columns}) SELECT {columns} FROM {Audit} WHERE id = {await RowAt(2)}"])
        ).Problem;
        Assert.That(problem, Does.Contain("is a copy"));
    }

    [TestCase("missing", "missing")]
    [TestCase("old", "an older one")]
    [TestCase("cut", "it was cut")]
    [TestCase("edited", "it was changed")]
    public async Task S32_A_cut_tail_is_named_without_the_right_checkpoint_file_too(string which, string named)
    {
        await using var own = await ProbeModule.Host(engine);
        var file = Path.Combine(own.Database.Folder, "audit-checkpoints.log");
        await Written(1);
        var before = await File.ReadAllTextAsync(file);
        await Written(2);
        var lines = await File.ReadAllLinesAsync(file);
        await own.Services.GetServices<IHostedService>().OfType<AuditSealer>().Single().StopAsync(default);
        await using var scope = own.Services.CreateAsyncScope();
        var (db, verifier) = (
            scope.ServiceProvider.GetRequiredService<PlatformDb>(),
            scope.ServiceProvider.GetRequiredService<AuditVerifier>()
        );
        Assert.That((await verifier.Verify(default)).Problem, Is.Null);

        // As somebody who owns the database and the data folder: the last act of one organisation never happened.
        foreach (var statement in AuditGuards.Lift(engine.ToString()))
            await db.Database.ExecuteSqlRawAsync(statement);
        var last = await db.Seals.Where(s => s.OrganisationId == nadia.OrganisationId).OrderByDescending(s => s.Seq).FirstAsync();
        await db.Seals.Where(s => s.AuditId == last.AuditId).ExecuteDeleteAsync();
        await db.Audit.Where(a => a.Id == last.AuditId).ExecuteDeleteAsync();
        switch (which)
        {
            case "missing":
                File.Delete(file);
                break;
            case "old":
                await File.WriteAllTextAsync(file, before);
                break;
            case "cut":
                await File.WriteAllLinesAsync(
                    file,
                    lines.Where(l => !l.Contains($"{nadia.OrganisationId} {last.Seq} ", StringComparison.Ordinal)).Take(1)
                );
                break;
            default:
                await File.WriteAllLinesAsync(
                    file,
                    lines.Select(l => l.Replace($" {last.Seq} ", $" {last.Seq - 1} ", StringComparison.Ordinal))
                );
                break;
        }
        Assert.That((await verifier.Verify(default)).Problem, Does.Contain(named));

        async Task Written(int seq)
        {
            await own.Send(nadia, new CountUp.Command(Guid.CreateVersion7()));
            await Eventually(
                () =>
                {
                    own.Clock.Advance(TimeSpan.FromSeconds(90));
                    var read = own.Services.GetRequiredService<AuditCheckpoints>().Read();
                    return Task.FromResult(read.Heads.TryGetValue(nadia.OrganisationId, out var head) && head.Seq == seq);
                },
                TimeSpan.FromSeconds(30),
                "the checkpoint"
            );
        }
    }

    [Test]
    public async Task S31_Where_the_trail_takes_no_row_nothing_is_done_and_the_answer_is_503()
    {
        var id = Guid.CreateVersion7();
        await using var own = await ProbeModule.Host(engine);
        await using (var scope = own.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
            foreach (var statement in BlockTrail())
                await db.Database.ExecuteSqlRawAsync(statement);
        }
        var refused = await Refused(() => own.Send(nadia, new CountUp.Command(id)));
        Assert.That((refused.Status, refused.Code), Is.EqualTo((503, "untraced")));
    }

    private IEnumerable<string> BlockTrail() =>
        engine switch
        {
            Engine.Sqlite => ["CREATE TRIGGER blocked BEFORE INSERT ON platform_audit BEGIN SELECT RAISE(ABORT, 'blocked'); END;"],
            Engine.PostgreSql =>
            [
                "CREATE TRIGGER blocked BEFORE INSERT ON platform.audit FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();",
            ],
            _ => ["EXEC(N'CREATE TRIGGER [platform].[blocked] ON [platform].[audit] INSTEAD OF INSERT AS THROW 51000, ''blocked'', 1;');"],
        };

    [Test]
    public async Task S32_Swapped_rows_are_named()
    {
        var (a, b) = (await RowAt(2), await RowAt(5));
        var verdict = await Tampered([
            $"UPDATE {Seal} SET audit_id = -1 WHERE audit_id = {a}",
            $"UPDATE {Seal} SET audit_id = {a} WHERE audit_id = {b}",
            $"UPDATE {Seal} SET audit_id = {b} WHERE audit_id = -1",
        ]);
        Assert.That(verdict.Problem, Does.Contain($"sequence 2 (row {b})").And.Contain("swapped"));
    }

    [Test]
    public async Task S32_A_cut_tail_is_named()
    {
        var tail = await Chain(s => s.AuditId);
        var last = string.Join(',', tail.Skip(Rows - 2));
        var verdict = await Tampered([$"DELETE FROM {Seal} WHERE audit_id IN ({last})", $"DELETE FROM {Audit} WHERE id IN ({last})"]);
        Assert.That(verdict.Problem, Does.Contain($"sequences {Rows - 1} to {Rows} were cut"));
    }

    [Test]
    public async Task S32_A_whole_chain_that_disappeared_is_named()
    {
        var all = string.Join(',', await Chain(s => s.AuditId));
        var verdict = await Tampered([$"DELETE FROM {Seal} WHERE audit_id IN ({all})", $"DELETE FROM {Audit} WHERE id IN ({all})"]);
        Assert.That(verdict.Problem, Does.Contain($"sequences 1 to {Rows} were cut"));
    }

    [Test]
    public async Task S32_The_database_refuses_to_change_or_delete_the_trail(
        [Values("audit", "seal")] string which,
        [Values("UPDATE", "DELETE", "TRUNCATE")] string verb
    )
    {
        if (verb == "TRUNCATE" && engine == Engine.Sqlite)
            Assert.Ignore("SQLite has no TRUNCATE.");
        var table = which == "audit" ? Audit : Seal;
        var sql = verb switch
        {
            "UPDATE" => $"UPDATE {table} SET mac = mac",
            "DELETE" => $"DELETE FROM {table}",
            _ => $"TRUNCATE TABLE {table}",
        };
        var refused = await InTransaction(async db =>
        {
            try
            {
                await db.Database.ExecuteSqlRawAsync(sql);
                return null;
            }
            catch (System.Data.Common.DbException e)
            {
                return e.Message;
            }
        });
        Assert.That(refused, Does.Contain(verb == "TRUNCATE" && engine == Engine.SqlServer ? "foreign key" : "append-only").IgnoreCase);
    }

    [Test]
    public async Task S32_A_start_looks_at_the_end_of_the_trail_only()
    {
        await using var own = await ProbeModule.Host(engine);
        await own.Services.GetServices<IHostedService>().OfType<AuditSealer>().Single().StopAsync(default);
        for (var i = 0; i < 3; i++)
            await own.Send(nadia, new CountUp.Command(Guid.CreateVersion7()));
        await Start(own);
        own.Clock.Advance(TimeSpan.FromHours(1));
        await own.Send(nadia, new CountUp.Command(Guid.CreateVersion7()));
        await Start(own);
        // A link of an hour before that somebody took away: at a start it is not looked for, let alone made anew at the end.
        await using (var scope = own.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
            foreach (var statement in AuditGuards.Lift(engine.ToString()))
                await db.Database.ExecuteSqlRawAsync(statement);
            await db.Seals.Where(s => s.OrganisationId == nadia.OrganisationId && s.Seq == 2).ExecuteDeleteAsync();
        }
        await Start(own);
        await using (var scope = own.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
            Assert.That(
                await db.Seals.Where(s => s.OrganisationId == nadia.OrganisationId).Select(s => s.Seq).Order().ToListAsync(),
                Is.EqualTo(new[] { 1, 3, 4 })
            );
        }

        static async Task<int> Start(ParceoHost host)
        {
            await using (var scope = host.Services.CreateAsyncScope())
                await scope
                    .ServiceProvider.GetRequiredService<PlatformDb>()
                    .Leases.ExecuteUpdateAsync(s => s.SetProperty(l => l.Until, DateTimeOffset.UnixEpoch));
            return await ActivatorUtilities.CreateInstance<AuditSealer>(host.Services).SealOnce(default);
        }
    }

    [Test]
    public async Task S32_Of_nodes_that_start_at_once_one_takes_the_lease_and_none_complains()
    {
        await using var empty = await ParceoHost.Start(engine);
        for (var round = 0; round < 20; round++)
        {
            await Leases(q => q.ExecuteDeleteAsync());
            var nodes = Enumerable.Range(0, 6).Select(_ => ActivatorUtilities.CreateInstance<AuditSealer>(empty.Services)).ToArray();
            Assert.That(await Task.WhenAll(nodes.Select(n => Task.Run(() => n.SealOnce(default)))), Is.All.Zero);
            Assert.That(await Leases(q => q.CountAsync()), Is.EqualTo(1));
        }

        async Task<int> Leases(Func<IQueryable<LeaseRow>, Task<int>> work)
        {
            await using var scope = empty.Services.CreateAsyncScope();
            return await work(scope.ServiceProvider.GetRequiredService<PlatformDb>().Leases.Where(l => l.Name == "audit-sealer"));
        }
    }

    [Test]
    public async Task S32_A_node_that_stalled_while_another_one_took_over_reads_the_chain_again_and_does_not_complain()
    {
        await using var empty = await ProbeModule.Host(engine);
        await empty.Services.GetServices<IHostedService>().OfType<AuditSealer>().Single().StopAsync(default);
        var (stalled, other) = (
            ActivatorUtilities.CreateInstance<AuditSealer>(empty.Services),
            ActivatorUtilities.CreateInstance<AuditSealer>(empty.Services)
        );
        await SealedBy(stalled, 1);
        await SealedBy(other, 2);
        await empty.Send(nadia, new CountUp.Command(Guid.CreateVersion7()));
        // It has looked at its lease, and remembers the head that was the last one then.
        Assert.That(await stalled.SealOnce(default), Is.Zero);
        Assert.That(await stalled.SealOnce(default), Is.Zero, "the lease is the other's");
        await other.SealOnce(default);
        Assert.That(await Seqs(), Is.EqualTo(new[] { 1, 2, 3 }));

        async Task SealedBy(AuditSealer node, int seq)
        {
            await empty.Send(nadia, new CountUp.Command(Guid.CreateVersion7()));
            await using (var scope = empty.Services.CreateAsyncScope())
                await scope
                    .ServiceProvider.GetRequiredService<PlatformDb>()
                    .Leases.Where(l => l.Name == "audit-sealer")
                    .ExecuteUpdateAsync(s => s.SetProperty(l => l.Until, DateTimeOffset.UnixEpoch));
            await node.SealOnce(default);
            Assert.That((await Seqs()).Max(), Is.EqualTo(seq));
        }

        async Task<List<long>> Seqs()
        {
            await using var scope = empty.Services.CreateAsyncScope();
            return await scope
                .ServiceProvider.GetRequiredService<PlatformDb>()
                .Seals.Where(s => s.OrganisationId == nadia.OrganisationId)
                .Select(s => s.Seq)
                .Order()
                .ToListAsync();
        }
    }

    /// <summary>Tampers like somebody who owns the database (triggers dropped), verifies, and takes everything back.</summary>
    private Task<AuditVerdict> Tampered(string[] sql) =>
        InTransaction(
            async (db, services) =>
            {
                foreach (var drop in DropGuards().Concat(sql))
                    await db.Database.ExecuteSqlRawAsync(drop);
                return await services.GetRequiredService<AuditVerifier>().Verify(default);
            }
        );

    private IEnumerable<string> DropGuards() =>
        engine == Engine.Sqlite
            ?
            [
                "DROP TRIGGER platform_audit_no_update",
                "DROP TRIGGER platform_audit_no_delete",
                "DROP TRIGGER platform_audit_seal_no_update",
                "DROP TRIGGER platform_audit_seal_no_delete",
            ]
        : engine == Engine.PostgreSql
            ? ["DROP TRIGGER audit_append_only ON platform.audit", "DROP TRIGGER audit_seal_append_only ON platform.audit_seal"]
        : ["DROP TRIGGER platform.audit_append_only", "DROP TRIGGER platform.audit_seal_append_only"];

    private Task<T> InTransaction<T>(Func<PlatformDb, Task<T>> work) => InTransaction((db, _) => work(db));

    private async Task<T> InTransaction<T>(Func<PlatformDb, IServiceProvider, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        return await work(db, scope.ServiceProvider); // never committed
    }

    private async Task<long> RowAt(int seq) => (await Chain(s => s.AuditId))[seq - 1];

    private Task<List<long>> Chain(System.Linq.Expressions.Expression<Func<AuditSealRow, long>> of) =>
        InTransaction(db => db.Seals.Where(s => s.OrganisationId == nadia.OrganisationId).OrderBy(s => s.Seq).Select(of).ToListAsync());

    private Task<int> Sealed() => InTransaction(db => db.Seals.CountAsync(s => s.OrganisationId == nadia.OrganisationId));
}
