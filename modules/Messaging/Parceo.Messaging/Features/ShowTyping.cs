using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Hubs;
using Parceo.Platform;
using Parceo.Platform.Nodes;

namespace Parceo.Messaging.Features;

/// <summary>Tells the others of a conversation that somebody is writing. Nothing is stored.</summary>
internal static class ShowTyping
{
    [Requires(MessagingPermissions.Use), Limited(LimitKind.Typing)]
    public sealed record Query(Guid ConversationId) : IRequest<Unit>;

    public sealed class Handler(MessagingDb db, ICurrentUser user, Rooms rooms, NodeHints nodes) : IRequestHandler<Query, Unit>
    {
        public async Task<Unit> Handle(Query query, CancellationToken ct)
        {
            if (!await db.Members.AnyAsync(m => m.ConversationId == query.ConversationId && m.PersonId == user.Id && m.LeftAt == null, ct))
                throw new NotFoundException("conversation_unknown");
            rooms.Tell(query.ConversationId, user.Id, "typing", query.ConversationId, user.Id);
            nodes.Tell(OtherNodes.Typing, query.ConversationId, user.Id);
            return Unit.Value;
        }
    }
}
