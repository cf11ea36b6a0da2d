using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Data;
using Parceo.Platform.Sending;

namespace Parceo.Platform.Events;

internal enum HeldState
{
    Waiting,
    Running,
    Done,
    Failed,

    /// <summary>Interrupted by the stop of the host: no failure.</summary>
    Stopped,
}

/// <summary>A delivery that this node holds a lease on.</summary>
internal sealed class Held(DeliveryRow row, OutboxRow @event, Subscriber subscriber, string module, DateTimeOffset until)
{
    public long Id => row.Id;
    public long Seq => row.Seq;
    public Guid Key => row.Key;
    public int Attempts => row.Attempts;
    public OutboxRow Event => @event;
    public Subscriber Subscriber => subscriber;

    /// <summary>Whose outbox it lies in.</summary>
    public string Module => module;

    public DateTimeOffset Until { get; set; } = until;
    public HeldState State { get; set; }
    public string? Failure { get; set; }

    /// <summary>What must go one after the other: a module's reactions to a key, an effect's deliveries of a key.</summary>
    public (string, Guid) Strand => (Subscriber.Lane == Lane.Reactions ? Subscriber.Module : Subscriber.Name, Key);
}

/// <summary>
/// The rows of outboxes as one node works on them: fanned out, leased, settled. In plain LINQ, so that several nodes may
/// run on any engine: a lease is a row changed only if nobody else holds it.
/// </summary>
internal sealed class Deliveries(EventCatalog events, TimeProvider clock)
{
    internal const int MaxAttempts = 10,
        Batch = 256;
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private readonly Guid node = Guid.CreateVersion7();

    /// <summary>
    /// Writes the deliveries of new events: one for every registered subscriber, also of those that this node does not
    /// have. Those it has are leased in the same write, as far as there is room and nothing of their key stands before them.
    /// </summary>
    /// <returns>What it leased, how many events it fanned out, and whether deliveries for it were left for later.</returns>
    public async Task<(List<Held> Leased, int Events, bool Left)> FanOut(
        ModuleDb db,
        string module,
        Func<Subscriber, int> room,
        CancellationToken ct
    )
    {
        var fresh = await db.Outbox.Where(o => !o.FannedOut).OrderBy(o => o.Seq).Take(Batch).ToListAsync(ct);
        if (fresh.Count == 0)
            return ([], 0, false);
        // Asked after the events were seen: whoever registered before one of them was stored is in the answer.
        var names = fresh.Select(o => o.Name).Distinct().ToList();
        var registered = (await db.Subscribers.AsNoTracking().Where(s => s.RetiredAt == null && names.Contains(s.Event)).ToListAsync(ct))
            .OrderBy(s => s.Name, StringComparer.Ordinal)
            .ToLookup(s => s.Event, s => s.Name);
        var keys = fresh.Select(o => o.Key).Distinct().ToList();
        var now = Now();
        var queue = new Queued(events, node, await db.Deliveries.AsNoTracking().Where(d => keys.Contains(d.Key)).ToListAsync(ct), now);

        var left = false;
        var taken = new Dictionary<string, int>();
        var leased = new List<Held>();
        foreach (var e in fresh)
        {
            e.FanOut();
            foreach (var name in registered[e.Name])
            {
                var row = new DeliveryRow(e.Seq, e.Name, name, e.Key, e.At);
                db.Deliveries.Add(row);
                if (events.Find(e.Name, name) is not { } subscriber)
                    continue; // another node's
                var mine = taken.GetValueOrDefault(subscriber.Name);
                if (mine < room(subscriber) && !queue.Blocks(subscriber, e.Key))
                {
                    taken[subscriber.Name] = mine + 1;
                    row.LeaseTo(node, now + Lease);
                    leased.Add(new(row, e, subscriber, module, now + Lease));
                }
                else
                {
                    left = true;
                    queue.Add(row);
                }
            }
            if (!registered[e.Name].Any())
                db.Outbox.Remove(e); // owed to nobody
        }
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (ConcurrentChangeException)
        {
            return ([], 0, true); // another node was faster
        }
        return (InOrder(leased), fresh.Count, left);
    }

