using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Events;

/// <summary>What is still to be delivered of one module's events.</summary>
/// <param name="Module">Whose events.</param>
/// <param name="Waiting">Deliveries that this host can make and that are not made yet, dead letters left out.</param>
/// <param name="Oldest">When the oldest of them happened; UTC.</param>
/// <param name="Dead">Dead letters: given up until somebody replays or discards them.</param>
/// <param name="ForOtherHosts">Deliveries that wait for a module or a version that this host does not run: no failure of this one.</param>
public sealed record OutboxBacklog(string Module, int Waiting, DateTimeOffset? Oldest, int Dead, int ForOtherHosts = 0);

/// <summary>A delivery that was given up.</summary>
/// <param name="Module">Whose event.</param>
/// <param name="EventId">Which event.</param>
/// <param name="Event">Its stored name.</param>
/// <param name="Subscriber">Who could not take it.</param>
/// <param name="Since">Given up then; UTC.</param>
/// <param name="Error">The kind of failure and where it happened; never its data.</param>
public sealed record DeadLetter(string Module, Guid EventId, string Event, string Subscriber, DateTimeOffset Since, string? Error);

/// <summary>How the events of all modules stand, for gauges, the state page and readiness. Reads only, a few indexed queries a module.</summary>
public sealed class OutboxState(IServiceScopeFactory scopes, ModuleCatalog modules, EventCatalog events)
{
    /// <summary>One line a module that has a database.</summary>
    public async Task<IReadOnlyList<OutboxBacklog>> Read(CancellationToken ct)
    {
        var mine = events.Subscribers.Select(s => s.Pair).ToList();
        var all = new List<OutboxBacklog>();
        await foreach (var (module, db) in Databases())
        {
            var fresh = db.Outbox.Where(o => !o.FannedOut);
            var alive = db.Deliveries.Where(d => d.DeadAt == null && mine.Contains(d.Subscriber + ">" + d.Event));
            var oldest = new[]
            {
                await fresh.MinAsync(o => (DateTimeOffset?)o.At, ct),
                await alive.MinAsync(d => (DateTimeOffset?)d.At, ct),
            };
            all.Add(
                new(
                    module,
                    await fresh.CountAsync(ct) + await alive.CountAsync(ct),
                    oldest.Min(),
                    await db.Deliveries.CountAsync(d => d.DeadAt != null, ct),
                    await db.Deliveries.CountAsync(d => d.DeadAt == null && !mine.Contains(d.Subscriber + ">" + d.Event), ct)
                )
            );
        }
        return all;
    }

    /// <summary>The oldest dead letters of each module.</summary>
    /// <param name="most">Of each module.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<DeadLetter>> DeadLetters(int most, CancellationToken ct)
    {
        var all = new List<DeadLetter>();
        await foreach (var (module, db) in Databases())
            all.AddRange(
                await db
                    .Deliveries.Where(d => d.DeadAt != null)
                    .OrderBy(d => d.Id)
                    .Take(most)
                    .Join(
                        db.Outbox,
                        d => d.Seq,
                        o => o.Seq,
                        (d, o) => new DeadLetter(module, o.EventId, d.Event, d.Subscriber, d.DeadAt!.Value, d.Error)
                    )
                    .ToListAsync(ct)
            );
        return all;
    }

    private async IAsyncEnumerable<(string Module, ModuleDb Db)> Databases()
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("outbox-state");
        foreach (var module in modules.Modules.Where(m => m.Db is not null))
            yield return (module.Name, (ModuleDb)scope.ServiceProvider.GetRequiredService(module.Db!));
    }
}
