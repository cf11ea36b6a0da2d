using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Platform.Sending;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Reactions;

/// <summary>
/// Slots advises on the surcharge and cannot know the MT question's answer: it is told whether the patient is the
/// effector's own (D26), never who the MT is. The state of the moment is told, so that a late delivery tells nothing old.
/// </summary>
internal sealed class TellOwnPatients(RegulationDb db, SystemSender system, ICurrentUser user)
    : IEffect<OrientationBooked>,
        IEffect<TreatingPhysicianChanged>
{
    public Task Handle(OrientationBooked e, Guid eventId, CancellationToken ct) =>
        e.MtPractitionerId is null ? Task.CompletedTask : Tell(e.OrientationId, ct);

    public Task Handle(TreatingPhysicianChanged e, Guid eventId, CancellationToken ct) => Tell(e.OrientationId, ct);

    private async Task Tell(Guid id, CancellationToken ct)
    {
        var now = await db
            .Orientations.AsNoTracking()
            .Where(o => o.Id == id)
            .Select(o => new
            {
                o.BookingId,
                o.PractitionerId,
                o.MtPractitionerId,
            })
            .SingleOrDefaultAsync(ct);
        if (now?.BookingId is { } booking)
            await system.Send(new NoteOwnPatient.Command(booking, now.MtPractitionerId == now.PractitionerId), user.CorrelationId, ct);
    }
}
