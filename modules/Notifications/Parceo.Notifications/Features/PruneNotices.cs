using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Data;
using Parceo.Platform;

namespace Parceo.Notifications.Features;

/// <summary>Notices are a to-do list, not an archive: they go after 30 days.</summary>
internal static class PruneNotices
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(NotificationsDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var old = clock.GetUtcNow() - Kept;
            db.Notices.RemoveRange(await db.Notices.Where(n => n.At < old).OrderBy(n => n.At).Take(1000).ToListAsync(ct));
            return Unit.Value;
        }
    }
}
