using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Data;
using Parceo.Notifications.Events;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Platform.Web;

namespace Parceo.Notifications.Reactions;

/// <summary>Tells a person by ordinary e-mail that something waits, and nothing else: no name, no subject, no count (S66). The outbox tries again while the mail server is away.</summary>
[SlowEffect]
internal sealed class WriteMail(NotificationsDb db, IPersonMail mail, IConfiguration configuration) : IEffect<MailWanted>
{
    public async Task Handle(MailWanted e, Guid eventId, CancellationToken ct)
    {
        if (!mail.IsConfigured || !await db.Notices.AnyAsync(n => n.PersonId == e.PersonId && n.ReadAt == null, ct))
            return; // read meanwhile
        var home = ServedAddress.Of(configuration);
        await mail.Send(
            e.PersonId,
            eventId,
            "Vous avez des messages dans Parceo",
            $"""
            Bonjour,

            Vous avez des messages dans Parceo :
            {home}/notifications

            Vous recevez ce courriel parce que vous l’avez demandé. Il ne dit rien de ce qui vous attend.
            Pour ne plus en recevoir : {home}/notifications#h-reglages
            """,
            ct
        );
    }
}
