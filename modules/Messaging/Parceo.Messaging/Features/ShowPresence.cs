using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Hubs;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Who of a conversation is connected now and lets it be seen (S23).</summary>
internal static class ShowPresence
{
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(Guid ConversationId) : IRequest<IReadOnlyList<Guid>>;

    public sealed class Handler(MessagingDb db, ICurrentUser user, Presence presence) : IRequestHandler<Query, IReadOnlyList<Guid>>
    {
        public async Task<IReadOnlyList<Guid>> Handle(Query query, CancellationToken ct) =>
            await db.Members.AnyAsync(m => m.ConversationId == query.ConversationId && m.PersonId == user.Id && m.LeftAt == null, ct)
                ? presence.In(query.ConversationId)
                : throw new NotFoundException("conversation_unknown");
    }
}
