using Parceo.Access.Contracts;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Platform.Sending;

namespace Parceo.Notifications.Reactions;

/// <summary>Somebody gave themselves a role, because nobody else could: whoever sees an organisation's people is told, themselves included.</summary>
internal sealed class TellOfTakenRoles(SystemSender system) : IEffect<CoordinationTaken>
{
    public async Task Handle(CoordinationTaken e, Guid eventId, CancellationToken ct)
    {
        var reference = $"rights-{eventId:n}";
        var watching = await system.Send(
            new FindColleagues(AccessPermissions.SeePeople, OrganisationId: e.OrganisationId, Limit: 500),
            reference,
            ct
        );
        await system.Send(
            new NotifyPeople(
                eventId,
                e.PersonId,
                Recipients.Of([.. watching.Select(w => w.PersonId)]),
                NoticeSubjects.Rights,
                "La seule personne qui administre l’organisation a pris le rôle de coordination.",
                $"/administration/personnes/{e.PersonId}"
            ),
            reference,
            ct
        );
    }
}
