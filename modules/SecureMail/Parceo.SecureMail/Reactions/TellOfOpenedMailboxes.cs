using Parceo.Access.Contracts;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.SecureMail.Events;

namespace Parceo.SecureMail.Reactions;

/// <summary>An administrator opens mailboxes alone: whoever sees the organisation's people is told when one is opened to somebody new (S25).</summary>
internal sealed class TellOfOpenedMailboxes(SystemSender system) : IEffect<MailboxOpened>
{
    public async Task Handle(MailboxOpened e, Guid eventId, CancellationToken ct)
    {
        var reference = $"securemail-{eventId:n}";
        var watching = await system.Send(
            new FindColleagues(AccessPermissions.SeePeople, OrganisationId: e.OrganisationId, Limit: 500),
            reference,
            ct
        );
        if (watching.Count > 0)
            await system.Send(
                new NotifyPeople(
                    eventId,
                    e.MailboxId,
                    Recipients.Of([.. watching.Select(w => w.PersonId)]),
                    NoticeSubjects.Rights,
                    "Une boîte MSSanté vient d’être ouverte à une personne de plus : vérifiez que c’est attendu.",
                    "/administration/personnes",
                    Replaces: true
                ),
                reference,
                ct
            );
    }
}
