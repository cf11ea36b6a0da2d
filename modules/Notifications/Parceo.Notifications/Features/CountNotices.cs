using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Data;
using Parceo.Platform;

namespace Parceo.Notifications.Features;

/// <summary>Answers <see cref="Contracts.CountNotices"/>.</summary>
internal static class CountNotices
{
    public sealed class Handler(NotificationsDb db, ICurrentUser user) : IRequestHandler<Contracts.CountNotices, int>
    {
        private const int ShownAtMost = 100;

        public Task<int> Handle(Contracts.CountNotices request, CancellationToken ct) =>
            db
                .Notices.Where(n => n.PersonId == user.Id && n.ReadAt == null && (request.Topic == null || n.Topic == request.Topic))
                .Take(ShownAtMost)
                .CountAsync(ct);
    }
}
