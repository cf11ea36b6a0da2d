using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Data;
using Parceo.Platform;
using Parceo.Platform.Jobs;

namespace Parceo.Notifications.Features;

/// <summary>Notices are a to-do list, not an archive: they go after 30 days.</summary>
internal static class PruneNotices
{
    internal const int Most = 1000;
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    [SystemOnly]
    public sealed record Command : IRequest<JobProgress>;

    public sealed class Validator : AbstractValidator<Command>;

    public sealed class Handler(NotificationsDb db, TimeProvider clock) : IRequestHandler<Command, JobProgress>
    {
        public async Task<JobProgress> Handle(Command command, CancellationToken ct)
        {
            var old = clock.GetUtcNow() - Retention;
            var gone = await db.Notices.Where(n => n.At < old).OrderBy(n => n.At).Take(Most).ToListAsync(ct);
            db.Notices.RemoveRange(gone);
            return gone.Count == Most ? JobProgress.More : JobProgress.Done;
        }
    }
}
