using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Data;
using Parceo.Platform;

namespace Parceo.Notifications.Features;

/// <summary>Pushes what waited for the end of quiet hours, and urgent notices that nobody read (D48). A job runs; what is due stands in the table.</summary>
internal static class PushDue
{
    private const int Batch = 100;

    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(NotificationsDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var due = await db.Notices.Where(n => n.NextPushAt <= now).OrderBy(n => n.NextPushAt).Take(Batch).ToListAsync(ct);
            if (due.Count == 0)
                return Unit.Value;
            var people = due.Select(n => n.PersonId).Distinct().ToList();
            var devices = (await db.Devices.AsNoTracking().Where(d => people.Contains(d.PersonId)).ToListAsync(ct)).ToLookup(d =>
                d.PersonId
            );
            foreach (var notice in due)
            {
                if (notice.Until <= now)
                    notice.Read(now);
                else
                    NotifyPeople.Push.Now(db, notice, devices[notice.PersonId], now);
            }
            return Unit.Value;
        }
    }
}
