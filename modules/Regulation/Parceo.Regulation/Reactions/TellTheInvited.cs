using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Events;

namespace Parceo.Regulation.Reactions;

/// <summary>
/// An invitation reaches the effector wherever they are: bell, sound, push, repeated until it is read or over. It leaves
/// every device as soon as it is settled, by whomever.
/// </summary>
internal sealed class TellTheInvited(SystemSender system) : IEffect<InvitationSent>, IEffect<InvitationAnswered>, IEffect<AcceptanceUndone>
{
    public Task Handle(InvitationSent e, Guid eventId, CancellationToken ct) =>
        system.Send(
            new NotifyPeople(
                eventId,
                e.InvitationId,
                Recipients.Professional(e.PractitionerId, RegulationPermissions.Answer),
                NoticeSubjects.Solicitation,
                "On vous demande si vous pouvez voir un patient.",
                "/soins-non-programmes/sollicitations",
                Urgent: true,
                Until: e.Deadline
            ),
            $"invitation-{eventId:n}",
            ct
        );

    public Task Handle(AcceptanceUndone e, Guid eventId, CancellationToken ct) =>
        system.Send(
            new NotifyPeople(
                eventId,
                e.OrientationId,
                Recipients.Professional(e.PractitionerId, RegulationPermissions.Answer),
                NoticeSubjects.Solicitation,
                "Le patient que vous aviez accepté ne vous est plus adressé : la réservation n’a pas pu être faite.",
                "/soins-non-programmes/sollicitations",
                Urgent: true
            ),
            $"undone-{eventId:n}",
            ct
        );

    public Task Handle(InvitationAnswered e, Guid eventId, CancellationToken ct) =>
        system.Send(new ClearNotices(e.InvitationId), $"invitation-{eventId:n}", ct);
}
