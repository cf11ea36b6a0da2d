using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Messaging.Services;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>How much <see cref="PruneMessages"/> would remove now.</summary>
internal static class CountExpired
{
    [SystemOnly]
    public sealed record Query : IRequest<Response>;

    /// <param name="Conversations">With something to remove.</param>
    /// <param name="Entries">Messages and other entries.</param>
    /// <param name="Files">Their files.</param>
    public sealed record Response(int Conversations, int Entries, int Files);

    public sealed class Handler(MessagingDb db, Retention retention) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var (conversations, entries, files) = (0, 0, 0);
            foreach (var (days, keptFrom) in await retention.Bounds(ct))
            {
                var expired = retention.Expired(days, keptFrom);
                conversations += await expired.CountAsync(ct);
                entries += await expired
                    .Join(db.Entries.Where(e => e.At < keptFrom), c => c.Id, e => e.ConversationId, (c, e) => e.Seq)
                    .CountAsync(ct);
                files += await expired
                    .Join(db.Files.Where(f => f.At < keptFrom), c => c.Id, f => f.ConversationId, (c, f) => f.Id)
                    .CountAsync(ct);
            }
            return new Response(conversations, entries, files);
        }
    }
}
