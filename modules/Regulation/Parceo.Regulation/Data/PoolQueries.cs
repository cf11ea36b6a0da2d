using Microsoft.EntityFrameworkCore;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Data;

/// <summary>Care pools and wave policies, as several features read them.</summary>
internal static class PoolQueries
{
    /// <summary>An organisation's pool, or null: the kind's usual skill at any hour.</summary>
    public static Task<CarePool?> PoolOf(this RegulationDb db, Guid organisation, CareKind kind, CancellationToken ct) =>
        db.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.OrganisationId == organisation && p.Kind == kind, ct);

    /// <summary>The plan that held in the département at that moment.</summary>
    public static async Task<WavePlan> PlanOf(this RegulationDb db, string departement, DateTimeOffset at, CancellationToken ct) =>
        (
            await db
                .Policies.AsNoTracking()
                .Where(p => p.Departement == departement && p.From <= at)
                .OrderByDescending(p => p.From)
                .FirstOrDefaultAsync(ct)
        )?.Plan
        ?? WavePlan.Default;
}
