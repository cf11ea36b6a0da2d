using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Events;

/// <summary>
/// A subscriber of an event, whichever node or version has it (docs/decisions/0014). Every event published since it was
/// registered is owed to it, until it is retired.
/// </summary>
public sealed class SubscriberRow(string name, string @event, DateTimeOffset firstSeen)
{
    /// <summary><c>slots.TellOpenPages</c></summary>
    public string Name { get; private set; } = name;

    /// <summary>The event's stored name.</summary>
    public string Event { get; private set; } = @event;

    /// <summary>When a node first announced it.</summary>
    public DateTimeOffset FirstSeen { get; private set; } = firstSeen;

    /// <summary>When a node last announced it.</summary>
    public DateTimeOffset LastSeen { get; private set; } = firstSeen;

    /// <summary>Nothing is owed to it any more: by command, or because no node has announced it for long.</summary>
    public DateTimeOffset? RetiredAt { get; private set; }

    internal void Seen(DateTimeOffset now) => LastSeen = now;

    internal void Return(DateTimeOffset now) => (FirstSeen, LastSeen, RetiredAt) = (now, now, null);

    internal static void Map(ModelBuilder model, bool owner) =>
        model.Entity<SubscriberRow>(e =>
        {
            e.ToTable(t =>
            {
                if (!owner)
                    t.ExcludeFromMigrations();
            });
            e.HasKey(s => new { s.Event, s.Name });
            e.Property(s => s.Event).HasMaxLength(200);
            e.Property(s => s.Name).HasMaxLength(200);
        });
}

/// <summary>Keeps the register of subscribers: what all nodes owe to whom.</summary>
internal sealed class Subscribers(
    IServiceScopeFactory scopes,
    ModuleCatalog modules,
    EventCatalog events,
    TimeProvider clock,
    ILogger<Subscribers> log
)
{
    /// <summary>A module may be switched off, or a version gone, for so long.</summary>
    internal static readonly TimeSpan Absence = TimeSpan.FromDays(30);
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(1);
    private const int MaxLooks = 5;

    /// <summary>Registers this node's subscribers, before it publishes or delivers anything.</summary>
    /// <param name="starting">A node that starts brings back what was retired; one that runs does not.</param>
    /// <param name="ct">Stops it.</param>
    public async Task Announce(bool starting, CancellationToken ct)
    {
        for (var look = 1; ; look++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
            var now = clock.GetUtcNow();
            var known = (await db.Subscribers.ToListAsync(ct)).ToDictionary(s => (s.Name, s.Event));
            foreach (var mine in events.Subscribers)
            {
                if (!known.TryGetValue((mine.Name, mine.EventName), out var row))
                    db.Subscribers.Add(new(mine.Name, mine.EventName, now));
                else if (row.RetiredAt is not null && starting)
                    row.Return(now);
                else if (row.RetiredAt is null && row.LastSeen < now - Freshness)
                    row.Seen(now);
            }
            try
            {
                await db.SaveChangesAsync(ct);
                return;
            }
            catch (ConcurrentChangeException) when (look < MaxLooks)
            { /* another node registered the same at once */
            }
        }
    }

    /// <summary>Retires a subscriber and gives up what waits for it; returns for how many events it was registered.</summary>
    public async Task<int> Retire(string name, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        var now = clock.GetUtcNow();
        var retired = await db
            .Subscribers.Where(s => s.Name == name && s.RetiredAt == null)
            .Gated(db, q => q.ExecuteUpdateAsync(s => s.SetProperty(r => r.RetiredAt, (DateTimeOffset?)now), ct), ct);
        await Tidy(ct);
        return retired;
    }

    /// <summary>Announces this node's, retires whom nobody has announced for long, and removes what nobody waits for any more.</summary>
    public async Task Keep(CancellationToken ct)
    {
        await Announce(starting: false, ct);
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
            var now = clock.GetUtcNow();
            var lost = await db
                .Subscribers.Where(s => s.RetiredAt == null && s.LastSeen < now - Absence)
                .Gated(db, q => q.ExecuteUpdateAsync(s => s.SetProperty(r => r.RetiredAt, (DateTimeOffset?)now), ct), ct);
            if (lost > 0)
                log.LogWarning("No node has announced {Count} subscriptions for 30 days: nothing is kept for them any more", lost);
        }
        await Tidy(ct);
    }

    private async Task Tidy(CancellationToken ct)
    {
        foreach (var module in modules.Modules.Where(m => m.Db is not null))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(module.Db!);
            await db
                .Deliveries.Where(d => db.Subscribers.Any(s => s.RetiredAt != null && s.Name == d.Subscriber && s.Event == d.Event))
                .Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
            // A kill between a last delivery and its event's removal leaves the event behind.
            await db.Outbox.Where(o => o.FannedOut && !db.Deliveries.Any(d => d.Seq == o.Seq)).Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
        }
    }
}
