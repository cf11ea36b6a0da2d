using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Events;
using Parceo.SecureMail.Features;

namespace Parceo.SecureMail.Reactions;

/// <summary>Tells a mailbox's people that a mail came, and its author that one could not be delivered. No name, no subject (S66).</summary>
internal sealed class TellReaders(SystemSender system) : IEffect<MailReceived>, IEffect<MailStateChanged>
{
    public async Task Handle(MailReceived e, Guid eventId, CancellationToken ct)
    {
        var readers = await system.Send(new ListReaders.Query(e.MailboxId), Reference(eventId), ct);
        if (readers.Count > 0)
            await Tell(eventId, e.MailId, readers, "Un message MSSanté est arrivé.", $"/mssante/messages/{e.MailId}", ct);
    }

    public Task Handle(MailStateChanged e, Guid eventId, CancellationToken ct) =>
        // A module that asked for a mail tells its own people.
        e.Origin.Length == 0
        && e.AuthorId != Guid.Empty
        && e.State is MailState.Refused or MailState.Bounced or MailState.IntegrationError or MailState.GivenUp
            ? Tell(
                eventId,
                e.MailId,
                [e.AuthorId],
                "Un message MSSanté n’a pas été remis : voyez pourquoi.",
                $"/mssante/envoyes/{e.MailId}",
                ct
            )
            : Task.CompletedTask;

    private Task Tell(Guid eventId, Guid mail, IReadOnlyList<Guid> people, string text, string link, CancellationToken ct) =>
        system.Send(new NotifyPeople(eventId, mail, new Recipients(people, []), NoticeSubjects.Mail, text, link), Reference(eventId), ct);

    private static string Reference(Guid eventId) => $"securemail-{eventId:n}";
}
