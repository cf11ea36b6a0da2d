using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Access.Events;
using Parceo.Access.Mail;

namespace Parceo.Access.Features;

/// <summary>Notes which invitations ran out unanswered and are given again by mail: each once, some at a time, none that an administrator gave again already.</summary>
internal static class NoteReminders
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(14); // what lay longer, while no mail left, is not dug up

    [SystemOnly, Bookkeeping("It only notes what is due; each reminder leaves a trace of its own.")]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(AccessDb db, MailOut mails, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            if (!mails.IsConfigured)
                return Unit.Value;
            var now = clock.GetUtcNow();
            var oldest = now - Longest;
            foreach (
                var link in await db
                    .Links.Where(l =>
                        l.Purpose == LinkPurpose.Invitation
                        && l.UsedAt == null
                        && l.WithdrawnAt == null
                        && l.RenewedAt == null
                        && l.RemindedAt == null
                        && l.ExpiresAt <= now
                        && l.ExpiresAt > oldest
                    )
                    .OrderBy(l => l.ExpiresAt)
                    .Take(AtOnce)
                    .ToListAsync(ct)
            )
            {
                link.Remind(now);
                db.Publish(new InvitationReminderDue(link.Id), link.Id);
            }
            return Unit.Value;
        }
    }
}
