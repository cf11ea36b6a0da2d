using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;
using Parceo.Platform.Sending;

namespace Parceo.Platform.Events;

/// <summary>Wakes the pump after a save; it looks by itself every two seconds in any case.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim bell = new(0, 1);

    /// <summary>Something was published.</summary>
    public void Ring()
    {
        try
        {
            bell.Release();
        }
        catch (SemaphoreFullException)
        { /* it is awake already */
        }
    }

    /// <inheritdoc/>
    public void Dispose() => bell.Dispose();

    internal Task<bool> Wait(TimeSpan atMost, CancellationToken ct) => bell.WaitAsync(atMost, ct);
}

/// <summary>
/// Delivers outbox rows (S55). A lease is a row changed only if its time has passed, in plain LINQ, so several nodes may
/// run; no row is begun in the second half of its lease: what is left of a batch that takes long is given back, free for
/// every node. Within a key rows go in order; each subscriber has its own transaction; a failure waits and returns, and
/// after ten tries the row is a dead letter that holds up its own key only.
/// </summary>
internal sealed class OutboxPump(
    IServiceScopeFactory scopes,
    ModuleCatalog modules,
    EventCatalog events,
    OutboxSignal signal,
    TimeProvider clock,
    ILogger<OutboxPump> log
) : BackgroundService
{
    internal const int MaxAttempts = 10,
        MaxLooks = 4,
        Batch = 256;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60),
        Idle = TimeSpan.FromSeconds(2);
    private readonly Guid node = Guid.CreateVersion7();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ReclaimAfterKill(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var delivered = 0;
            try
            {
                delivered = await PumpOnce(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError("The outbox could not be read: {Failure}", e.GetType().Name);
            }
            if (delivered == 0)
                await WaitQuietly(stoppingToken);
        }
    }

    /// <summary>One round over all modules; returns how many rows it settled.</summary>
    internal async Task<int> PumpOnce(CancellationToken ct)
    {
        var settled = 0;
        foreach (var module in modules.Modules.Where(m => m.Db is not null))
            settled += await Pump(module.Db!, ct);
        return settled;
    }

    /// <summary>On SQLite there is one node: leases found at start were held by a process that is gone, so nobody waits for them.</summary>
    private async Task ReclaimAfterKill(CancellationToken ct)
    {
        foreach (var module in modules.Modules.Where(m => m.Db is not null))
        {
            await using var scope = SystemScope("outbox");
            var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(module.Db!);
            if (!db.Database.IsSqlite())
                return;
            await db
                .Outbox.Where(r => r.LeaseUntil != null)
                .Gated(
                    db,
                    q =>
                        q.ExecuteUpdateAsync(
                            s => s.SetProperty(r => r.LeaseOwner, (Guid?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null),
                            ct
                        ),
                    ct
                );
        }
    }

    private async Task WaitQuietly(CancellationToken ct)
    {
        try
        {
            await signal.Wait(Idle, ct);
        }
        catch (OperationCanceledException)
        { /* stopping */
        }
    }

    /// <summary>One round over one module.</summary>
    internal async Task<int> Pump(Type dbType, CancellationToken ct)
    {
        await using var scope = SystemScope("outbox");
        var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(dbType);
        var rows = await TakeLease(db, ct);
        if (rows.Count == 0)
            return 0;

        var done = new List<long>(rows.Count);
        var late = new List<long>();
        foreach (var key in rows.GroupBy(r => r.Key))
        {
            foreach (var row in key.OrderBy(r => r.Seq))
            {
                if (clock.GetUtcNow() > row.LeaseUntil - (Lease / 2))
                {
                    late.Add(row.Seq);
                    continue;
                }
                if (await Deliver(row, ct) is { } failure)
                {
                    await PutBack(db, row, failure, ct);
                    var rest = key.Where(r => r.Seq > row.Seq).Select(r => r.Seq).ToList();
                    await Release(db, rest, ct);
                    break;
                }
                done.Add(row.Seq);
            }
        }
        await db.Outbox.Where(r => done.Contains(r.Seq) && r.LeaseOwner == node).Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
        await Release(db, late, ct);
        Telemetry.Delivered.Add(done.Count);
        return rows.Count;
    }

    private async Task<List<OutboxRow>> TakeLease(ModuleDb db, CancellationToken ct)
    {
        // Microseconds: what every engine keeps, so that our own lease is recognised when it is read again.
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % 10));
        var due = await db
            .Outbox.Where(r =>
                r.DeadAt == null
                && r.NextAttemptAt <= now
                && (r.LeaseUntil == null || r.LeaseUntil < now)
                // Rows that wait behind an earlier one of their key take no place in the batch: a dead letter holds up its own key only.
                && !db.Outbox.Any(e => e.Key == r.Key && e.Seq < r.Seq && (e.DeadAt != null || e.NextAttemptAt > now))
            )
            .OrderBy(r => r.Seq)
            .Take(Batch)
            .Select(r => new { r.Seq, r.Key })
            .ToListAsync(ct);
        if (due.Count == 0)
            return [];

        var seqs = due.ConvertAll(d => d.Seq);
        var until = now + Lease;
        await db
            .Outbox.Where(r => seqs.Contains(r.Seq) && (r.LeaseUntil == null || r.LeaseUntil < now))
            .Gated(
                db,
                q => q.ExecuteUpdateAsync(s => s.SetProperty(r => r.LeaseOwner, node).SetProperty(r => r.LeaseUntil, until), ct),
                ct
            );

        // Only now is it known what is ours: a row must wait while an earlier one of its key is open elsewhere.
        var last = seqs[^1];
        var keys = due.Select(d => d.Key).Distinct().ToList();
        var open = await db.Outbox.AsNoTracking().Where(r => keys.Contains(r.Key) && r.Seq <= last).ToListAsync(ct);
        var mine = new List<OutboxRow>();
        var early = new List<long>();
        foreach (var key in open.GroupBy(r => r.Key))
        {
            var blocked = false;
            foreach (var row in key.OrderBy(r => r.Seq))
            {
                var leased = row.LeaseOwner == node && row.LeaseUntil == until && row.DeadAt == null;
                if (!leased)
                    blocked = true;
                else if (blocked)
                    early.Add(row.Seq);
                else
                    mine.Add(row);
            }
        }
        await Release(db, early, ct);
        return mine;
    }

    private async Task<string?> Deliver(OutboxRow row, CancellationToken ct)
    {
        object? e;
        IReadOnlyList<Subscriber> subscribers;
        try
        {
            (e, subscribers) = events.Read(row);
        }
        catch (System.Text.Json.JsonException)
        {
            return "JsonException: the stored event does not fit its type"; // a dead letter in the end, never a stopped pump
        }
        string? failure = null;
        foreach (var subscriber in subscribers)
        {
            try
            {
                await LookAgain(() => Deliver(row, e!, subscriber, ct));
            }
            catch (Exception problem) when (problem is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                failure = $"{problem.GetType().Name} in {subscriber.Name}";
                log.LogWarning("{Event} {EventId} failed: {Failure}, {CorrelationId}", row.Name, row.EventId, failure, row.CorrelationId);
            }
        }
        return failure;
    }

    /// <summary>A reaction that lost a race runs again at once, with fresh eyes: its key should not wait for a back-off.</summary>
    private static async Task LookAgain(Func<Task> deliver)
    {
        for (var look = 1; ; look++)
        {
            try
            {
                await deliver();
                return;
            }
            catch (ConcurrentChangeException) when (look < MaxLooks) { }
        }
    }

    private async Task Deliver(OutboxRow row, object e, Subscriber subscriber, CancellationToken ct)
    {
        await using var scope = SystemScope(row.CorrelationId);
        var handler = scope.ServiceProvider.GetRequiredService(subscriber.Type);
        if (subscriber.Db is null)
        {
            await (Task)
                typeof(IEffect<>)
                    .MakeGenericType(subscriber.Event)
                    .GetMethod("Handle")!
                    .Invoke(handler, BindingFlags.DoNotWrapExceptions, null, [e, row.EventId, ct], null)!;
            return;
        }
        var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(subscriber.Db);
        if (await db.Inbox.AnyAsync(i => i.EventId == row.EventId && i.Subscriber == subscriber.Name, ct))
            return;
        await (Task)
            typeof(IReaction<,>)
                .MakeGenericType(subscriber.Event, subscriber.Db)
                .GetMethod("Handle")!
                .Invoke(handler, BindingFlags.DoNotWrapExceptions, null, [e, ct], null)!;
        db.Inbox.Add(new InboxRow(row.EventId, subscriber.Name, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
    }

    private Task PutBack(ModuleDb db, OutboxRow row, string failure, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var attempts = row.Attempts + 1;
        DateTimeOffset? dead = attempts >= MaxAttempts ? now : null;
        if (dead is not null)
        {
            Telemetry.Dead.Add(1);
            log.LogError("{Event} {EventId} is a dead letter after {Attempts} tries: {Failure}", row.Name, row.EventId, attempts, failure);
        }
        var next = now + TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, attempts)));
        return db
            .Outbox.Where(r => r.Seq == row.Seq && r.LeaseOwner == node)
            .Gated(
                db,
                q =>
                    q.ExecuteUpdateAsync(
                        s =>
                            s.SetProperty(r => r.Attempts, attempts)
                                .SetProperty(r => r.NextAttemptAt, next)
                                .SetProperty(r => r.DeadAt, dead)
                                .SetProperty(r => r.Error, failure)
                                .SetProperty(r => r.LeaseOwner, (Guid?)null)
                                .SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null),
                        ct
                    ),
                ct
            );
    }

    private async Task Release(ModuleDb db, List<long> seqs, CancellationToken ct)
    {
        if (seqs.Count == 0)
            return;
        await db
            .Outbox.Where(r => seqs.Contains(r.Seq) && r.LeaseOwner == node)
            .Gated(
                db,
                q =>
                    q.ExecuteUpdateAsync(
                        s => s.SetProperty(r => r.LeaseOwner, (Guid?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null),
                        ct
                    ),
                ct
            );
    }

    private AsyncServiceScope SystemScope(string correlationId)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem(correlationId);
        return scope;
    }
}
