using System.Globalization;
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

/// <summary>
/// Finds messages in what the caller may read (S23), by words, author and time. Opens the messages themselves, conversation after conversation, newest
/// first, a bounded number a request: there is no index of words that would have to be kept secret and removed (decision 0010).
/// </summary>
internal static class SearchMessages
{
    /// <param name="Text">2–100 characters; every word must be in the message or in a file's name, as a beginning of a word, whatever case and accents. None is needed beside another filter.</param>
    /// <param name="PersonId">Written by.</param>
    /// <param name="From">Not before, UTC.</param>
    /// <param name="To">Before, UTC; after <paramref name="From"/>.</param>
    /// <param name="ConversationId">In this one only.</param>
    /// <param name="Next">Where the request before stopped.</param>
    [Requires(MessagingPermissions.Use), Audited, Limited(LimitKind.Search)]
    public sealed record Query(
        string? Text = null,
        Guid? PersonId = null,
        DateTimeOffset? From = null,
        DateTimeOffset? To = null,
        Guid? ConversationId = null,
        string? Next = null
    ) : IRequest<Response>;

    /// <param name="Hits">At most 30, conversation after conversation, newest first.</param>
    /// <param name="Next">To look further; null when all was looked at.</param>
    public sealed record Response(IReadOnlyList<Hit> Hits, string? Next);

    /// <param name="Excerpt">The words with some around them.</param>
    public sealed record Hit(Guid ConversationId, string Conversation, long Seq, Guid By, string ByName, DateTimeOffset At, string Excerpt);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Text)
                .Must(
                    (q, t) =>
                        string.IsNullOrWhiteSpace(t)
                            ? q.PersonId is not null || q.From is not null || q.To is not null
                            : t.Trim().Length is >= 2 and <= 100 && TextRules.IsLine(t)
                )
                .WithMessage("search_nothing");
            RuleFor(q => q.PersonId).Must(p => p != Guid.Empty).WithMessage("search_person_invalid");
            RuleFor(q => q.To).Must((q, to) => to is null || q.From is null || q.From < to).WithMessage("search_period_invalid");
        }
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user, MessageSeal seal, ConversationLines lines)
        : IRequestHandler<Query, Response>
    {
        private const int MostHits = 30,
            MostOpened = 2_000,
            Chunk = 500,
            MostConversations = 1_000;
        private readonly List<(Conversation In, Entry Entry, string Excerpt)> hits = [];
        private int opened;

        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var words = SearchWords.Of(query.Text ?? "");
            if (words.Count == 0 && !string.IsNullOrWhiteSpace(query.Text))
                throw InvalidException.Of("text", "search_nothing");
            var (skip, before) = Read(query.Next);
            var mine = await db
                .Conversations.AsNoTracking()
                .Where(c =>
                    (query.ConversationId == null || c.Id == query.ConversationId)
                    && c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null)
                )
                .OrderByDescending(c => c.LastAt)
                .ThenByDescending(c => c.Id)
                .Take(MostConversations)
                .ToListAsync(ct);
            if (query.ConversationId is not null && mine.Count == 0)
                throw new NotFoundException("conversation_unknown");
            // New messages move conversations to the front meanwhile: go on from the one where it stopped, not from a number.
            var start = skip is null ? 0 : Math.Max(0, mine.FindIndex(c => c.Id == skip));
            for (var i = start; i < mine.Count; i++)
            {
                if (await Look(mine[i], query, words, i == start ? before : null, ct) is { } stopped)
                    return await Answer($"{mine[i].Id:n}-{stopped.ToString(CultureInfo.InvariantCulture)}", ct);
            }
            return await Answer(null, ct);
        }

        /// <summary>Looks through one conversation; the entry to go on before, when there is enough for one answer.</summary>
        private async Task<long?> Look(
            Conversation conversation,
            Query query,
            IReadOnlyList<string> words,
            long? before,
            CancellationToken ct
        )
        {
            while (true)
            {
                var chunk = await db
                    .Entries.AsNoTracking()
                    .Where(e =>
                        e.ConversationId == conversation.Id
                        && (before == null || e.Seq < before)
                        && (e.Kind == EntryKind.Message || e.Kind == EntryKind.Mail)
                        && !e.Erased
                        && (query.PersonId == null || e.SenderId == query.PersonId)
                        && (query.From == null || e.At >= query.From)
                        && (query.To == null || e.At < query.To)
                    )
                    .OrderByDescending(e => e.Seq)
                    .Take(Chunk)
                    .ToListAsync(ct);
                // What a message says now, whenever it was corrected and wherever the search was taken up again.
                var edits = await db.LastEdits(chunk, ct);
                foreach (var entry in chunk)
                {
                    before = entry.Seq;
                    opened++;
                    var body = seal.OpenBody(entry.Body, conversation.OrganisationId, entry.Id);
                    var text = edits.TryGetValue((entry.ConversationId, entry.Seq), out var edit)
                        ? seal.OpenBody(edit.Body, conversation.OrganisationId, edit.Id)?.Text
                        : body?.Text;
                    if (
                        SearchWords.Excerpt(
                            string.Join(
                                " · ",
                                [
                                    .. new[]
                                    {
                                        body?.Mail?.Subject,
                                        body?.Outside is null && text is not null ? LightMarkdown.Plain(text) : text,
                                    }.OfType<string>(),
                                    .. body?.Files?.Select(f => f.Name) ?? [],
                                ]
                            ),
                            words
                        ) is
                        { } excerpt
                    )
                        hits.Add((conversation, entry, excerpt));
                    if (hits.Count >= MostHits || opened >= MostOpened)
                        return before;
                }
                if (chunk.Count < Chunk)
                    return null;
            }
        }

        private async Task<Response> Answer(string? next, CancellationToken ct)
        {
            var titles = (await lines.Of([.. hits.Select(h => h.In).Distinct()], ct)).ToDictionary(l => l.Id, l => l.Title);
            var (where, who) = (hits.Select(h => h.In.Id).Distinct().ToList(), hits.Select(h => h.Entry.SenderId).Distinct().ToList());
            var names = await db
                .Members.AsNoTracking()
                .Where(m => where.Contains(m.ConversationId) && who.Contains(m.PersonId))
                .ToDictionaryAsync(m => (m.ConversationId, m.PersonId), m => m.Name, ct);
            return new Response(
                [
                    .. hits.Select(h => new Hit(
                        h.In.Id,
                        titles[h.In.Id],
                        h.Entry.Seq,
                        h.Entry.SenderId,
                        names.GetValueOrDefault((h.In.Id, h.Entry.SenderId)) ?? "",
                        h.Entry.At,
                        h.Excerpt
                    )),
                ],
                next
            );
        }

        private static (Guid? Conversation, long? Before) Read(string? next) =>
            next is null ? (null, null)
            : next.Split('-') is [var id, var seq]
            && Guid.TryParseExact(id, "n", out var conversation)
            && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var before)
                ? (conversation, before)
            : throw InvalidException.Of("next", "next_invalid");
    }

    // In a body: what is looked for may name a patient (S66).
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("search", async (Query query, ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(query, ct)))
            .WithName("SearchMessages")
            .WithSummary("Finds messages in what one may read")
            .ProducesProblem(404);
}
