using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>In how many conversations somebody waits for the caller.</summary>
internal static class CountWaitingConversations
{
    [Requires(MessagingPermissions.Use)]
    public sealed record Query : IRequest<int>;

    public sealed class Handler(MessagingDb db, ICurrentUser user) : IRequestHandler<Query, int>
    {
        public Task<int> Handle(Query query, CancellationToken ct) =>
            ListWaitingConversations.Of(db, user.Id).Take(HomePart.Counted).CountAsync(ct);
    }
}
