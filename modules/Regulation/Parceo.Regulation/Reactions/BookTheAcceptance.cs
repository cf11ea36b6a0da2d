using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Platform.Sending;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Events;
using Parceo.Regulation.Features;
using Parceo.Slots.Contracts;
using Mode = Parceo.Slots.Contracts.Mode;

namespace Parceo.Regulation.Reactions;

/// <summary>
/// An accepted solicitation becomes a booking of the Slots module (decision 0007). Delivered at least once; idempotent by
/// orientation, professional and start over there. What can never be booked (an hour too late, a professional who left)
/// does not wait as a dead letter while a patient waits: the acceptance is undone.
/// </summary>
internal sealed class BookTheAcceptance(RegulationDb db, FileSeal seal, SystemSender system, ICurrentUser user)
    : IEffect<OrientationAccepted>
{
    public async Task Handle(OrientationAccepted e, Guid eventId, CancellationToken ct)
    {
        var found = await db
            .Orientations.AsNoTracking()
            .Where(o => o.Id == e.OrientationId)
            .Join(db.Files, o => o.Id, f => f.OrientationId, (o, f) => new { Orientation = o, File = f })
            .SingleOrDefaultAsync(ct);
        if (found is null || found.Orientation.State != OrientationState.Accepted || found.Orientation.PractitionerId != e.PractitionerId)
            return; // booked already, or undone meanwhile
        var o = found.Orientation;
        var (identity, reason) = seal.ToPass(found.File, o.Kind, o.Reason);
        identity ??= PatientSheet.Empty;
        try
        {
            await system.Send(
                new BookOutsideAgenda.Command(
                    o.Id,
                    e.PractitionerId,
                    e.CalendarId,
                    o.OrganisationId,
                    e.RegulatorId,
                    e.Start,
                    o.Mode ?? Mode.Cabinet,
                    o.CaseReference,
                    identity.Traits(o.Age, o.Sex),
                    Known: identity,
                    Reason: reason
                ),
                user.CorrelationId,
                ct
            );
        }
        catch (ConflictException refused) when (refused.Code == "orientation_booked")
        {
            // A slot was booked for it at the same moment: that booking's event settles the orientation.
        }
        catch (RefusalException refused) when (refused is ConflictException or NotFoundException or InvalidException)
        {
            await system.Send(new UndoAcceptance.Command(o.Id, e.PractitionerId), user.CorrelationId, ct);
        }
    }
}
