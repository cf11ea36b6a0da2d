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
using Parceo.SecureMail.Contracts;

namespace Parceo.Messaging.Features;

/// <summary>A page of a conversation as it reads now: edits, deletions, reactions and confirmations folded in (docs/messaging-protocol.md §5).</summary>
internal static class ListHistory
{
    /// <param name="Before">Older than this entry.</param>
    /// <param name="Around">The page that has this entry in its middle.</param>
    /// <param name="Topic">Of one topic only.</param>
    /// <param name="Limit">1–100 lines.</param>
    [Requires(MessagingPermissions.Use), Audited]
    public sealed record Query(Guid ConversationId, long? Before = null, long? Around = null, Guid? Topic = null, int Limit = 50)
        : IRequest<Response>;

    /// <param name="Messages">Lines, oldest first.</param>
    /// <param name="UpTo">Entries up to here are folded in.</param>
    /// <param name="First">The oldest that exists, or that the caller may see.</param>
    /// <param name="Older">There is more before.</param>
    /// <param name="Newer">There is more after: only when <c>around</c> was asked for.</param>
    public sealed record Response(IReadOnlyList<Line> Messages, long UpTo, long First, bool Older, bool Newer);

    /// <summary>A line of the thread. <c>Deleted</c> lines say nothing more. <c>ConfirmedAt</c> goes with <c>ConfirmedBy</c>, one for one.</summary>
    public sealed record Line(
        long Seq,
        Guid Id,
        EntryKind Kind,
        Guid By,
        DateTimeOffset At,
        Guid ClientId,
        string? Text,
        IReadOnlyList<Guid> Mentions,
        long? ReplyTo,
        Guid? Topic,
        bool Priority,
        IReadOnlyList<AttachedFile> Files,
        DateTimeOffset? Edited,
        bool Deleted,
        IReadOnlyList<Reaction> Reactions,
        IReadOnlyList<Guid> ConfirmedBy,
        IReadOnlyList<DateTimeOffset> ConfirmedAt,
        IReadOnlyList<Guid> AskedOf,
        Guid? TakenBy,
        Guid? Person,
        string? Title,
        MailTo? Mail,
        MailState? State,
        string? Code,
        Outsider? Outside
    );

