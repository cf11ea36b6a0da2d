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
using Parceo.Platform.Audit;

namespace Parceo.Messaging.Features;

/// <summary>Conversations of one's organisation, to put on hold or to release: titles, people and dates, never what was written (D17).</summary>
internal static class ListHeld
{
    /// <param name="All">Also those that are not on hold.</param>
    /// <param name="Limit">1–100.</param>
    /// <param name="Next">Of the page before.</param>
    [Requires(MessagingPermissions.Hold), Audited]
    public sealed record Query(bool All = false, int Limit = 30, string? Next = null) : IRequest<Response>;

    /// <param name="Conversations">Newest first.</param>
    /// <param name="CommunityDays">For how many days the community keeps at most.</param>
    /// <param name="Next">Of the next page.</param>
    public sealed record Response(IReadOnlyList<Held> Conversations, int CommunityDays, string? Next);

    /// <param name="Title">Title; both names for two people.</param>
    /// <param name="People">How many take part.</param>
    /// <param name="LastAt">When something happened last, UTC.</param>
    /// <param name="RetentionDays">Kept for, while not on hold.</param>
    /// <param name="HeldAt">Null when it is not on hold.</param>
    /// <param name="Reason">Why it is.</param>
    public sealed record Held(
        Guid Id,
        ConversationKind Kind,
        string Title,
        int People,
        DateTimeOffset OpenedAt,
        DateTimeOffset LastAt,
        int RetentionDays,
        DateTimeOffset? HeldAt,
        string? Reason
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user, MessageSeal seal) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var rows = await db
                .Conversations.AsNoTracking()
                .Where(c => c.OrganisationId == user.OrganisationId && (query.All || c.LegalHold))
                .From(query.Next)
                .Take(query.Limit)
                .ToListAsync(ct);
            var ids = rows.ConvertAll(c => c.Id);
            var counts = await db
                .Members.Where(m => ids.Contains(m.ConversationId) && m.LeftAt == null)
                .GroupBy(m => m.ConversationId)
                .Select(g => new { g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
            var unnamed = rows.Where(c => c.SealedTitle is null).Select(c => c.Id).ToList();
            var names = (
                await db
                    .Members.AsNoTracking()
                    .Where(m => unnamed.Contains(m.ConversationId))
                    .OrderBy(m => m.SortKey)
                    .Select(m => new { m.ConversationId, m.Name })
                    .ToListAsync(ct)
            ).ToLookup(m => m.ConversationId, m => m.Name);
            var bound = await db.DaysKeptBy(user.OrganisationId, ct);
            return new Response(
                [
                    .. rows.Select(c => new Held(
                        c.Id,
                        c.Kind,
                        seal.OpenTitle(c.SealedTitle, c.OrganisationId, c.Id) ?? Conversation.NamedAfter([.. names[c.Id]]),
                        counts.GetValueOrDefault(c.Id),
                        c.OpenedAt,
                        c.LastAt,
                        Math.Min(c.RetentionDays, bound),
                        c.HeldAt,
                        seal.OpenHoldReason(c.SealedHoldReason, c.OrganisationId, c.Id)
                    )),
                ],
                bound,
                Page.After(rows, query.Limit)
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("holds", async (bool? all, int? limit, string? next, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(all ?? false, limit ?? 30, next), ct))
            )
            .WithName("ListHeld")
            .WithSummary("Conversations on legal hold, or that could be");
}
