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

namespace Parceo.Regulation.Reactions;

/// <summary>
/// The patient of an orientation is one, seen alike by the regulators and by who receives: whoever completes the name or the
/// phone, on the orientation or on the booking, completes it for both. Events carry neither; what is known at the time of delivery
/// is exchanged, so that a late or repeated one changes nothing, and an exchange that changes nothing ends the round. Why they
/// come goes with it, one way: to who receives them.
/// </summary>
internal sealed class KeepOnePatient(RegulationDb db, FileSeal seal, SystemSender system, ICurrentUser user)
    : IEffect<PatientIdentified>,
        IEffect<OrientationBooked>,
        IEffect<PatientCompleted>
{
    public Task Handle(PatientIdentified e, Guid eventId, CancellationToken ct) => Exchange(e.OrientationId, e.OrganisationId, ct);

    public Task Handle(OrientationBooked e, Guid eventId, CancellationToken ct) => Exchange(e.OrientationId, e.OrganisationId, ct);

    public Task Handle(PatientCompleted e, Guid eventId, CancellationToken ct) =>
        e.OrientationId is { } orientation ? Exchange(orientation, e.OrganisationId, ct) : Task.CompletedTask;

    private async Task Exchange(Guid orientation, Guid organisation, CancellationToken ct)
    {
        var found = await db
            .Files.AsNoTracking()
            .Where(f => f.OrientationId == orientation && f.OrganisationId == organisation)
            .Join(
                db.Orientations,
                f => f.OrientationId,
                o => o.Id,
                (f, o) =>
                    new
                    {
                        File = f,
                        o.Kind,
                        o.Reason,
                    }
            )
            .SingleOrDefaultAsync(ct);
        if (found is null)
            return;
        var (identity, reason) = seal.ToPass(found.File, found.Kind, found.Reason);
        var known = await system.Send(
            new ExchangePatient.Command(orientation, organisation, identity ?? PatientSheet.Empty, reason),
            user.CorrelationId,
            ct
        );
        if (identity is not null) // else what does not open is not written over
            await system.Send(new LearnPatient.Command(orientation, known), user.CorrelationId, ct);
    }
}
