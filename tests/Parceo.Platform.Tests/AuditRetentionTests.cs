using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Platform.Audit;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;
using Parceo.Platform.Tests.Probe;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Platform.Tests;

/// <summary>S33: the trail ends by itself, and what is left of it still verifies.</summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class AuditRetentionTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly TestUser nadia = TestUser.Regulator(),
        marc = TestUser.Regulator();
    private ParceoHost host = null!;

    /// <summary>Two chains: five old traces and three young ones, and four old ones only.</summary>
    [SetUp]
    public async Task Start()
    {
        host = await ProbeModule.Host(engine);
        await Trace(nadia, 5);
        await Trace(marc, 4);
        await Eventually(async () => await Sealed() == 9, Soon, "the seals");
        host.Clock.Advance(TimeSpan.FromDays(37 * 30.5));
        await Trace(nadia, 3);
        await Eventually(async () => await Sealed() == 12, Soon, "the seals");
    }

    [TearDown]
    public async Task Stop() => await host.DisposeAsync();

    [Test]
    public async Task S33_Said_first_then_removed_and_the_rest_verifies_and_goes_on()
    {
        var before = await Sealed();
        Assert.That(await Run("audit prune"), Does.Contain("8 rows").And.Contain("nothing was changed"));
        Assert.That(await Sealed(), Is.EqualTo(before));

        // A chain's last link stays, however old.
        Assert.That(await Run("audit prune", "--apply"), Does.Contain("8 rows").And.Contain("removed"));
        Assert.That((await Seqs(nadia), await Seqs(marc)), Is.EqualTo((new long[] { 6, 7, 8 }, new long[] { 4 })).AsCollection);
        Assert.That((await Verify()).Problem, Is.Null);

        var left = await Sealed();
        await Trace(marc, 1);
        await Eventually(async () => await Sealed() > left, Soon, "the next seal");
        Assert.That(await Seqs(marc), Is.EqualTo(new long[] { 4, 5 }), "the chain goes on");
        Assert.That((await Verify()).Problem, Is.Null);
        Assert.That(await Run("audit prune", "--apply"), Does.Contain("1 rows"), "the last one of then");
        Assert.That((await Verify()).Problem, Is.Null);
    }

    [Test]
    public async Task S33_What_is_removed_by_hand_or_under_a_forged_tombstone_is_named()
    {
        await Run("audit prune", "--apply");
        var six = await On(db => db.Seals.SingleAsync(s => s.OrganisationId == nadia.OrganisationId && s.Seq == 6));
        await On(async db =>
        {
            foreach (var statement in AuditGuards.Lift(engine.ToString()))
                await db.Database.ExecuteSqlRawAsync(statement);
            await db.Audit.Where(a => a.Id == six.AuditId).ExecuteDeleteAsync();
            return await db.Seals.Where(s => s.AuditId == six.AuditId).ExecuteDeleteAsync();
        });
        Assert.That((await Verify()).Problem, Does.Contain("sequence 6").And.Contain("missing"));
        await On(db =>
        {
            db.Tombstones.Add(
                new AuditTombstoneRow
                {
                    OrganisationId = nadia.OrganisationId,
                    Seq = 6,
                    Link = six.Mac,
                    Before = six.At,
                    At = six.At,
                    Mac = new byte[32],
                }
            );
            return db.SaveChangesAsync();
        });
        Assert.That((await Verify()).Problem, Does.Contain("sequence 6").And.Contain("tombstone"));
    }

    [Test]
    public async Task S33_A_legal_hold_keeps_a_chain_until_it_is_lifted()
    {
        var set = await Run("audit hold", "set", nadia.OrganisationId.ToString(), "Procédure", "12/345");
        Assert.That(await Run("audit hold"), Does.Contain("Procédure 12/345"));
        Assert.That(await Run("audit prune", "--apply"), Does.Contain("3 rows").And.Contain("5 on hold"));
        Assert.That(await Seqs(nadia), Has.Length.EqualTo(8));
        await Run("audit hold", "lift", set.Split(' ')[0]);
        Assert.That(await Run("audit prune", "--apply"), Does.Contain("5 rows"));
        Assert.That((await Verify()).Problem, Is.Null);
    }

    [Test, Category("Long")]
    public async Task S32_The_guards_stand_again_after_it()
    {
        await Run("audit prune", "--apply");
        Assert.That(
            async () => await On(db => db.Seals.ExecuteDeleteAsync()),
            Throws.InstanceOf<System.Data.Common.DbException>().With.Message.Contains("append-only")
        );
        Assert.That(
            async () => await On(db => db.Audit.ExecuteDeleteAsync()),
            Throws.InstanceOf<System.Data.Common.DbException>().With.Message.Contains("append-only")
        );
    }

    private async Task Trace(TestUser who, int times)
    {
        for (var i = 0; i < times; i++)
            await host.Send(who, new CountUp.Command(Guid.CreateVersion7()));
    }

    private Task<int> Sealed() =>
        On(db => db.Seals.CountAsync(s => s.OrganisationId == nadia.OrganisationId || s.OrganisationId == marc.OrganisationId));

    private Task<long[]> Seqs(TestUser who) =>
        On(db => db.Seals.Where(s => s.OrganisationId == who.OrganisationId).OrderBy(s => s.Seq).Select(s => s.Seq).ToArrayAsync());

    private async Task<T> On<T>(Func<PlatformDb, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PlatformDb>());
    }

    private async Task<AuditVerdict> Verify()
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AuditVerifier>().Verify(default);
    }

    private async Task<string> Run(string verb, params string[] arguments)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("test");
        var (output, before) = (new StringWriter(), Console.Out);
        Console.SetOut(output);
        try
        {
            await scope.ServiceProvider.GetServices<IParceoCommand>().Single(c => c.Verb == verb).Run(arguments, default);
        }
        finally
        {
            Console.SetOut(before);
        }
        return output.ToString();
    }
}
