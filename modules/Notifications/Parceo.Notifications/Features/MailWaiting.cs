using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Data;
using Parceo.Notifications.Events;
using Parceo.Platform;

namespace Parceo.Notifications.Features;

/// <summary>Writes to whoever asked for e-mails and has not read in time: one for all that waits, at most one an hour (D48, S66). A job rings; what is due stands in the table.</summary>
internal static class MailWaiting
{
    private const int Batch = 500;

    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(NotificationsDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var people = (
                await db.Notices.Where(n => n.MailAt <= now).OrderBy(n => n.MailAt).Select(n => n.PersonId).Take(Batch).ToListAsync(ct)
            )
                .Distinct()
                .ToList();
            if (people.Count == 0)
                return Unit.Value;
            var wishes = await db.Preferences.Where(p => people.Contains(p.PersonId)).ToDictionaryAsync(p => p.PersonId, ct);
            // What is not due yet is told by the same mail.
            var waiting = (await db.Notices.Where(n => people.Contains(n.PersonId) && n.MailAt != null).ToListAsync(ct)).ToLookup(n =>
                n.PersonId
            );
            foreach (var person in people)
            {
                // What they no longer want, or what is over, is not told.
                foreach (
                    var notice in waiting[person]
                        .Where(n => n.Until <= now || wishes.GetValueOrDefault(person)?.WantsMail(n.Subject) != true)
                )
                    notice.Mailed();
                var told = waiting[person].Where(n => n.MailAt is not null).ToList();
                if (told.Count == 0)
                    continue;
                if (wishes[person].MailWaits(now) is { } later)
                {
                    foreach (var notice in told)
                        notice.MailFrom(later);
                    continue;
                }
                foreach (var notice in told)
                    notice.Mailed();
                wishes[person].Mailed(now);
                db.Publish(new MailWanted(person), person);
            }
            return Unit.Value;
        }
    }
}
