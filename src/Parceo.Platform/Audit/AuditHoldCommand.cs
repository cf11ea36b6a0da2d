using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;

namespace Parceo.Platform.Audit;

/// <summary>Legal holds on the trail (S33).</summary>
internal sealed class AuditHoldCommand(PlatformDb db, AuditWriter audit, CallContext user, IIds ids, TimeProvider clock) : IParceoCommand
{
    public string Verb => "audit hold";
    public string Usage => "[list | set ORGANISATION|all REASON | lift ID]";
    public string Summary => "Legal holds: traces of an organisation, or all, that no retention removes.";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        switch (arguments)
        {
            case [] or ["list"]:
                foreach (var hold in await db.AuditHolds.AsNoTracking().Where(h => h.LiftedAt == null).OrderBy(h => h.At).ToListAsync(ct))
                    Console.WriteLine($"{hold.Id} {hold.OrganisationId?.ToString() ?? "all"} {hold.At:yyyy-MM-dd} {hold.Reason}");
                return 0;
            case ["set", var whose, _, ..]:
                var reason = string.Join(" ", arguments.Skip(2));
                Guid? organisation =
                    whose == "all" ? null
                    : Guid.TryParse(whose, out var id) ? id
                    : throw new CommandException($"'{whose}' is neither an organisation's id nor 'all'.");
                if (reason.Length > 400)
                    throw new CommandException("The reason is longer than 400 characters.");
                var set = new AuditHoldRow
                {
                    Id = ids.New(),
                    OrganisationId = organisation,
                    Reason = reason,
                    At = clock.GetUtcNow(),
                };
                db.AuditHolds.Add(set);
                await Save("platform.hold-audit", ct);
                Console.WriteLine($"{set.Id} holds {whose}.");
                return 0;
            case ["lift", var text] when Guid.TryParse(text, out var lifted):
                var standing = await db.AuditHolds.SingleOrDefaultAsync(h => h.Id == lifted && h.LiftedAt == null, ct)
                    ?? throw new CommandException($"No hold has the id {lifted}.");
                standing.LiftedAt = clock.GetUtcNow();
                await Save("platform.lift-audit-hold", ct);
                Console.WriteLine($"{lifted} is lifted.");
                return 0;
            default:
                throw new CommandException($"Usage: {Verb} {Usage}");
        }
    }

    private Task<int> Save(string action, CancellationToken ct)
    {
        audit.Add(db, action, "ok", user);
        return db.SaveChangesAsync(ct);
    }
}
