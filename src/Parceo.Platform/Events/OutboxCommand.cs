using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Events;

/// <summary>Dead letters at the command line: list, replay, discard (S55).</summary>
internal sealed class OutboxCommand(ModuleCatalog modules, IServiceProvider services, TimeProvider clock) : IParceoCommand
{
    public string Verb => "outbox";
    public string Usage => "list | replay [EVENT-ID] | discard EVENT-ID";
    public string Summary => "Dead letters: list them, deliver them again, or give one up.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var action = arguments.Count > 0 ? arguments[0] : "list";
        Guid? id =
            arguments.Count > 1
                ? Guid.TryParse(arguments[1], out var g)
                    ? g
                    : throw new CommandException($"'{arguments[1]}' is not an event id.")
                : null;
        if (action is not ("list" or "replay" or "discard") || (action == "discard" && id is null))
            throw new CommandException($"Usage: outbox {Usage}");
        var found = 0;
        foreach (var module in modules.Modules.Where(m => m.Db is not null))
        {
            var db = (ModuleDb)services.GetRequiredService(module.Db!);
            var dead = db.Outbox.Where(r => r.DeadAt != null && (id == null || r.EventId == id));
            found += action switch
            {
                "list" => await List(dead, ct),
                "replay" => await Replay(db, dead, clock.GetUtcNow(), ct),
                _ => await dead.Gated(db, q => q.ExecuteDeleteAsync(ct), ct),
            };
        }
        Console.WriteLine(
            $"{found} dead letter{(found == 1 ? "" : "s")} {(action == "list" ? "found" : action + "ed")}.".Replace(
                "replayed",
                "to be delivered again",
                StringComparison.Ordinal
            )
        );
        return id is not null && found == 0 ? throw new CommandException($"No dead letter has the id {id}.") : 0;
    }

    internal static Task<int> Replay(ModuleDb db, IQueryable<OutboxRow> dead, DateTimeOffset now, CancellationToken ct) =>
        dead.Gated(
            db,
            q =>
                q.ExecuteUpdateAsync(
                    s =>
                        s.SetProperty(r => r.DeadAt, (DateTimeOffset?)null)
                            .SetProperty(r => r.Attempts, 0)
                            .SetProperty(r => r.NextAttemptAt, now),
                    ct
                ),
            ct
        );

    private static async Task<int> List(IQueryable<OutboxRow> dead, CancellationToken ct)
    {
        var rows = await dead.OrderBy(r => r.Seq).ToListAsync(ct);
        foreach (var r in rows)
            Console.WriteLine($"{r.EventId} {r.Name} {r.DeadAt:O} {r.Error}");
        return rows.Count;
    }
}