    public sealed record Reaction(string Emoji, IReadOnlyList<Guid> People);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user, MessageSeal seal) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var head = await db
                .Conversations.AsNoTracking()
                .Where(c => c.Id == query.ConversationId && c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null))
                .Select(c => new
                {
                    c.OrganisationId,
                    c.LastSeq,
                    c.FirstSeq,
                    From = c.Members.First(m => m.PersonId == user.Id).FromSeq,
                })
                .SingleOrDefaultAsync(ct)
                ?? throw new NotFoundException("conversation_unknown");
            var lines = db
                .Entries.AsNoTracking()
                .Where(e =>
                    e.ConversationId == query.ConversationId
                    && e.Seq <= head.LastSeq
                    && (e.Kind == EntryKind.Message || (e.Kind >= EntryKind.Join && e.Kind != EntryKind.MailState))
                    && (query.Topic == null || e.TopicId == query.Topic)
                );
            List<Entry> page;
            var newer = false;
            if (query.Around is { } middle)
            {
                var half = Math.Max(1, query.Limit / 2);
                var after = await lines.Where(e => e.Seq >= middle).OrderBy(e => e.Seq).Take(half + 1).ToListAsync(ct);
                newer = after.Count > half;
                page =
                [
                    .. (await lines.Where(e => e.Seq < middle).OrderByDescending(e => e.Seq).Take(half + 1).ToListAsync(ct)),
                    .. after.Take(half),
                ];
            }
            else
            {
                page = await lines
                    .Where(e => query.Before == null || e.Seq < query.Before)
                    .OrderByDescending(e => e.Seq)
                    .Take(query.Limit + 1)
                    .ToListAsync(ct);
            }
            var older = query.Around is { } m ? page.Count(e => e.Seq < m) > Math.Max(1, query.Limit / 2) : page.Count > query.Limit;
            page = [.. page.OrderBy(e => e.Seq).Skip(older ? 1 : 0)];
            return new Response(
                await Fold(page, query.ConversationId, head.OrganisationId, head.LastSeq, ct),
                head.LastSeq,
                Math.Max(head.FirstSeq, head.From),
                older,
                newer
            );
        }

        private async Task<List<Line>> Fold(List<Entry> page, Guid conversation, Guid organisation, long upTo, CancellationToken ct)
        {
            var seqs = page.Where(e => e.Kind.IsWriting()).Select(e => (long?)e.Seq).ToList();
            var about = (
                await db
                    .Entries.AsNoTracking()
                    .Where(e => e.ConversationId == conversation && e.Target != null && seqs.Contains(e.Target) && e.Seq <= upTo)
                    .OrderBy(e => e.Seq)
                    .ToListAsync(ct)
            ).ToLookup(e => e.Target!.Value);
            var asked = (
                await db
                    .Confirmations.AsNoTracking()
                    .Where(c => c.ConversationId == conversation && seqs.Contains(c.Seq))
                    .Select(c => new { c.Seq, c.PersonId })
                    .ToListAsync(ct)
            ).ToLookup(c => c.Seq, c => c.PersonId);
            return page.ConvertAll(e => LineOf(e, [.. about[e.Seq]], [.. asked[e.Seq]], organisation));
        }

        private Line LineOf(Entry e, IReadOnlyList<Entry> about, IReadOnlyList<Guid> asked, Guid organisation)
        {
            var body = seal.OpenBody(e.Body, organisation, e.Id) ?? new EntryBody();
            var edit = about.LastOrDefault(a => a.Kind == EntryKind.Edit);
            if (edit is not null && !e.Erased && seal.OpenBody(edit.Body, organisation, edit.Id) is { } now)
                body = body with { Text = now.Text, Mentions = now.Mentions };
            var confirmed = about.Where(a => a.Kind == EntryKind.Confirm).DistinctBy(a => a.SenderId).ToList();
            var news = about.LastOrDefault(a => a.Kind == EntryKind.MailState) is { } last
                ? seal.OpenBody(last.Body, organisation, last.Id)
                : null;
            var taking = about.LastOrDefault(a => a.Kind is EntryKind.Take or EntryKind.Release);
            return new Line(
                e.Seq,
                e.Id,
                e.Kind,
                e.SenderId,
                e.At,
                e.ClientId,
                body.Text,
                body.Mentions ?? [],
                body.ReplyTo,
                e.TopicId,
                body.Priority,
                body.Files ?? [],
                e.Erased ? null : edit?.At,
                e.Erased,
                Reactions(about, organisation),
                [.. confirmed.Select(a => a.SenderId)],
                [.. confirmed.Select(a => a.At)],
                asked,
                taking is { Kind: EntryKind.Take } ? taking.SenderId : null,
                body.Person,
                body.Title,
                body.Mail,
                body.Mail is null ? null : news?.State ?? MailState.Waiting,
                news?.Code,
                body.Outside
            );
        }

        private List<Reaction> Reactions(IReadOnlyList<Entry> about, Guid organisation)
        {
            var set = new ReactionSet();
            foreach (var e in about.Where(a => a.Kind is EntryKind.React or EntryKind.Unreact))
                set.Add(e.SenderId, seal.OpenBody(e.Body, organisation, e.Id)?.Emoji ?? "", e.Kind);
            return [.. set.Current.Select(s => new Reaction(s.Key, s.Value))];
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "conversations/{conversationId:guid}/history",
                async (Guid conversationId, long? before, long? around, Guid? topic, int? limit, ISender sender, CancellationToken ct) =>
                    TypedResults.Ok(await sender.Send(new Query(conversationId, before, around, topic, limit ?? 50), ct))
            )
            .WithName("ListHistory")
            .WithSummary("A page of a conversation as it reads now")
            .ProducesProblem(404);
}
