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

/// <summary>Topics of a channel, newest first: open ones, or those that are settled.</summary>
internal static class ListTopics
{
    private const int Many = 100;

    /// <param name="ConversationId">A channel of one's own.</param>
    /// <param name="Resolved">The settled ones instead.</param>
    /// <param name="Limit">1–100.</param>
    /// <param name="Next">Of the page before.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(Guid ConversationId, bool Resolved = false, int Limit = 30, Guid? Next = null) : IRequest<Response>;

    /// <param name="Next">Of the next page.</param>
    public sealed record Response(IReadOnlyList<TopicCard> Topics, Guid? Next);

    /// <param name="OpenedBy">Name of who opened it.</param>
    /// <param name="ResolvedAt">When it was settled, UTC; null while it is open.</param>
    /// <param name="Followed">By the caller.</param>
    /// <param name="Messages">How many; 100 means many.</param>
    /// <param name="LastAt">When something happened in it last, UTC.</param>
    /// <param name="Unread">Messages of others that the caller has not read; 100 means many.</param>
    /// <param name="LastBy">Who wrote the last message; null while there is none.</param>
    /// <param name="LastText">Its beginning.</param>
    public sealed record TopicCard(
        Guid Id,
        string Title,
        string OpenedBy,
        DateTimeOffset OpenedAt,
        DateTimeOffset? ResolvedAt,
        bool Followed,
        int Messages,
        DateTimeOffset LastAt,
        int Unread,
        Guid? LastBy,
        string? LastText
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user, MessageSeal seal) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var organisation = await db
                .Conversations.Where(c => c.Id == query.ConversationId && c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null))
                .Select(c => (Guid?)c.OrganisationId)
                .SingleOrDefaultAsync(ct)
                ?? throw new NotFoundException("conversation_unknown");
            var topics = db.Topics.AsNoTracking().Where(t => t.ConversationId == query.ConversationId);
            var after = query.Next is { } next
                ? await topics.SingleOrDefaultAsync(t => t.Id == next, ct) ?? throw InvalidException.Of("next", "next_invalid")
                : null;
            topics = query.Resolved ? topics.Where(t => t.ResolvedAt != null) : topics.Where(t => t.ResolvedAt == null);
            if (after is not null)
                topics = topics.Where(t => t.OpenedAt < after.OpenedAt || (t.OpenedAt == after.OpenedAt && t.Id.CompareTo(after.Id) < 0));
            var page = await topics
                .OrderByDescending(t => t.OpenedAt)
                .ThenByDescending(t => t.Id)
                .Take(query.Limit)
                .Select(t => new
                {
                    Topic = t,
                    Followed = db.Follows.Any(f => f.TopicId == t.Id && f.PersonId == user.Id),
                    Messages = db
                        .Entries.Where(e =>
                            e.ConversationId == query.ConversationId && e.TopicId == t.Id && e.Kind == EntryKind.Message && !e.Erased
                        )
                        .Take(Many)
                        .Count(),
                    Last = db
                        .Entries.Where(e => e.ConversationId == query.ConversationId && e.TopicId == t.Id)
                        .OrderByDescending(e => e.Seq)
                        .Select(e => (DateTimeOffset?)e.At)
                        .FirstOrDefault(),
                    LastSeq = db
                        .Entries.Where(e =>
                            e.ConversationId == query.ConversationId && e.TopicId == t.Id && e.Kind == EntryKind.Message && !e.Erased
                        )
                        .OrderByDescending(e => e.Seq)
                        .Select(e => (long?)e.Seq)
                        .FirstOrDefault(),
                    Unread = db
                        .Entries.Where(e =>
                            e.ConversationId == query.ConversationId
                            && e.TopicId == t.Id
                            && e.Kind == EntryKind.Message
                            && !e.Erased
                            && e.SenderId != user.Id
                            && db.Members.Any(m => m.ConversationId == e.ConversationId && m.PersonId == user.Id && m.ReadSeq < e.Seq)
                        )
                        .Take(Many)
                        .Count(),
                })
                .ToListAsync(ct);
            var who = page.ConvertAll(p => p.Topic.OpenedBy);
            var names = await db
                .Members.AsNoTracking()
                .Where(m => m.ConversationId == query.ConversationId && who.Contains(m.PersonId))
                .ToDictionaryAsync(m => m.PersonId, m => m.Name, ct);
            var seqs = page.Select(p => p.LastSeq).OfType<long>().ToList();
            var last = await db
                .Entries.AsNoTracking()
                .Where(e => e.ConversationId == query.ConversationId && seqs.Contains(e.Seq))
                .ToDictionaryAsync(e => e.Seq, ct);
            var edits = await db.LastEdits(last.Values, ct);
            return new Response(
                [
                    .. page.Select(p => new TopicCard(
                        p.Topic.Id,
                        seal.OpenTopic(p.Topic.SealedTitle, organisation, p.Topic.Id),
                        names.GetValueOrDefault(p.Topic.OpenedBy) ?? "",
                        p.Topic.OpenedAt,
                        p.Topic.ResolvedAt,
                        p.Followed,
                        p.Messages,
                        p.Last ?? p.Topic.OpenedAt,
                        p.Unread,
                        p.LastSeq is { } seq ? last[seq].SenderId : null,
                        p.LastSeq is { } at ? Text(edits.GetValueOrDefault((query.ConversationId, at)) ?? last[at]) : null
                    )),
                ],
                page.Count == query.Limit ? page[^1].Topic.Id : null
            );

            string? Text(Entry e) => seal.OpenBody(e.Body, organisation, e.Id)?.Beginning();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "conversations/{conversationId:guid}/topics",
                async (Guid conversationId, bool? resolved, int? limit, Guid? next, ISender sender, CancellationToken ct) =>
                    TypedResults.Ok(await sender.Send(new Query(conversationId, resolved ?? false, limit ?? 30, next), ct))
            )
            .WithName("ListTopics")
            .WithSummary("Topics of a channel")
            .ProducesProblem(404);
}
