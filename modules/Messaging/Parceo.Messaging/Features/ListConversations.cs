using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Services;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>One's conversations, what waits for a confirmation first, then the newest; with counters that are the same on every device.</summary>
internal static class ListConversations
{
    /// <summary>What a list can be narrowed to.</summary>
    public enum Filter
    {
        All,
        Unread,
        Direct,
        Groups,
        Channels,
        Desks,
    }

    /// <param name="Limit">1–100.</param>
    /// <param name="Next">Of the page before.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(Filter Show = Filter.All, int Limit = 30, string? Next = null) : IRequest<Response>;

    /// <param name="Next">Of the next page.</param>
    public sealed record Response(IReadOnlyList<ConversationLine> Conversations, string? Next);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user, ConversationLines lines) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var mine = db.Conversations.AsNoTracking().Where(c => c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null));
            mine = query.Show switch
            {
                Filter.Unread => mine.Where(c =>
                    db.Members.Any(m => m.ConversationId == c.Id && m.PersonId == user.Id && m.ReadSeq < c.LastMessageSeq)
                ),
                Filter.Direct => mine.Where(c => c.Kind == ConversationKind.Direct),
                Filter.Groups => mine.Where(c => c.Kind == ConversationKind.Group),
                Filter.Channels => mine.Where(c => c.Kind == ConversationKind.Channel),
                Filter.Desks => mine.Where(c => c.Kind == ConversationKind.DeskThread),
                _ => mine,
            };
            var rows = await mine.From(query.Next).Take(query.Limit).ToListAsync(ct);
            var shown = await lines.Of(rows, ct);
            return new Response(shown, Page.After(rows, query.Limit));
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("conversations", async (Filter? show, int? limit, string? next, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(show ?? Filter.All, limit ?? 30, next), ct))
            )
            .WithName("ListConversations")
            .WithSummary("One's conversations, newest first");
}
