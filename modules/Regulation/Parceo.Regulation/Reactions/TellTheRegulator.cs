using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;

namespace Parceo.Regulation.Reactions;

/// <summary>What happens to a case behind its regulator's back, and asks for a decision, reaches them wherever they are.</summary>
internal sealed class TellTheRegulator(SystemSender system) : IEffect<AcceptanceUndone>
{
    public Task Handle(AcceptanceUndone e, Guid eventId, CancellationToken ct) => e.RegulatorId is { } regulator
        ? Tell(eventId, e.OrientationId, regulator, "Une acceptation n’a pas pu être réservée : le dossier est de nouveau à pourvoir.", ct)
        : Task.CompletedTask;

    private Task Tell(Guid eventId, Guid orientation, Guid regulator, string text, CancellationToken ct) => system.Send(
        new NotifyPeople(eventId, orientation, Recipients.Of(regulator), NoticeSubjects.Solicitation, text, $"/soins-non-programmes/orientations/{orientation}", Urgent: true), $"case-{eventId:n}", ct);
}
