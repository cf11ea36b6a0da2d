using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Feedback.Contracts;
using Parceo.Platform.Data;
using Parceo.Platform.Events;
using Parceo.Platform.Modules;
using Parceo.Platform.Tests.Probe;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Platform.Tests;

/// <summary>
/// Two versions of the host on one database (S59): N has a module more, with a new event and a new subscriber of an old
/// one; N-1 has not. On servers both run; on SQLite, where there is one node, they take turns.
/// </summary>
[TestFixtureSource(typeof(EveryEngine))]
internal sealed class VersionsTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private TestDatabase database = null!;

    [SetUp]
    public void Make() => database = TestDatabase.Create(engine);

    [TearDown]
    public async Task Remove() => await database.DisposeAsync();

    private Task<ParceoHost> New(bool first = false) => ProbeModule.Host(engine, on: database, tables: first);

    private Task<ParceoHost> Old() => ParceoHost.Start(engine, on: database);

    /// <summary>The outbox of a module that both versions have.</summary>
    private static async Task<T> Look<T>(ParceoHost host, Func<ModuleDb, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("test");
        var module = host.Services.GetRequiredService<ModuleCatalog>().Modules.Single(m => m.Name == "notifications");
        return await work((ModuleDb)scope.ServiceProvider.GetRequiredService(module.Db!));
    }

    private static async Task<Guid> Publish(ParceoHost host, Func<Guid, IIntegrationEvent> make)
    {
        var key = Guid.CreateVersion7();
        await Look<int>(host, db =>
        {
            db.Publish(make(key), key);
            return db.SaveChangesAsync();
        });
        return key;
    }

    private static Task<bool> Heard(ParceoHost host, IReadOnlyCollection<Guid> keys) =>
        host.With<ProbeDb, bool>(async db => await db.Taken.CountAsync(t => keys.Contains(t.Key)) == keys.Count);

    /// <summary>Fanned out, and waiting for the new version's subscribers only.</summary>
    private static Task<bool> Left(ParceoHost host, Guid key) =>
        Look<bool>(host, async db =>
            await db.Outbox.AnyAsync(o => o.Key == key && o.FannedOut)
            && await db.Deliveries.Where(d => d.Key == key).AllAsync(d => d.Subscriber.StartsWith("probe."))
        );

    [Test]
    public async Task S59_What_the_old_version_publishes_or_cannot_name_reaches_the_new_ones_subscribers()
    {
        await (await New(first: true)).DisposeAsync(); // registered; now the old version is alone
        Guid told,
            unnamed;
        await using (var old = await Old())
        {
            told = await Publish(old, key => new ReportWaived(key, Guid.Empty, "57"));
            unnamed = await Publish(old, key => new Ticked(key, 1)); // as the new version left it behind
            await Eventually(() => Left(old, told), Soon, "the new subscriber's delivery");
            await Eventually(() => Left(old, unnamed), Soon, "the new event's deliveries");
            await ActivatorUtilities.CreateInstance<OutboxPump>(old.Services).PumpOnce(default);
            Assert.That(await Left(old, told) && await Left(old, unnamed), "left alone");
        }
        await using var host = await New();
        await Eventually(() => Heard(host, [told, unnamed]), Soon, "both, at last");
        await Eventually(
            () => Look<bool>(host, async db => !await db.Outbox.AnyAsync() && !await db.Deliveries.AnyAsync()),
            Soon,
            "nothing piles up"
        );
    }

    [Test]
    public async Task S59_Side_by_side_every_subscriber_gets_every_event_once()
    {
        if (engine == Engine.Sqlite)
            Assert.Ignore("SQLite has one node.");
        await using var old = await Old();
        var before = await Publish(old, key => new ReportWaived(key, Guid.Empty, "57"));
        await Eventually(() => Look<bool>(old, async db => !await db.Outbox.AnyAsync()), Soon);
        await using var host = await New(first: true);
        var keys = new List<Guid>();
        for (var n = 0; n < 40; n++)
        {
            keys.Add(await Publish(n % 2 == 0 ? old : host, key => new ReportWaived(key, Guid.Empty, "57")));
            keys.Add(await Publish(n % 2 == 0 ? host : old, key => new Ticked(key, n)));
        }
        await Eventually(() => Heard(host, keys), Soon, "80 events");
        await Eventually(() => Look<bool>(host, async db => !await db.Outbox.AnyAsync()), Soon, "their rows to go");
        Assert.That(await Heard(host, keys), "none twice");
        Assert.That(
            await host.With<ProbeDb, bool>(db => db.Taken.AnyAsync(t => t.Key == before)),
            Is.False,
            "published before anybody listened"
        );
    }

    [Test]
    public async Task S59_A_member_that_another_version_added_is_read_over_and_one_that_it_did_not_know_is_empty()
    {
        await using var host = await New(first: true);
        var (more, less) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.With<ProbeDb, int>(db =>
        {
            foreach (
                var (key, payload) in new[]
                {
                    (more, $$"""{"key":"{{more}}","number":7,"addedLater":{"a":[1]} }"""),
                    (less, $$"""{"key":"{{less}}"}"""),
                }
            )
                db.Outbox.Add(new OutboxRow(Guid.CreateVersion7(), "probe.ticked.v1", key, payload, "test", host.Clock.GetUtcNow()));
            return db.SaveChangesAsync();
        });
        await Eventually(() => Heard(host, [more, less]), Soon);
        Assert.That(
            await host.With<ProbeDb, List<int>>(db =>
                db.Taken.Where(t => t.Key == more || t.Key == less).OrderByDescending(t => t.Number).Select(t => t.Number).ToListAsync()
            ),
            Is.EqualTo(new[] { 7, 0 })
        );
    }
}
