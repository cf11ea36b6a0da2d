using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Who takes part in a conversation, or did, by name.</summary>
internal static class ListMembers
{
    /// <param name="ConversationId">One's own.</param>
    /// <param name="Gone">Those who have left instead.</param>
    /// <param name="Limit">1–100.</param>
    /// <param name="Next">Of the page before.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(Guid ConversationId, bool Gone = false, int Limit = 50, Guid? Next = null) : IRequest<Response>;

    /// <param name="Next">Of the next page.</param>
    /// <param name="Count">How many take part now.</param>
    /// <param name="Left">How many have left.</param>
    public sealed record Response(IReadOnlyList<MemberLine> Members, Guid? Next, int Count, int Left);

    /// <param name="Id">Account.</param>
    /// <param name="Line">What they are, where.</param>
    /// <param name="LeftAt">When they left, UTC.</param>
    public sealed record MemberLine(Guid Id, string Name, string Line, MemberRole Role, DateTimeOffset JoinedAt, DateTimeOffset? LeftAt);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var all = db.Members.AsNoTracking().Where(m => m.ConversationId == query.ConversationId);
            if (!await all.AnyAsync(m => m.PersonId == user.Id && m.LeftAt == null, ct))
                throw new NotFoundException("conversation_unknown");
            var counts = await all.GroupBy(m => m.LeftAt != null)
                .Select(g => new { Left = g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Left, g => g.Count, ct);
            var shown = query.Gone ? all.Where(m => m.LeftAt != null) : all.Where(m => m.LeftAt == null);
            if (query.Next is { } last)
            {
                // Whoever the page before ended with is still a row, in or gone: nobody is passed over.
                var name = await all.Where(m => m.PersonId == last).Select(m => m.SortKey).SingleOrDefaultAsync(ct)
                    ?? throw InvalidException.Of("next", "next_invalid");
                shown = shown.Where(m => m.SortKey.CompareTo(name) > 0 || (m.SortKey == name && m.PersonId.CompareTo(last) > 0));
            }
            var page = await shown
                .OrderBy(m => m.SortKey)
                .ThenBy(m => m.PersonId)
                .Take(query.Limit)
                .Select(m => new MemberLine(m.PersonId, m.Name, m.Line, m.Role, m.JoinedAt, m.LeftAt))
                .ToListAsync(ct);
            return new Response(
                page,
                page.Count == query.Limit ? page[^1].Id : null,
                counts.GetValueOrDefault(false),
                counts.GetValueOrDefault(true)
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "conversations/{conversationId:guid}/members",
                async (Guid conversationId, bool? gone, int? limit, Guid? next, ISender sender, CancellationToken ct) =>
                    TypedResults.Ok(await sender.Send(new Query(conversationId, gone ?? false, limit ?? 50, next), ct))
            )
            .WithName("ListMembers")
            .WithSummary("Who takes part in a conversation, or did")
            .ProducesProblem(404);
}
