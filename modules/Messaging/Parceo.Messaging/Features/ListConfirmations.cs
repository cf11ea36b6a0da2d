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

/// <summary>Priority messages of a conversation, newest first: who has confirmed which, and when.</summary>
internal static class ListConfirmations
{
    private const int Shown = 280;

    /// <param name="ConversationId">One's own.</param>
    /// <param name="Limit">1–100 messages.</param>
    /// <param name="Next">Of the page before.</param>
    [Requires(MessagingPermissions.Use), Audited]
    public sealed record Query(Guid ConversationId, int Limit = 20, long? Next = null) : IRequest<Response>;

    /// <param name="Next">Of the next page.</param>
    public sealed record Response(IReadOnlyList<Asked> Messages, long? Next);

    /// <param name="Text">As it reads now, its beginning; null when it was deleted.</param>
    /// <param name="People">Who was asked: who waits first, then in the order of their confirming.</param>
    public sealed record Asked(long Seq, Guid By, string ByName, DateTimeOffset At, string? Text, IReadOnlyList<Answer> People);

    /// <param name="At">When they confirmed, UTC; null while they have not.</param>
    /// <param name="Alerts">How often they were alerted again.</param>
    public sealed record Answer(Guid Id, string Name, DateTimeOffset? At, int Alerts);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
            RuleFor(q => q.Next).GreaterThan(0).WithMessage("next_invalid");
        }
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
            var all = db.Confirmations.AsNoTracking().Where(c => c.ConversationId == query.ConversationId);
            var seqs = await all.Where(c => query.Next == null || c.Seq < query.Next)
                .Select(c => c.Seq)
                .Distinct()
                .OrderByDescending(s => s)
                .Take(query.Limit)
                .ToListAsync(ct);
            var answers = (await all.Where(c => seqs.Contains(c.Seq)).ToListAsync(ct)).ToLookup(c => c.Seq);
            var messages = await db
                .Entries.AsNoTracking()
                .Where(e => e.ConversationId == query.ConversationId && seqs.Contains(e.Seq))
                .ToListAsync(ct);
            var edits = await db.LastEdits(messages, ct);
            var who = messages.Select(m => m.SenderId).Concat(answers.SelectMany(a => a).Select(a => a.PersonId)).Distinct().ToList();
            var names = await db
                .Members.AsNoTracking()
                .Where(m => m.ConversationId == query.ConversationId && who.Contains(m.PersonId))
                .ToDictionaryAsync(m => m.PersonId, m => m.Name, ct);
            return new Response(
                [
                    .. messages
                        .OrderByDescending(m => m.Seq)
                        .Select(m => new Asked(
                            m.Seq,
                            m.SenderId,
                            names.GetValueOrDefault(m.SenderId) ?? "",
                            m.At,
                            Text(m, edits.GetValueOrDefault((m.ConversationId, m.Seq)), organisation),
                            [
                                .. answers[m.Seq]
                                    .OrderBy(a => a.ConfirmedAt is not null)
                                    .ThenBy(a => a.ConfirmedAt)
                                    .ThenBy(a => a.PersonId)
                                    .Select(a => new Answer(
                                        a.PersonId,
                                        names.GetValueOrDefault(a.PersonId) ?? "",
                                        a.ConfirmedAt,
                                        a.Alerts
                                    )),
                            ]
                        )),
                ],
                seqs.Count == query.Limit ? seqs[^1] : null
            );
        }

        private string? Text(Entry message, Entry? edit, Guid organisation)
        {
            if (message.Erased)
                return null;
            var text = seal.OpenBody((edit ?? message).Body, organisation, (edit ?? message).Id)
                ?.Text?.Replace("**", "", StringComparison.Ordinal)
                ?? "";
            return text.Length <= Shown ? text : string.Concat(text.AsSpan(0, Shown), "…");
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "conversations/{conversationId:guid}/confirmations",
                async (Guid conversationId, int? limit, long? next, ISender sender, CancellationToken ct) =>
                    TypedResults.Ok(await sender.Send(new Query(conversationId, limit ?? 20, next), ct))
            )
            .WithName("ListConfirmations")
            .WithSummary("Priority messages: who has confirmed which, and when")
            .ProducesProblem(404);
}
