using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;
using Parceo.Platform.Events;
using Parceo.Platform.Tests.Probe;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Platform.Tests;

[TestFixtureSource(typeof(EveryEngine))]
internal sealed class OutboxTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly TestUser nadia = TestUser.Regulator();
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ProbeModule.Host(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    [TearDown]
    public void TimeGoesOn() => host.Clock.Resume();

    private Faults Faults => host.Services.GetRequiredService<Faults>();

    [Test]
    public async Task S55_Events_of_a_key_arrive_in_order_and_once()
    {
        var keys = Enumerable.Range(0, 8).Select(_ => Guid.CreateVersion7()).ToList();
        for (var round = 0; round < 5; round++)
            await Task.WhenAll(keys.Select(k => host.Send(nadia, new Tick.Command(k, round * 4, 4))));
        await Eventually(async () => await Arrived(keys) == 8 * 20, Soon, "160 events");
        foreach (var key in keys)
            Assert.That(await NumbersOf(key), Is.EqualTo(Enumerable.Range(0, 20)), "in order of publication");
        await Eventually(
            () => host.With<ProbeDb, bool>(async db => !await db.Outbox.AnyAsync(o => keys.Contains(o.Key))),
            Soon,
            "their rows to go"
        );
    }

    [Test]
    public async Task S55_A_rolled_back_change_has_no_effect()
    {
        var key = Guid.CreateVersion7();
        await Refused(() => host.Send(nadia, new Tick.Command(key, 0, 3, ThenFail: true)));
        await host.Send(nadia, new Tick.Command(key, 3, 1));
        await Eventually(async () => await Arrived([key]) == 1, Soon);
        Assert.That(await NumbersOf(key), Is.EqualTo(new[] { 3 }));
    }

    [Test]
    public async Task S55_A_repeated_delivery_is_harmless()
    {
        var key = Guid.CreateVersion7();
        await host.Send(nadia, new Tick.Command(key, 0, 1));
        await Eventually(async () => await Arrived([key]) == 1, Soon);
        await Eventually(() => host.With<ProbeDb, bool>(async db => !await db.Outbox.AnyAsync(o => o.Key == key)), Soon);
        // What a kill between the reaction's commit and the delivery's removal leaves behind: the row, once more.
        var calls = Faults.Calls.Count(c => c.Key == key);
        await host.With<ProbeDb, int>(async db =>
        {
            var newest = await db.Inbox.OrderByDescending(i => i.At).FirstAsync();
            db.Outbox.Add(
                new OutboxRow(
                    newest.EventId,
                    "probe.ticked.v1",
                    key,
                    EventCatalog.Serialize(new Ticked(key, 0)),
                    "again",
                    host.Clock.GetUtcNow()
                )
            );
            return await db.SaveChangesAsync();
        });
        await Eventually(() => host.With<ProbeDb, bool>(async db => !await db.Outbox.AnyAsync(o => o.Key == key)), Soon);
        Assert.Multiple(async () =>
        {
            Assert.That(await Arrived([key]), Is.EqualTo(1));
            Assert.That(Faults.Calls.Count(c => c.Key == key), Is.EqualTo(calls));
        });
    }

    [Test]
    public async Task S55_A_reaction_that_loses_a_race_looks_again_at_once_without_a_back_off()
    {
        var key = Guid.CreateVersion7();
        Faults.Losing[key] = 3;
        await host.Send(nadia, new Tick.Command(key, 0, 1));
        await Eventually(async () => await Arrived([key]) == 1, Soon);
        Assert.That((Faults.Calls.Count(c => c.Key == key), Faults.Attempts[key]), Is.EqualTo((4, 0)));
    }

    [Test]
    public async Task S55_Poison_backs_off_becomes_a_dead_letter_holds_up_its_key_only_and_can_be_replayed()
    {
        var (bad, good) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Faults.Poisoned[bad] = true;
        host.Clock.Stop(); // the first pauses are seconds: a busy machine might look after the next attempt
        await host.Send(nadia, new Tick.Command(bad, 0, 3));

        DateTimeOffset before = default;
        for (var attempt = 1; attempt <= Deliveries.MaxAttempts; attempt++)
        {
            await Eventually(async () => (await First(bad)).Attempts == attempt, Soon, $"attempt {attempt}");
            var row = await First(bad);
            if (attempt > 1)
                Assert.That(row.NextAttemptAt, Is.GreaterThan(before), "each pause ends later");
            before = row.NextAttemptAt;
            Assert.That(row.LeaseOwner, Is.Null);
            host.Clock.Advance(TimeSpan.FromMinutes(6));
            host.Services.GetRequiredService<OutboxSignal>().Wake();
        }
        var dead = await First(bad);
        await host.Send(nadia, new Tick.Command(good, 0, 2));
        await Eventually(async () => await Arrived([good]) == 2, Soon, "the other key");
        Assert.Multiple(async () =>
        {
            Assert.That(dead.DeadAt, Is.Not.Null);
            Assert.That(dead.Error, Does.Contain("OnTicked").And.Not.Contain("poisoned"), "the kind of failure, never its data");
            Assert.That(
                Faults.Effects.Where(c => c.Key == bad).Select(c => c.Number),
                Is.EqualTo(new[] { 0, 1, 2 }),
                "another subscriber goes on, and does nothing twice"
            );
            Assert.That(
                Faults.Calls.Where(c => c.Key == bad).Select(c => c.Number).Distinct(),
                Is.EqualTo(new[] { 0 }),
                "later events of the key wait"
            );
            Assert.That(await Arrived([bad]), Is.Zero);
        });

        Faults.Poisoned.Clear();
        Assert.That(await Outbox("replay", (await EventOf(dead)).ToString(), "probe.OnTicked"), Is.Zero);
        host.Services.GetRequiredService<OutboxSignal>().Wake();
        await Eventually(async () => await Arrived([bad]) == 3, Soon, "the replayed key");
        Assert.That(await NumbersOf(bad), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public async Task S55_A_discarded_dead_letter_lets_its_key_go_on()
    {
        var key = Guid.CreateVersion7();
        Faults.Poisoned[key] = true;
        await host.Send(nadia, new Tick.Command(key, 0, 1));
        await Eventually(async () => (await First(key)).Attempts > 0, Soon);
        var row = await First(key);
        await host.With<ProbeDb, int>(db =>
            db.Deliveries.Where(d => d.Id == row.Id)
                .Gated(db, q => q.ExecuteUpdateAsync(s => s.SetProperty(d => d.DeadAt, row.At)), default)
        );
        Faults.Poisoned.Clear();
        await host.Send(nadia, new Tick.Command(key, 1, 1));
        Assert.That(await Outbox("discard", (await EventOf(row)).ToString()), Is.Zero);
        await Eventually(async () => await Arrived([key]) == 1, Soon);
        Assert.That(await NumbersOf(key), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task S55_Two_nodes_on_one_database_deliver_each_event_once_and_in_order()
    {
        if (engine == Engine.Sqlite)
            Assert.Ignore("SQLite has one node.");
        await using var other = await ProbeModule.Host(engine, on: host.Database, tables: false);
        var keys = Enumerable.Range(0, 12).Select(_ => Guid.CreateVersion7()).ToList();
        await Task.WhenAll(keys.SelectMany((k, i) => new[] { (i % 2 == 0 ? host : other).Send(nadia, new Tick.Command(k, 0, 25)) }));
        await Eventually(async () => await Arrived(keys) >= 12 * 25, TimeSpan.FromSeconds(90), "300 events");
        foreach (var key in keys)
            Assert.That(await NumbersOf(key), Is.EqualTo(Enumerable.Range(0, 25)));
    }

    [Test]
    public async Task S55_The_lease_of_a_node_that_died_runs_out()
    {
        if (engine == Engine.Sqlite)
            Assert.Ignore("On SQLite leases are taken back at the start: there is one node.");
        var (key, ghost) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Faults.Poisoned[key] = true;
        await host.Send(nadia, new Tick.Command(key, 0, 1));
        await Eventually(async () => (await First(key)).Attempts > 0, Soon);
        host.Clock.Stop(); // the lease lasts as long as it says, however long this takes
        var until = host.Clock.GetUtcNow().AddSeconds(60);
        await host.With<ProbeDb, int>(db =>
            db.Deliveries.Where(d => d.Key == key)
                .ExecuteUpdateAsync(s => s.SetProperty(d => d.LeaseOwner, ghost).SetProperty(d => d.LeaseUntil, until))
        );
        var attempts = (await First(key)).Attempts;
        Faults.Poisoned.Clear();
        host.Clock.Advance(TimeSpan.FromSeconds(50));
        await ActivatorUtilities.CreateInstance<OutboxPump>(host.Services).PumpOnce(default);
        Assert.That((await First(key)).Attempts, Is.EqualTo(attempts), "somebody else's");
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        await Eventually(async () => await Arrived([key]) == 1, Soon, "the event, after the lease");
    }

    [Test]
    public async Task S55_A_node_that_hung_longer_than_its_lease_leaves_the_rest_to_whoever_has_it_now()
    {
        var (key, after) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Faults.Hanging[key] = async () =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(61));
            await ActivatorUtilities.CreateInstance<OutboxPump>(host.Services).Pump(typeof(ProbeDb), default);
        };
        await host.Send(nadia, new Tick.Command(key, 0, 4));
        await Eventually(async () => await Arrived([key]) == 4, Soon, "the other node's delivery");
        // Whatever the first had in its hands is over when it delivers something new.
        await host.Send(nadia, new Tick.Command(after, 0, 1));
        await Eventually(
            () => host.With<ProbeDb, bool>(async db => !await db.Outbox.AnyAsync(o => o.Key == after)),
            Soon,
            "the next event"
        );
        Assert.That(
            Faults.Effects.Where(c => c.Key == key).Select(c => c.Number).Order(),
            Is.EqualTo(new[] { 0, 0, 1, 2, 3 }),
            "only what hung is told twice"
        );
    }

    [Test]
    public async Task S55_A_batch_that_takes_long_is_given_back_in_time_and_goes_on_in_order()
    {
        var key = Guid.CreateVersion7();
        TimeSpan? left = null;
        Faults.Hanging[key] = () =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(40));
            Faults.Hanging[key] = async () =>
                left =
                    await host.With<ProbeDb, DateTimeOffset?>(db =>
                        db.Deliveries.Where(d => d.Key == key && d.Subscriber == "probe.TellOfTick").MaxAsync(d => d.LeaseUntil)
                    ) - host.Clock.GetUtcNow();
            return Task.CompletedTask;
        };
        await host.Send(nadia, new Tick.Command(key, 0, 3));
        await Eventually(() => host.With<ProbeDb, bool>(async db => !await db.Outbox.AnyAsync(o => o.Key == key)), Soon, "the whole key");
        Assert.That(Faults.Effects.Where(c => c.Key == key).Select(c => c.Number), Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(left, Is.GreaterThan(TimeSpan.FromSeconds(30)), "taken anew");
    }

    [Test]
    public async Task S55_More_rows_than_a_batch_behind_a_dead_letter_hold_up_nobody_else()
    {
        var (dead, alive) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await PutDead(dead, 0);
        await host.With<ProbeDb, int>(db =>
        {
            for (var n = 1; n <= Deliveries.Batch + 1; n++)
                db.Outbox.Add(Row(dead, n));
            return db.SaveChangesAsync();
        });
        await host.Send(nadia, new Tick.Command(alive, 0, 2));
        await Eventually(async () => await Arrived([alive]) == 2, Soon, "the other key, behind 257 rows that wait");
        Assert.That(await Arrived([dead]), Is.Zero, "they wait");
        await Eventually(async () => Faults.Effects.Count(c => c.Key == dead) == Deliveries.Batch + 1, Soon, "its other subscriber");
        await host.With<ProbeDb, int>(db => db.Deliveries.Where(d => d.Key == dead).Gated(db, q => q.ExecuteDeleteAsync(), default));
    }

    [Test]
    public async Task S55_A_payload_that_cannot_be_read_becomes_a_dead_letter_and_stops_nothing()
    {
        var (broken, good) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Clock.Stop();
        await host.With<ProbeDb, int>(db =>
        {
            db.Outbox.Add(new OutboxRow(Guid.CreateVersion7(), "probe.ticked.v1", broken, "{\"key\":12", "test", host.Clock.GetUtcNow()));
            return db.SaveChangesAsync();
        });
        await host.Send(nadia, new Tick.Command(good, 0, 1));
        await Eventually(async () => await Arrived([good]) == 1, Soon, "the other key");
        for (var attempt = 1; attempt <= Deliveries.MaxAttempts; attempt++)
        {
            await Eventually(
                () => host.With<ProbeDb, bool>(db => db.Deliveries.Where(d => d.Key == broken).AllAsync(d => d.Attempts == attempt)),
                Soon,
                $"attempt {attempt}"
            );
            host.Clock.Advance(TimeSpan.FromMinutes(6));
            host.Services.GetRequiredService<OutboxSignal>().Wake();
        }
        var row = await First(broken);
        Assert.That(row.DeadAt, Is.Not.Null);
        Assert.That(row.Error, Does.Contain("JsonException"));
        Assert.That(await Outbox("discard", (await EventOf(row)).ToString()), Is.Zero);
        Assert.That(await host.With<ProbeDb, bool>(db => db.Outbox.AnyAsync(o => o.Key == broken)), Is.False);
    }

    [Test]
    public async Task However_many_answers_are_old_none_is_left_after_one_run()
    {
        var (person, now) = (Guid.CreateVersion7(), host.Clock.GetUtcNow());
        await host.With<ProbeDb, int>(db =>
        {
            for (var i = 0; i < 6500; i++) // of several slices, one of which is all of one instant
                db.Idempotency.Add(new(person, $"{i}", "probe.tick", [1], "{}", now.AddHours(-60).AddMinutes(i < 3000 ? 0 : i / 100)));
            return db.SaveChangesAsync();
        });
        await host.RunJob("platform.prune-remembered");
        Assert.That(await host.With<ProbeDb, int>(db => db.Idempotency.CountAsync(i => i.UserId == person)), Is.Zero);
    }

    [Test]
    public async Task S53_Old_answers_and_old_inbox_rows_are_forgotten_young_ones_stay()
    {
        var now = host.Clock.GetUtcNow();
        var person = Guid.CreateVersion7();
        await host.With<ProbeDb, int>(db =>
        {
            foreach (var hours in new[] { 25, 47, 49 })
                db.Idempotency.Add(new(person, $"h{hours}", "probe.tick", [1], "{}", now.AddHours(-hours)));
            foreach (var days in new[] { 29, 31 })
                db.Inbox.Add(new(Guid.CreateVersion7(), $"prune{days}", now.AddDays(-days)));
            return db.SaveChangesAsync();
        });
        await host.RunJob("platform.prune-remembered");
        Assert.Multiple(async () =>
        {
            Assert.That(
                await host.With<ProbeDb, List<string>>(db =>
                    db.Idempotency.Where(i => i.UserId == person).OrderBy(i => i.Key).Select(i => i.Key).ToListAsync()
                ),
                Is.EqualTo(new[] { "h25", "h47" })
            );
            Assert.That(
                await host.With<ProbeDb, List<string>>(db =>
                    db.Inbox.Where(i => i.Subscriber.StartsWith("prune")).Select(i => i.Subscriber).ToListAsync()
                ),
                Is.EqualTo(new[] { "prune29" })
            );
        });
    }

    [Test]
    public async Task An_event_that_is_owed_to_nobody_goes_away()
    {
        var key = await PublishUnknown("gone.nobody.v1");
        await Eventually(() => host.With<ProbeDb, bool>(async db => !await db.Outbox.AnyAsync(o => o.Key == key)), Soon);
    }

    [Test]
    public async Task S59_An_event_for_a_subscriber_that_no_node_has_now_waits_until_it_is_retired()
    {
        await Register(new SubscriberRow("gone.Listener", "gone.module.v1", host.Clock.GetUtcNow()));
        var key = await PublishUnknown("gone.module.v1");
        await Eventually(() => host.With<ProbeDb, bool>(db => db.Deliveries.AnyAsync(d => d.Key == key)), Soon);
        var after = Guid.CreateVersion7();
        await host.Send(nadia, new Tick.Command(after, 0, 3));
        await Eventually(async () => await Arrived([after]) == 3, Soon);

        await ActivatorUtilities.CreateInstance<OutboxPump>(host.Services).PumpOnce(default);
        var waiting = await host.With<ProbeDb, DeliveryRow>(db => db.Deliveries.AsNoTracking().SingleAsync(d => d.Key == key));
        Assert.That((waiting.Subscriber, waiting.Attempts, waiting.LeaseOwner), Is.EqualTo(("gone.Listener", 0, (Guid?)null)));
        var state = (await host.Services.GetRequiredService<OutboxState>().Read(default)).Single(s => s.Module == "probe");
        Assert.That(state.ForOtherHosts, Is.EqualTo(1), "no failure of this host");

        Assert.That(await Outbox("retire", "gone.Listener"), Is.Zero);
        Assert.That(
            await host.With<ProbeDb, int>(async db =>
                await db.Outbox.CountAsync(o => o.Key == key) + await db.Deliveries.CountAsync(d => d.Key == key)
            ),
            Is.Zero
        );
        Assert.ThrowsAsync<CommandException>(() => Outbox("retire", "gone.Listener"));
    }

    [Test]
    public async Task S59_Whom_no_node_has_announced_for_30_days_is_owed_nothing_any_more()
    {
        var now = host.Clock.GetUtcNow();
        await Register(
            new SubscriberRow("gone.Away29", "gone.away.v1", now.AddDays(-29)),
            new SubscriberRow("gone.Away31", "gone.away.v1", now.AddDays(-31))
        );
        var key = await PublishUnknown("gone.away.v1");
        await Eventually(() => host.With<ProbeDb, bool>(db => db.Deliveries.AnyAsync(d => d.Key == key)), Soon);
        await host.Services.GetRequiredService<Subscribers>().Keep(default);
        Assert.That(
            await host.With<ProbeDb, List<string>>(db => db.Deliveries.Where(d => d.Key == key).Select(d => d.Subscriber).ToListAsync()),
            Is.EqualTo(new[] { "gone.Away29" })
        );
        Assert.That(await Outbox("retire", "gone.Away29"), Is.Zero);
    }

    [Test]
    public async Task S55_What_hangs_holds_up_neither_other_subscribers_nor_other_keys()
    {
        var (stuck, hung, others) = (Guid.CreateVersion7(), Guid.CreateVersion7(), new List<Guid>());
        Faults.Outside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            // Mail servers that do not answer: more than its workers, more than it may hold.
            for (var n = 0; n < OutboxPump.MostHeld + 20; n++)
                others.Add(Guid.CreateVersion7());
            await host.Send(nadia, new Tick.Command(stuck, 0, OutboxPump.MostHeld + 20));
            foreach (var key in others)
                await host.Send(nadia, new Tick.Command(key, 0, 1));
            // And a page that does not answer either.
            var page = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Faults.Hanging[hung] = () => page.Task;
            await host.Send(nadia, new Tick.Command(hung, 0, 2));
            await Eventually(async () => await Arrived([hung]) == 2, Soon, "the reaction to what hangs elsewhere");

            var after = Guid.CreateVersion7();
            await host.Send(nadia, new Tick.Command(after, 0, 3));
            await Eventually(
                () => Task.FromResult(Faults.Effects.Count(c => c.Key == after) == 3),
                Soon,
                "signals that stand behind nobody"
            );
            await Eventually(async () => await Arrived(others) == others.Count, Soon, "all reactions");
            Assert.Multiple(() =>
            {
                Assert.That(Faults.Called.Any(c => others.Contains(c.Key) || c.Key == after), Is.False, "they hang");
                Assert.That(Faults.Effects.Count(c => c.Key == hung), Is.EqualTo(1), "its own key waits");
            });
            page.SetResult();
            Faults.Outside.SetResult();
            await Eventually(
                () => Task.FromResult(others.TrueForAll(k => Faults.Called.Count(c => c.Key == k) == 1)),
                Soon,
                "what hung, once each"
            );
            await Eventually(() => Task.FromResult(Faults.Called.Count(c => c.Key == stuck) == OutboxPump.MostHeld + 20), Soon);
            Assert.That(Faults.Called.Where(c => c.Key == stuck).Select(c => c.Number), Is.Ordered.And.Unique);
        }
        finally
        {
            Faults.Outside?.TrySetResult();
            Faults.Outside = null;
        }
    }

    [Test]
    public async Task S55_An_effect_that_ran_is_not_repeated_by_the_next_process()
    {
        var database = TestDatabase.Create(engine);
        await using var _ = database;
        var key = Guid.CreateVersion7();
        await using (var first = await ProbeModule.Host(engine, on: database))
        {
            var faults = first.Services.GetRequiredService<Faults>();
            faults.Poisoned[key] = true;
            await first.Send(nadia, new Tick.Command(key, 0, 2));
            await Eventually(
                () =>
                    first.With<ProbeDb, bool>(async db =>
                        faults.Calls.Any(c => c.Key == key)
                        && await db.Deliveries.Where(d => d.Key == key).AllAsync(d => d.Subscriber == "probe.OnTicked")
                    ),
                Soon,
                "the effects"
            );
        }
        await using var second = await ProbeModule.Host(engine, on: database, tables: false);
        second.Clock.Advance(TimeSpan.FromMinutes(6));
        second.Services.GetRequiredService<OutboxSignal>().Wake();
        await Eventually(() => second.With<ProbeDb, bool>(async db => await db.Taken.CountAsync(t => t.Key == key) == 2), Soon);
        Assert.That(second.Services.GetRequiredService<Faults>().Effects, Is.Empty);
    }

    private async Task<Guid> PublishUnknown(string name)
    {
        var key = Guid.CreateVersion7();
        await host.With<ProbeDb, int>(db =>
        {
            db.Outbox.Add(new OutboxRow(Guid.CreateVersion7(), name, key, "{}", "test", host.Clock.GetUtcNow()));
            return db.SaveChangesAsync();
        });
        return key;
    }

    private async Task Register(params SubscriberRow[] rows)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        db.Subscribers.AddRange(rows);
        await db.SaveChangesAsync();
    }

    private Task<Guid> EventOf(DeliveryRow row) =>
        host.With<ProbeDb, Guid>(db => db.Outbox.Where(o => o.Seq == row.Seq).Select(o => o.EventId).SingleAsync());

    private Task<int> Arrived(IReadOnlyCollection<Guid> keys) =>
        host.With<ProbeDb, int>(db => db.Taken.CountAsync(t => keys.Contains(t.Key)));

    private Task<List<int>> NumbersOf(Guid key) =>
        host.With<ProbeDb, List<int>>(db => db.Taken.Where(t => t.Key == key).OrderBy(t => t.Id).Select(t => t.Number).ToListAsync());

    /// <summary>The first that the reaction has not taken in; none yet when nobody has looked.</summary>
    private Task<DeliveryRow> First(Guid key) =>
        host.With<ProbeDb, DeliveryRow>(async db =>
            await db
                .Deliveries.AsNoTracking()
                .Where(d => d.Key == key && d.Subscriber == "probe.OnTicked")
                .OrderBy(d => d.Seq)
                .FirstOrDefaultAsync()
            ?? new(0, "", "", key, default)
        );

    private OutboxRow Row(Guid key, int number) =>
        new(Guid.CreateVersion7(), "probe.ticked.v1", key, EventCatalog.Serialize(new Ticked(key, number)), "test", host.Clock.GetUtcNow());

    /// <summary>A delivery that is a dead letter from the start: no pump ever sees it alive.</summary>
    private Task<int> PutDead(Guid key, int number) =>
        host.With<ProbeDb, int>(async db =>
        {
            await using var both = await db.Database.BeginTransactionAsync();
            var row = Row(key, number);
            db.Outbox.Add(row);
            db.Entry(row).Property(r => r.FannedOut).CurrentValue = true;
            await db.SaveChangesAsync();
            var dead = new DeliveryRow(row.Seq, "probe.ticked.v1", "probe.OnTicked", key, row.At);
            db.Deliveries.Add(dead);
            db.Entry(dead).Property(d => d.DeadAt).CurrentValue = row.At;
            await db.SaveChangesAsync();
            await both.CommitAsync();
            return 0;
        });

    private async Task<int> Outbox(params string[] arguments)
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("test");
        return await scope.ServiceProvider.GetServices<IParceoCommand>().Single(c => c.Verb == "outbox").Run(arguments, default);
    }
}
