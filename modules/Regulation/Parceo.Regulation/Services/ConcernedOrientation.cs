using Microsoft.EntityFrameworkCore;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Services;

/// <summary>For reactions to what other modules did: the orientation meant, if there is one and it is that organisation's.</summary>
internal sealed class ConcernedOrientation(RegulationDb db)
{
    public async Task<(Orientation Orientation, PatientFile File)?> Of(Guid? id, Guid organisation, CancellationToken ct)
    {
        if (id is null)
            return null;
        // The file first: it is opened to whom the orientation names, and the orientation itself may stay as it is. Who read
        // it before another node changed both would else open the file, by then the new one, to the one named before.
        var file = await db.Files.SingleOrDefaultAsync(f => f.OrientationId == id && f.OrganisationId == organisation, ct);
        return file is null ? null : (await db.Orientations.Include(o => o.Invitations).SingleAsync(o => o.Id == id, ct), file);
    }
}
