using Microsoft.Extensions.Configuration;
using Parceo.Access.Commands;
using Parceo.Access.Events;
using Parceo.Access.Features;
using Parceo.Access.Mail;
using Parceo.Platform;
using Parceo.Platform.Events;
using Parceo.Platform.Sending;

namespace Parceo.Access.Reactions;

/// <summary>Reminds whoever was invited. While the mail server is away the outbox tries again, each time with a new link: the one before is kept nowhere.</summary>
[SlowEffect]
internal sealed class RemindByMail(SystemSender system, MailOut mails, IConfiguration configuration) : IEffect<InvitationReminderDue>
{
    public async Task Handle(InvitationReminderDue e, Guid eventId, CancellationToken ct)
    {
        if (await system.Send(new RemindInvited.Command(e.InvitationId), $"reminder-{eventId:n}", ct) is { } again)
            await mails.Send(
                InvitationMail.Of(
                    again.Email,
                    again.Organisation,
                    Links.To(configuration, $"invitation/{again.Secret}"),
                    isFirst: false
                ) with
                {
                    Key = eventId,
                },
                ct
            );
    }
}
