using Microsoft.EntityFrameworkCore;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Data;

/// <summary>For reactions to what other modules did: the orientation meant, if there is one and it is that organisation's.</summary>
internal sealed class Facts(RegulationDb db)
{
    public async Task<(Orientation Orientation, PatientFile File)?> Of(Guid? id, Guid organisation, CancellationToken ct)
    {
        if (id is null) return null;
        var orientation = await db.Orientations.Include(o => o.Invitations).SingleOrDefaultAsync(o => o.Id == id && o.OrganisationId == organisation, ct);
        return orientation is null ? null : (orientation, await db.Files.SingleAsync(f => f.OrientationId == id, ct));
    }
}
