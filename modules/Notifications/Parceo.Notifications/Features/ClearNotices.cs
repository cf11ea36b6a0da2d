using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Data;
using Parceo.Notifications.Events;
using Parceo.Platform;

namespace Parceo.Notifications.Features;

/// <summary>Answers <see cref="Contracts.ClearNotices"/>.</summary>
internal static class ClearNotices
{
    public sealed class Validator : AbstractValidator<Contracts.ClearNotices>
    {
        public Validator() => RuleFor(c => c.Topic).NotEmpty();
    }

    public sealed class Handler(NotificationsDb db, TimeProvider clock) : IRequestHandler<Contracts.ClearNotices, Unit>
    {
        public async Task<Unit> Handle(Contracts.ClearNotices request, CancellationToken ct)
        {
            var open = await db
                .Notices.Where(n =>
                    n.Topic == request.Topic
                    && n.ReadAt == null
                    && (request.Subject == null || n.Subject == request.Subject)
                    && (request.PersonId == null || n.PersonId == request.PersonId)
                    && (request.Except == null || n.EventId != request.Except)
                )
                .ToListAsync(ct);
            if (open.Count == 0)
                return Unit.Value;
            foreach (var notice in open)
                notice.Read(clock.GetUtcNow());
            db.Publish(new NoticesChanged([.. open.Select(n => n.PersonId).Distinct()]), request.Topic);
            return Unit.Value;
        }
    }
}
