using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Events;

/// <summary>Dead letters and subscribers at the command line (S55): list, replay, discard, retire.</summary>
internal sealed class OutboxCommand(
    ModuleCatalog modules,
    Subscribers register,
    PlatformDb platform,
    IServiceProvider services,
    TimeProvider clock
) : IParceoCommand
{
    public string Verb => "outbox";
    public string Usage => "list | replay [EVENT-ID [SUBSCRIBER]] | discard EVENT-ID [SUBSCRIBER] | subscribers | retire SUBSCRIBER";
    public string Summary =>
        "Dead letters: list them, deliver them again, or give one up. Subscribers: list them, or retire one that will not come back.";

    public Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct) =>
        arguments switch
        {
            [] or ["list"] => List(ct),
            ["replay"] => Each("to be delivered again", null, null, Replay, ct),
            ["replay", var id] => Each("to be delivered again", Id(id), null, Replay, ct),
            ["replay", var id, var subscriber] => Each("to be delivered again", Id(id), subscriber, Replay, ct),
            ["discard", var id] => Each("discarded", Id(id), null, Discard, ct),
            ["discard", var id, var subscriber] => Each("discarded", Id(id), subscriber, Discard, ct),
            ["subscribers"] => Subscribers(ct),
            ["retire", var subscriber] => Retire(subscriber, ct),
            _ => throw new CommandException($"Usage: outbox {Usage}"),
        };

    private async Task<int> List(CancellationToken ct)
    {
        var found = 0;
        foreach (var db in Databases())
        {
            var dead = await db
                .Deliveries.Where(d => d.DeadAt != null)
                .OrderBy(d => d.Id)
                .Join(db.Outbox, d => d.Seq, o => o.Seq, (d, o) => new { o.EventId, Delivery = d })
                .ToListAsync(ct);
            foreach (var d in dead)
                Console.WriteLine($"{d.EventId} {d.Delivery.Event} {d.Delivery.Subscriber} {d.Delivery.DeadAt:O} {d.Delivery.Error}");
            found += dead.Count;
        }
        return Say(found, "found");
    }

    private async Task<int> Each(
        string done,
        Guid? id,
        string? subscriber,
        Func<ModuleDb, IQueryable<DeliveryRow>, CancellationToken, Task<int>> act,
        CancellationToken ct
    )
    {
        var found = 0;
        foreach (var db in Databases())
            found += await act(
                db,
                db.Deliveries.Where(d =>
                    d.DeadAt != null
                    && (subscriber == null || d.Subscriber == subscriber)
                    && (id == null || db.Outbox.Any(o => o.Seq == d.Seq && o.EventId == id))
                ),
                ct
            );
        Say(found, done);
        return id is not null && found == 0 ? throw new CommandException($"No dead letter has the id {id}.") : 0;
    }

    private Task<int> Replay(ModuleDb db, IQueryable<DeliveryRow> dead, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return dead.Gated(
            db,
            q =>
                q.ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(d => d.DeadAt, (DateTimeOffset?)null)
                            .SetProperty(d => d.Attempts, 0)
                            .SetProperty(d => d.NextAttemptAt, now),
                    ct
                ),
            ct
        );
    }

    private static async Task<int> Discard(ModuleDb db, IQueryable<DeliveryRow> dead, CancellationToken ct)
    {
        var seqs = await dead.Select(d => d.Seq).Distinct().ToListAsync(ct);
        var found = await dead.Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
        await db
            .Outbox.Where(o => seqs.Contains(o.Seq) && !db.Deliveries.Any(d => d.Seq == o.Seq))
            .Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
        return found;
    }

    private async Task<int> Subscribers(CancellationToken ct)
    {
        foreach (var s in await platform.Subscribers.AsNoTracking().OrderBy(s => s.Name).ThenBy(s => s.Event).ToListAsync(ct))
            Console.WriteLine(
                $"{s.Name} {s.Event} since {s.FirstSeen:O}, last seen {s.LastSeen:O}{(s.RetiredAt is { } at ? $", retired {at:O}" : "")}"
            );
        return 0;
    }

    private async Task<int> Retire(string subscriber, CancellationToken ct)
    {
        if (await register.Retire(subscriber, ct) == 0)
            throw new CommandException($"No subscriber is called '{subscriber}': see outbox subscribers.");
        Console.WriteLine($"{subscriber} is owed nothing any more. A node that has it brings it back at its next start.");
        return 0;
    }

    private static int Say(int found, string done)
    {
        Console.WriteLine($"{found} dead letter{(found == 1 ? "" : "s")} {done}.");
        return 0;
    }

    private static Guid Id(string text) =>
        Guid.TryParse(text, out var id) ? id : throw new CommandException($"'{text}' is not an event id.");

    private IEnumerable<ModuleDb> Databases() =>
        modules.Modules.Where(m => m.Db is not null).Select(m => (ModuleDb)services.GetRequiredService(m.Db!));
}
