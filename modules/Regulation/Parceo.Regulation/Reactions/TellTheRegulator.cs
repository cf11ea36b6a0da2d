using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Events;

namespace Parceo.Regulation.Reactions;

/// <summary>What happens to an orientation behind its regulator's back, and asks for a decision, reaches them wherever they are.</summary>
internal sealed class TellTheRegulator(RegulationDb db, SystemSender system) : IEffect<AcceptanceUndone>, IEffect<OrientationBooked>
{
    public Task Handle(AcceptanceUndone e, Guid eventId, CancellationToken ct) =>
        Tell(
            eventId,
            e.OrientationId,
            e.RegulatorId,
            "Une acceptation n’a pas pu être réservée : le dossier est de nouveau à pourvoir.",
            ct
        );

    public async Task Handle(OrientationBooked e, Guid eventId, CancellationToken ct)
    {
        if (!e.Reopened)
            return;
        var closedBy = await db.Set<OrientationStep>()
            .AsNoTracking()
            .Where(s =>
                s.OrientationId == e.OrientationId
                && (s.State == OrientationState.Closed || s.State == OrientationState.Escalated)
                && s.ActorId != Guid.Empty
            )
            .OrderByDescending(s => s.Number)
            .Select(s => (Guid?)s.ActorId)
            .FirstOrDefaultAsync(ct);
        await Tell(
            eventId,
            e.OrientationId,
            closedBy,
            "Un dossier terminé a une réservation : il est rouvert. Annulez-la si le patient n’en a plus besoin.",
            ct
        );
    }

    private Task Tell(Guid eventId, Guid orientation, Guid? regulator, string text, CancellationToken ct) =>
        regulator is { } person
            ? system.Send(
                new NotifyPeople(
                    eventId,
                    orientation,
                    Recipients.Of(person),
                    NoticeSubjects.Solicitation,
                    text,
                    $"/soins-non-programmes/orientations/{orientation}",
                    Urgent: true
                ),
                $"case-{eventId:n}",
                ct
            )
            : Task.CompletedTask;
}
