using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>What one began to write in a conversation, on whatever device.</summary>
internal static class GetDraft
{
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(Guid ConversationId) : IRequest<Response>;

    /// <param name="Text">Null when there is none.</param>
    /// <param name="At">When it was kept, UTC.</param>
    public sealed record Response(string? Text, DateTimeOffset? At);

    public sealed class Handler(MessagingDb db, MessageSeal seal, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var organisation = await db
                .Conversations.Where(c => c.Id == query.ConversationId && c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null))
                .Select(c => (Guid?)c.OrganisationId)
                .SingleOrDefaultAsync(ct)
                ?? throw new NotFoundException("conversation_unknown");
            var draft = await db
                .Drafts.AsNoTracking()
                .SingleOrDefaultAsync(d => d.ConversationId == query.ConversationId && d.PersonId == user.Id, ct);
            return draft is null ? new Response(null, null) : new Response(seal.OpenDraft(draft, organisation), draft.At);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("conversations/{conversationId:guid}/draft", async (Guid conversationId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(conversationId), ct))
            )
            .WithName("GetDraft")
            .WithSummary("What one began to write")
            .ProducesProblem(404);
}
