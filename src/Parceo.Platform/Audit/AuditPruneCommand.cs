using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;

namespace Parceo.Platform.Audit;

/// <summary>Retention of the trail (S33): says what would go, and removes it when told to. For a monthly timer, with the login that owns the schema.</summary>
internal sealed class AuditPruneCommand(PlatformDb db, AuditRetention retention, AuditWriter audit, CallContext user) : IParceoCommand
{
    public string Verb => "audit prune";
    public string Usage => "[--apply]";
    public string Summary =>
        "Traces older than Audit:KeepMonths (36): say how many would go, or remove them with --apply; what is on hold stays.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (arguments is not ([] or ["--apply"]))
            throw new CommandException($"Usage: {Verb} {Usage}");
        var apply = arguments.Count == 1;
        var keptFrom = retention.KeptFrom();
        var (rows, held) = (0L, 0L);
        foreach (var chain in await retention.Look(keptFrom, ct))
        {
            var range = $"chain {chain.OrganisationId}, sequences {chain.From} to {chain.Through}";
            if (chain.Held)
            {
                held += chain.Links;
                Console.WriteLine($"  on hold: {range}");
                continue;
            }
            rows += apply ? await Remove(chain, keptFrom, ct) : chain.Links;
            Console.WriteLine($"  {(apply ? "removed" : "would go")}: {range}");
        }
        if (apply && rows > 0)
        {
            audit.Add(db, "platform.prune-audit", "ok", user);
            await db.SaveChangesAsync(ct);
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rows} rows before {keptFrom:yyyy-MM-dd} {(apply ? "removed" : "would be removed; nothing was changed (--apply removes them)")}, {held} on hold."
            )
        );
        return 0;
    }

    private async Task<long> Remove(AuditPrunable chain, DateTimeOffset keptFrom, CancellationToken ct)
    {
        try
        {
            return await retention.Remove(chain, keptFrom, ct);
        }
        catch (System.Data.Common.DbException e) when (!ct.IsCancellationRequested && e is not Microsoft.Data.Sqlite.SqliteException)
        {
            throw new CommandException(
                $"The database refused ({e.SqlState ?? e.GetType().Name}): run it with the login that owns the schema, which the serving hosts do not use."
            );
        }
    }
}