    /// <summary>Leases what waits: for its next try, for its turn, or because the node that had it is gone.</summary>
    /// <param name="db">Whose outbox.</param>
    /// <param name="module">Its name.</param>
    /// <param name="room">How many more a subscriber may hold.</param>
    /// <param name="holds">Whether this node still works on a delivery, whatever became of its lease.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<List<Held>> Take(ModuleDb db, string module, Func<Subscriber, int> room, Func<long, bool> holds, CancellationToken ct)
    {
        var now = Now();
        var pairs = events.Subscribers.Where(s => room(s) > 0).Select(s => s.Pair).ToList();
        if (pairs.Count == 0)
            return [];
        var due = await db
            .Deliveries.Where(d =>
                d.DeadAt == null
                && d.NextAttemptAt <= now
                && (d.LeaseUntil == null || d.LeaseUntil < now)
                && pairs.Contains(d.Subscriber + ">" + d.Event)
                // What waits behind an earlier one of its key takes no place in the batch.
                && !db.Deliveries.Any(e =>
                    e.Key == d.Key
                    && e.Subscriber == d.Subscriber
                    && e.Seq < d.Seq
                    && (e.DeadAt != null || e.NextAttemptAt > now || e.LeaseUntil >= now)
                )
            )
            .OrderBy(d => d.Seq)
            .ThenBy(d => d.Id)
            .Take(Batch)
            .Select(d => new
            {
                d.Id,
                d.Seq,
                d.Key,
                d.Subscriber,
                d.Event,
            })
            .ToListAsync(ct);
        var wanted = due.Where(d => !holds(d.Id))
            .GroupBy(d => d.Subscriber)
            .SelectMany(g => g.Take(room(events.Find(g.First().Event, g.Key)!)))
            .ToList();
        if (wanted.Count == 0)
            return [];

        var ids = wanted.ConvertAll(d => d.Id);
        var until = now + Lease;
        await db
            .Deliveries.Where(d => ids.Contains(d.Id) && d.DeadAt == null && (d.LeaseUntil == null || d.LeaseUntil < now))
            .Gated(
                db,
                q => q.ExecuteUpdateAsync(s => s.SetProperty(d => d.LeaseOwner, node).SetProperty(d => d.LeaseUntil, until), ct),
                ct
            );

        // Only now is it known what is ours: a delivery waits while an earlier one of its key is with somebody else.
        var keys = wanted.Select(d => d.Key).Distinct().ToList();
        var last = wanted.Max(d => d.Seq);
        var open = await db.Deliveries.AsNoTracking().Where(d => keys.Contains(d.Key) && d.Seq <= last).ToListAsync(ct);
        var mine = open.Where(d => ids.Contains(d.Id) && d.LeaseOwner == node && d.LeaseUntil == until).ToDictionary(d => d.Id);
        var seqs = mine.Values.Select(d => d.Seq).Distinct().ToList();
        var rows = await db.Outbox.AsNoTracking().Where(o => seqs.Contains(o.Seq)).ToDictionaryAsync(o => o.Seq, ct);
        var taken = new List<Held>();
        var early = new List<long>();
        foreach (var key in open.GroupBy(d => d.Key))
        {
            var queue = new Queued(events, node, [], now);
            foreach (var row in key.OrderBy(d => d.Seq).ThenBy(d => d.Id))
            {
                if (!mine.ContainsKey(row.Id))
                    queue.Add(row);
                else if (events.Find(row.Event, row.Subscriber) is { } subscriber && !queue.Blocks(subscriber, row.Key))
                    taken.Add(new(row, rows[row.Seq], subscriber, module, until));
                else
                {
                    early.Add(row.Id);
                    queue.Add(row);
                }
            }
        }
        await Release(db, early, ct);
        return InOrder(taken);
    }

    /// <summary>These are done: that they ran is remembered at once.</summary>
    /// <param name="db">Whose outbox.</param>
    /// <param name="open">Events of which this node still holds deliveries: not to be looked at yet.</param>
    /// <param name="ct">Stops it.</param>
    public async Task Done(ModuleDb db, IReadOnlyCollection<Held> done, HashSet<long> open, CancellationToken ct)
    {
        var ids = done.Select(d => d.Id).ToList();
        await db.Deliveries.Where(d => ids.Contains(d.Id) && d.LeaseOwner == node).Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
        Telemetry.Delivered.Add(done.Count);
        var seqs = done.Select(d => d.Seq).Distinct().Where(s => !open.Contains(s)).ToList();
        if (seqs.Count == 0)
            return;
        // In a statement of its own: of two nodes that finish an event's last two deliveries at once, one sees that none is left.
        await db
            .Outbox.Where(o => seqs.Contains(o.Seq) && o.FannedOut && !db.Deliveries.Any(d => d.Seq == o.Seq))
            .Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
    }

