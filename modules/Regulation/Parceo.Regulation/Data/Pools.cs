using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Data;

/// <summary>Care pools and wave policies as the waves need them.</summary>
internal sealed class Pools(RegulationDb db, ICurrentUser user)
{
    /// <summary>The pool of the caller's organisation, or null: the kind's usual skill at any hour.</summary>
    public Task<CarePool?> Of(CareKind kind, CancellationToken ct) => Of(user.OrganisationId, kind, ct);

    public Task<CarePool?> Of(Guid organisation, CareKind kind, CancellationToken ct) =>
        db.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.OrganisationId == organisation && p.Kind == kind, ct);

    /// <summary>The plan that held in the département at that moment.</summary>
    public async Task<WavePlan> PlanOf(string departement, DateTimeOffset at, CancellationToken ct) =>
        (await db.Policies.AsNoTracking().Where(p => p.Departement == departement && p.From <= at).OrderByDescending(p => p.From).FirstOrDefaultAsync(ct))?.Plan ?? WavePlan.Default;
}
