using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Rosters.Contracts;

namespace Parceo.Regulation.Services;

/// <summary>Care pools and wave policies as the waves need them.</summary>
internal sealed class Pools(RegulationDb db, ISender sender, ICurrentUser user)
{
    /// <summary>Maisons médicales de garde of the caller's territory: their hours and telephones are kept with the rosters.</summary>
    public Task<IReadOnlyList<DutyHouseView>> Houses(CancellationToken ct) => sender.Send(new ListDutyHouses.Query(), ct);

    /// <summary>Whether a kind of care can be used now; always where nobody said when.</summary>
    public async Task<bool> IsOpen(CareKind kind, CarePool? pool, DateTimeOffset now, string zone, CancellationToken ct)
    {
        if (kind != CareKind.DutyHouse)
            return pool?.IsOpen(now, zone) ?? true;
        var houses = await Houses(ct);
        return houses.Count == 0 || houses.Any(h => h.Open);
    }

    /// <summary>The pool of the caller's organisation, or null: the kind's usual skill at any hour.</summary>
    public Task<CarePool?> Of(CareKind kind, CancellationToken ct) => Of(user.OrganisationId, kind, ct);

    public Task<CarePool?> Of(Guid organisation, CareKind kind, CancellationToken ct) =>
        db.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.OrganisationId == organisation && p.Kind == kind, ct);

    /// <summary>The plan that held in the département at that moment.</summary>
    public async Task<WavePlan> PlanOf(string departement, DateTimeOffset at, CancellationToken ct) =>
        (
            await db
                .Policies.AsNoTracking()
                .Where(p => p.Departement == departement && p.From <= at)
                .OrderByDescending(p => p.From)
                .FirstOrDefaultAsync(ct)
        )?.Plan
        ?? WavePlan.Default;
}