    /// <summary>This one failed: it waits and comes again, or is a dead letter.</summary>
    /// <returns>Whether it is given up.</returns>
    public async Task<bool> Failed(ModuleDb db, Held held, string failure, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var attempts = held.Attempts + 1;
        DateTimeOffset? dead = attempts >= MaxAttempts ? now : null;
        var next = now + TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, attempts)));
        await db
            .Deliveries.Where(d => d.Id == held.Id && d.LeaseOwner == node)
            .Gated(
                db,
                q =>
                    q.ExecuteUpdateAsync(
                        s =>
                            s.SetProperty(d => d.Attempts, attempts)
                                .SetProperty(d => d.NextAttemptAt, next)
                                .SetProperty(d => d.DeadAt, dead)
                                .SetProperty(d => d.Error, failure)
                                .SetProperty(d => d.LeaseOwner, (Guid?)null)
                                .SetProperty(d => d.LeaseUntil, (DateTimeOffset?)null),
                        ct
                    ),
                ct
            );
        return dead is not null;
    }

    /// <summary>Gives leases back: free for every node.</summary>
    public async Task Release(ModuleDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
            return;
        await db
            .Deliveries.Where(d => ids.Contains(d.Id) && d.LeaseOwner == node)
            .Gated(
                db,
                q =>
                    q.ExecuteUpdateAsync(
                        s => s.SetProperty(d => d.LeaseOwner, (Guid?)null).SetProperty(d => d.LeaseUntil, (DateTimeOffset?)null),
                        ct
                    ),
                ct
            );
    }

    /// <summary>Keeps what is still held, as long as this process lives; a lease that has run out is somebody else's.</summary>
    public async Task Renew(ModuleDb db, IReadOnlyCollection<Held> held, CancellationToken ct)
    {
        var ids = held.Select(h => h.Id).ToList();
        var now = Now();
        var until = now + Lease;
        await db
            .Deliveries.Where(d => ids.Contains(d.Id) && d.LeaseOwner == node && d.LeaseUntil >= now)
            .Gated(db, q => q.ExecuteUpdateAsync(s => s.SetProperty(d => d.LeaseUntil, until), ct), ct);
        var kept = await db
            .Deliveries.Where(d => ids.Contains(d.Id) && d.LeaseOwner == node && d.LeaseUntil == until)
            .Select(d => d.Id)
            .ToListAsync(ct);
        foreach (var h in held.Where(h => kept.Contains(h.Id)))
            h.Until = until;
    }

    /// <summary>Whether a delivery may begin: none does in the second half of its lease.</summary>
    public bool IsFresh(Held held) => clock.GetUtcNow() <= held.Until - (Lease / 2);

    /// <summary>Microseconds: what every engine keeps, so that our own lease is recognised when it is read again.</summary>
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % 10));
    }

    private static List<Held> InOrder(IEnumerable<Held> held) => [.. held.OrderBy(h => h.Seq).ThenBy(h => h.Id)];

    /// <summary>What stands before a delivery of the same key, earlier in order.</summary>
    private sealed class Queued
    {
        private readonly EventCatalog events;
        private readonly Guid node;
        private readonly DateTimeOffset now;
        private readonly HashSet<(string Subscriber, Guid Key)> subscribers = [];
        private readonly HashSet<(string Module, Guid Key)> modules = [];

        public Queued(EventCatalog events, Guid node, IEnumerable<DeliveryRow> open, DateTimeOffset now)
        {
            (this.events, this.node, this.now) = (events, node, now);
            foreach (var row in open)
                Add(row);
        }

        /// <summary>
        /// One that waits or is with another node holds up its subscriber. Reactions of one module also keep their order
        /// among each other, as long as none of them fails: what has failed, or what no node here can deliver, holds up
        /// nobody else.
        /// </summary>
        public void Add(DeliveryRow row)
        {
            var elsewhere = row.LeaseUntil >= now;
            if (elsewhere && row.LeaseOwner == node)
                return; // in this node's hands, where it comes first by itself
            var waits = row.DeadAt is not null || row.NextAttemptAt > now;
            var known = events.Find(row.Event, row.Subscriber);
            if (!elsewhere && !waits && known is null)
                return;
            subscribers.Add((row.Subscriber, row.Key));
            if (known is { Lane: Lane.Reactions } && (elsewhere || !waits))
                modules.Add((known.Module, row.Key));
        }

        public bool Blocks(Subscriber subscriber, Guid key) =>
            subscribers.Contains((subscriber.Name, key))
            || (subscriber.Lane == Lane.Reactions && modules.Contains((subscriber.Module, key)));
    }
}
