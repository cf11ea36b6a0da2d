using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Hubs;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>What a client missed: raw entries after a sequence number, in order (docs/messaging-protocol.md §4).</summary>
internal static class ListEntries
{
    /// <param name="After">The last one it has; 0 for none.</param>
    /// <param name="Limit">1–200.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(Guid ConversationId, long After, int Limit = 100) : IRequest<Response>;

    /// <param name="Entries">In order; the first may be later than asked for where retention or a late joining leaves nothing to see.</param>
    /// <param name="Last">The conversation's last sequence number.</param>
    public sealed record Response(IReadOnlyList<WireEntry> Entries, long Last);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.After).GreaterThanOrEqualTo(0).WithMessage("entry_invalid");
            RuleFor(q => q.Limit).InclusiveBetween(1, 200).WithMessage("limit_invalid");
        }
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user, MessageSeal seal) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var head = await db
                .Conversations.AsNoTracking()
                .Where(c => c.Id == query.ConversationId && c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null))
                .Select(c => new { c.OrganisationId, c.LastSeq })
                .SingleOrDefaultAsync(ct)
                ?? throw new NotFoundException("conversation_unknown");
            var entries = await db
                .Entries.AsNoTracking()
                .Where(e => e.ConversationId == query.ConversationId && e.Seq > query.After)
                .OrderBy(e => e.Seq)
                .Take(query.Limit)
                .ToListAsync(ct);
            // Read after the head: what came in between is there too, and counts.
            return new Response(
                [.. entries.Select(e => WireEntry.Of(e, head.OrganisationId, seal))],
                Math.Max(head.LastSeq, entries.Count == 0 ? 0 : entries[^1].Seq)
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "conversations/{conversationId:guid}/entries",
                async (Guid conversationId, long? after, int? limit, ISender sender, CancellationToken ct) =>
                    TypedResults.Ok(await sender.Send(new Query(conversationId, after ?? 0, limit ?? 100), ct))
            )
            .WithName("ListEntries")
            .WithSummary("Entries after a sequence number")
            .ProducesProblem(404);
}
