using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;
using Parceo.Platform.Sending;

namespace Parceo.Platform.Events;

/// <summary>
/// Delivers events to their subscribers (S55, docs/decisions/0014). One loop reads and writes the outboxes of all modules
/// in batches; workers run the deliveries, so many at once in each lane and for each subscriber that whatever hangs or
/// fails holds up itself only, in its key's order.
/// </summary>
internal sealed class OutboxPump(
    IServiceScopeFactory scopes,
    ModuleCatalog modules,
    EventCatalog events,
    Subscribers subscribers,
    OutboxSignal signal,
    TimeProvider clock,
    ILogger<OutboxPump> log
) : BackgroundService
{
    /// <summary>How many a subscriber may hold at once: one that hangs fills no lane.</summary>
    internal const int MostHeld = 64;
    private const int MaxLooks = 4;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2),
        RenewEvery = TimeSpan.FromSeconds(15),
        KeepEvery = TimeSpan.FromHours(1);
    private readonly Deliveries deliveries = new(events, clock);
    private readonly Lock gate = new();

    /// <summary>Leased and not written down yet, in order of publication within a key. Under the gate.</summary>
    private readonly List<Held> held = [];

    // The loop's own; no worker touches it.
    private readonly HashSet<string> left = new(StringComparer.Ordinal);
    private long lookedAt,
        renewedAt = Stopwatch.GetTimestamp(),
        keptAt;

    /// <summary>How many run at once.</summary>
    private static int Width(Lane lane) => lane == Lane.Reactions ? 4 : 8;

    /// <summary>
    /// Of one subscriber. One for reactions: those of a module often change the same rows, and would only lose races to
    /// each other.
    /// </summary>
    private static int AtOnce(Lane lane) =>
        lane switch
        {
            Lane.Reactions => 1,
            Lane.Effects => 2,
            _ => 4,
        };

    private static TimeSpan Longest(Lane lane) => lane == Lane.Slow ? TimeSpan.FromMinutes(15) : TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var reclaimed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!reclaimed)
                    await ReclaimAfterKill(stoppingToken);
                reclaimed = true;
                await Turn(stoppingToken);
                await signal.Wait(Idle, stoppingToken);
            }
            // At stop a driver may say in its own words that it was cancelled, or that its services are gone.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError("The outbox could not be read: {Failure}", e.GetType().Name);
                await Task.Delay(Idle, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception)
            { /* stopping */
            }
        }
        await GiveBack();
    }

    /// <summary>One turn of the loop: write down what workers finished, fan out and lease what is new or due, let it begin.</summary>
    private async Task Turn(CancellationToken ct)
    {
        var rung = signal.Take();
        var all = rung is null || Stopwatch.GetElapsedTime(lookedAt) >= Idle;
        if (all)
            lookedAt = Stopwatch.GetTimestamp();
        if (keptAt == 0 || Stopwatch.GetElapsedTime(keptAt) >= KeepEvery)
        {
            keptAt = Stopwatch.GetTimestamp();
            await subscribers.Keep(ct);
        }
        if (Stopwatch.GetElapsedTime(renewedAt) >= RenewEvery)
        {
            renewedAt = Stopwatch.GetTimestamp();
            foreach (var some in Find(_ => true).GroupBy(h => h.Module))
                await With(some.Key, db => deliveries.Renew(db, [.. some], ct));
        }
        var settled = await Settle(ct);
        foreach (var module in modules.Modules.Where(m => m.Db is not null).Select(m => m.Name))
        {
            if (all || rung!.Contains(module))
                await FanOut(module, ct);
            if (all || (left.Contains(module) && (settled.Contains(module) || rung!.Contains(module))))
                await Take(module, ct);
        }
        foreach (var late in Start(ct).GroupBy(h => (h.Module, h.Strand)))
            await LetGo(h => h.Module == late.Key.Module && h.Strand == late.Key.Strand, ct);
    }

    private async Task FanOut(string module, CancellationToken ct)
    {
        var (leased, count, some) = await With(module, db => deliveries.FanOut(db, module, Room, ct));
        Add(leased, ct);
        if (some)
            left.Add(module);
        if (count == Deliveries.Batch || (some && count == 0))
            signal.Wake(module); // there may be more
    }

    private async Task Take(string module, CancellationToken ct)
    {
        var ours = Find(h => h.Module == module).ConvertAll(h => h.Id).ToHashSet();
        var taken = await With(module, db => deliveries.Take(db, module, Room, ours.Contains, ct));
        Add(taken, ct);
        if (taken.Count > 0)
            left.Add(module);
        else if (ours.Count == 0)
            left.Remove(module);
    }

    private void Add(List<Held> more, CancellationToken ct)
    {
        if (more.Count == 0)
            return;
        lock (gate)
            held.AddRange(more);
        Start(ct);
    }

    private List<Held> Find(Predicate<Held> which)
    {
        lock (gate)
            return held.FindAll(which);
    }

    private int Room(Subscriber subscriber) => MostHeld - Find(h => h.Subscriber.Name == subscriber.Name).Count;

    /// <summary>Lets begin what may, in order of publication; returns what has waited for too long to begin.</summary>
    private List<Held> Start(CancellationToken ct)
    {
        var late = new List<Held>();
        lock (gate)
        {
            if (ct.IsCancellationRequested)
                return late;
            var lanes = new Dictionary<Lane, int>();
            var busy = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var h in held.Where(h => h.State == HeldState.Running))
                Count(h);
            var strands = new HashSet<(string, Guid)>();
            foreach (var h in held)
            {
                if (h.State == HeldState.Done || !strands.Add(h.Strand) || h.State != HeldState.Waiting)
                    continue;
                if (!deliveries.IsFresh(h))
                    late.Add(h);
                else if (
                    lanes.GetValueOrDefault(h.Subscriber.Lane) < Width(h.Subscriber.Lane)
                    && busy.GetValueOrDefault(h.Subscriber.Name) < AtOnce(h.Subscriber.Lane)
                )
                {
                    Count(h);
                    h.State = HeldState.Running;
                    _ = Task.Run(() => Run(h, ct), CancellationToken.None);
                }
            }

            void Count(Held h)
            {
                lanes[h.Subscriber.Lane] = lanes.GetValueOrDefault(h.Subscriber.Lane) + 1;
                busy[h.Subscriber.Name] = busy.GetValueOrDefault(h.Subscriber.Name) + 1;
            }
        }
        return late;
    }

    private async Task Run(Held h, CancellationToken ct)
    {
        var state = HeldState.Done;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest(h.Subscriber.Lane));
        try
        {
            await Deliver(h, limit.Token);
        }
        catch (Exception e)
        {
            state = ct.IsCancellationRequested ? HeldState.Stopped : HeldState.Failed;
            if (state == HeldState.Failed)
                Note(h, limit.IsCancellationRequested ? nameof(TimeoutException) : e.GetType().Name);
        }
        lock (gate)
            h.State = state;
        if (state == HeldState.Done)
            Start(ct); // the next one need not wait until it is written down
        signal.Release();
    }

    /// <summary>Writes down what workers finished; returns whose outboxes changed.</summary>
    private async Task<HashSet<string>> Settle(CancellationToken ct)
    {
        var finished = Find(h => h.State is not (HeldState.Waiting or HeldState.Running));
        foreach (var module in finished.GroupBy(h => h.Module))
        {
            var done = module.Where(h => h.State == HeldState.Done).ToList();
            if (done.Count > 0)
            {
                var open = Find(h => h.Module == module.Key && !done.Contains(h)).ConvertAll(h => h.Seq).ToHashSet();
                await With(module.Key, db => deliveries.Done(db, done, open, ct));
                Forget(done);
            }
            foreach (var h in module.Where(h => h.State == HeldState.Stopped).ToList())
                await LetGo(other => other == h, ct);
            foreach (var h in module.Where(h => h.State == HeldState.Failed).ToList())
            {
                var dead = await With(h.Module, db => deliveries.Failed(db, h, h.Failure!, ct));
                if (dead)
                    Bury(h);
                Forget([h]);
                await LetGo(
                    later => later.Subscriber.Name == h.Subscriber.Name && later.Key == h.Key && later.State == HeldState.Waiting,
                    ct
                );
            }
        }
        return [.. finished.Select(h => h.Module)];
    }

    private void Forget(List<Held> some)
    {
        lock (gate)
            held.RemoveAll(some.Contains);
    }

    private async Task LetGo(Predicate<Held> which, CancellationToken ct)
    {
        foreach (var some in Find(h => h.State is HeldState.Waiting or HeldState.Stopped && which(h)).GroupBy(h => h.Module))
        {
            // Forgotten first: what is free for others must not begin here.
            Forget([.. some]);
            await With(some.Key, db => deliveries.Release(db, [.. some.Select(h => h.Id)], ct));
            left.Add(some.Key);
        }
    }

    /// <summary>At stop: what is held goes to whoever is there, at once instead of after its lease.</summary>
    private async Task GiveBack()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            while (Find(h => h.State == HeldState.Running).Count > 0)
                await signal.Wait(Idle, limit.Token);
            await Settle(limit.Token);
            await LetGo(_ => true, limit.Token);
        }
        catch (Exception)
        { /* leases run out by themselves */
        }
    }

    /// <summary>On SQLite there is one node: leases found at start were held by a process that is gone, so nobody waits for them.</summary>
    private async Task ReclaimAfterKill(CancellationToken ct)
    {
        foreach (var module in modules.Modules.Where(m => m.Db is not null))
        {
            await With(module.Name, async db =>
                db.Database.IsSqlite()
                    ? await db
                        .Deliveries.Where(d => d.LeaseUntil != null)
                        .Gated(
                            db,
                            q =>
                                q.ExecuteUpdateAsync(
                                    s =>
                                        s.SetProperty(d => d.LeaseOwner, (Guid?)null).SetProperty(d => d.LeaseUntil, (DateTimeOffset?)null),
                                    ct
                                ),
                            ct
                        )
                    : 0
            );
        }
    }

    /// <summary>One round over all modules, one delivery after the other; returns how much it settled.</summary>
    internal async Task<int> PumpOnce(CancellationToken ct)
    {
        var settled = 0;
        foreach (var module in modules.Modules.Where(m => m.Db is not null))
            settled += await Pump(module.Db!, ct);
        return settled;
    }

    /// <summary>One round over one module, in the order of publication, on the caller's thread: what a simulation replays.</summary>
    internal async Task<int> Pump(Type dbType, CancellationToken ct)
    {
        var module = modules.Modules.Single(m => m.Db == dbType).Name;
        var (leased, count, _) = await With(module, db => deliveries.FanOut(db, module, _ => int.MaxValue, ct));
        var ids = leased.ConvertAll(h => h.Id).ToHashSet();
        var due = await With(module, db => deliveries.Take(db, module, _ => Deliveries.Batch, ids.Contains, ct));
        var (done, stuck) = (new List<Held>(), new HashSet<(string, Guid)>());
        List<Held> round = [.. leased.Concat(due).OrderBy(h => h.Seq).ThenBy(h => h.Id)];
        foreach (var h in round)
        {
            if (stuck.Contains((h.Subscriber.Name, h.Key)) || !deliveries.IsFresh(h))
                await With(module, db => deliveries.Release(db, [h.Id], ct));
            else if (!await Tried(h, ct))
            {
                if (await With(module, db => deliveries.Failed(db, h, h.Failure!, ct)))
                    Bury(h);
                stuck.Add((h.Subscriber.Name, h.Key));
            }
            else
                done.Add(h);
        }
        if (done.Count > 0)
            await With(module, db => deliveries.Done(db, done, [], ct));
        return count + round.Count;
    }

    private async Task<bool> Tried(Held h, CancellationToken ct)
    {
        try
        {
            await Deliver(h, ct);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Note(h, e.GetType().Name);
            return false;
        }
    }

    /// <summary>The kind of failure and where it happened, never its data.</summary>
    private void Note(Held h, string kind)
    {
        h.Failure = $"{kind} in {h.Subscriber.Name}";
        log.LogWarning(
            "{Event} {EventId} failed: {Failure}, {CorrelationId}",
            h.Event.Name,
            h.Event.EventId,
            h.Failure,
            h.Event.CorrelationId
        );
    }

    private void Bury(Held h)
    {
        Telemetry.Dead.Add(1);
        log.LogError("{Event} {EventId} is a dead letter: {Failure}", h.Event.Name, h.Event.EventId, h.Failure);
    }

    private async Task Deliver(Held h, CancellationToken ct)
    {
        var e = EventCatalog.Read(h.Subscriber, h.Event.Payload);
        for (var look = 1; ; look++)
        {
            try
            {
                await Deliver(h, e, ct);
                return;
            }
            // Lost a race: again at once, with fresh eyes; its key should not wait for a back-off.
            catch (ConcurrentChangeException) when (look < MaxLooks) { }
        }
    }

    private async Task Deliver(Held h, object e, CancellationToken ct)
    {
        await using var scope = SystemScope(h.Event.CorrelationId);
        var handler = scope.ServiceProvider.GetRequiredService(h.Subscriber.Type);
        if (h.Subscriber.Db is null)
        {
            await h.Subscriber.Handle(handler, e, h.Event.EventId, ct);
            return;
        }
        var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(h.Subscriber.Db);
        if (await db.Inbox.AnyAsync(i => i.EventId == h.Event.EventId && i.Subscriber == h.Subscriber.Name, ct))
            return;
        await h.Subscriber.Handle(handler, e, h.Event.EventId, ct);
        db.Inbox.Add(new InboxRow(h.Event.EventId, h.Subscriber.Name, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
    }

    private async Task<T> With<T>(string module, Func<ModuleDb, Task<T>> work)
    {
        await using var scope = SystemScope("outbox");
        return await work((ModuleDb)scope.ServiceProvider.GetRequiredService(modules.Modules.Single(m => m.Name == module).Db!));
    }

    private Task With(string module, Func<ModuleDb, Task> work) => With(module, async db =>
        {
            await work(db);
            return 0;
        });

    private AsyncServiceScope SystemScope(string correlationId)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem(correlationId);
        return scope;
    }
}
