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

/// <summary>The head of a conversation: what it is, who is in it, its topics, who is away, and what the caller may do.</summary>
internal static class ShowConversation
{
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(Guid Id) : IRequest<Response>;

    /// <param name="Line">As the list shows it.</param>
    /// <param name="People">Members, and those who left but wrote: names for what they wrote.</param>
    /// <param name="Topics">Open first; at most 100.</param>
    /// <param name="RetentionDays">How long entries are kept: its own days or the community's, whichever are fewer.</param>
    /// <param name="CommunityDays">The community's.</param>
    /// <param name="LegalHold">Nothing is removed now.</param>
    /// <param name="MayManage">Rename, remove people, set how long it is kept.</param>
    /// <param name="SeesPast">All that is kept is theirs to read: they may show it to whom they bring in.</param>
    /// <param name="Draft">What the caller began to write.</param>
    /// <param name="EnterSends">The caller chose that Entrée sends.</param>
    /// <param name="WithOutside">Mails went out of it by MSSanté: who answers from there reads nothing that is said here.</param>
    public sealed record Response(
        ConversationLine Line,
        IReadOnlyList<Person> People,
        IReadOnlyList<TopicLine> Topics,
        int RetentionDays,
        int CommunityDays,
        bool LegalHold,
        bool MayManage,
        bool SeesPast,
        string? Draft,
        bool EnterSends,
        bool WithOutside
    );

    /// <param name="Away">Until when they are away; null when they are not.</param>
    /// <param name="CoveredBy">Who covers for them.</param>
    /// <param name="CoveredById">Account of who covers.</param>
    /// <param name="ReadSeq">What they have read, when they and the caller let it be seen.</param>
    public sealed record Person(
        Guid Id,
        string Name,
        string Line,
        MemberRole Role,
        bool In,
        DateTimeOffset? Away,
        string? CoveredBy,
        Guid? CoveredById,
        long? ReadSeq
    );

    public sealed record TopicLine(Guid Id, string Title, bool Resolved, bool Followed);

    public sealed class Handler(MessagingDb db, ICurrentUser user, MessageSeal seal, ConversationLines lines, TimeProvider clock)
        : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var conversation = await db
                .Conversations.AsNoTracking()
                .SingleOrDefaultAsync(c => c.Id == query.Id && c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null), ct)
                ?? throw new NotFoundException("conversation_unknown");
            var line = (await lines.Of([conversation], ct))[0];
            var now = clock.GetUtcNow();
            var members = await db
                .Members.AsNoTracking()
                .Where(m => m.ConversationId == query.Id)
                .OrderBy(m => m.LeftAt != null)
                .ThenBy(m => m.JoinedAt)
                .ThenBy(m => m.PersonId)
                .Take(1000)
                .ToListAsync(ct);
            var ids = members.ConvertAll(m => m.PersonId);
            var profiles = await db.Profiles.AsNoTracking().Where(p => ids.Contains(p.PersonId)).ToDictionaryAsync(p => p.PersonId, ct);
            var sees = (profiles.GetValueOrDefault(user.Id)?.ShowsReading ?? true) && members.Count(m => m.IsIn) <= 51;
            var topics = await db
                .Topics.AsNoTracking()
                .Where(t => t.ConversationId == query.Id)
                .OrderBy(t => t.ResolvedAt != null)
                .ThenByDescending(t => t.OpenedAt)
                .Take(100)
                .Select(t => new { Topic = t, Followed = db.Follows.Any(f => f.TopicId == t.Id && f.PersonId == user.Id) })
                .ToListAsync(ct);
            var draft = await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.PersonId == user.Id && d.ConversationId == query.Id, ct);
            var bound = await db.DaysKeptBy(conversation.OrganisationId, ct);
            return new Response(
                line,
                [.. members.Select(m => Of(m, profiles.GetValueOrDefault(m.PersonId), sees, now))],
                [
                    .. topics.Select(t => new TopicLine(
                        t.Topic.Id,
                        seal.OpenTopic(t.Topic.SealedTitle, conversation.OrganisationId, t.Topic.Id),
                        t.Topic.ResolvedAt is not null,
                        t.Followed
                    )),
                ],
                Math.Min(conversation.RetentionDays, bound),
                bound,
                conversation.LegalHold,
                MayManage(conversation, line.Role),
                members.Exists(m => m.PersonId == user.Id && conversation.ShowsAllTo(m)),
                draft is null ? null : seal.OpenDraft(draft, conversation.OrganisationId),
                profiles.GetValueOrDefault(user.Id)?.EnterSends ?? false,
                await db.MailEntries.AnyAsync(l => l.ConversationId == query.Id, ct)
            );
        }

        private bool MayManage(Conversation c, MemberRole role) =>
            role == MemberRole.Owner || (c.OrganisationId == user.OrganisationId && user.Can(MessagingPermissions.Manage));

        private Person Of(Member m, Profile? profile, bool sees, DateTimeOffset now)
        {
            var away = profile is not null && profile.IsAway(now) ? profile : null;
            return new Person(
                m.PersonId,
                m.Name,
                m.Line,
                m.Role,
                m.IsIn,
                away?.AwayUntil,
                away?.CoverName,
                away?.CoverId,
                m.PersonId == user.Id || (sees && (profile?.ShowsReading ?? true)) ? m.ReadSeq : null
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("conversations/{conversationId:guid}", async (Guid conversationId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(conversationId), ct))
            )
            .WithName("ShowConversation")
            .WithSummary("Head of a conversation: people, topics, rights")
            .ProducesProblem(404);
}
