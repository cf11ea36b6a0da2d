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

/// <summary>Finds one's own conversations by words of their title or of a name of whoever is in it. Titles are sealed: so in memory, among the newest.</summary>
internal static class FindConversations
{
    private const int Looked = 200;

    /// <param name="Words">2–100 characters. A title may name a patient: sent in a body, never in an address (S66).</param>
    [Requires(MessagingPermissions.Use), Limited(LimitKind.Search)]
    public sealed record Query(string Words, int Limit = 5) : IRequest<IReadOnlyList<Found>>;

    /// <summary>A conversation and what its second line says.</summary>
    public sealed record Found(Guid Id, string Title, string Line);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Words).Must(w => w.Trim().Length is >= 2 and <= 100 && TextRules.IsLine(w)).WithMessage("search_text_invalid");
            RuleFor(q => q.Limit).InclusiveBetween(1, 20).WithMessage("limit_invalid");
        }
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user, MessageSeal seal) : IRequestHandler<Query, IReadOnlyList<Found>>
    {
        public async Task<IReadOnlyList<Found>> Handle(Query query, CancellationToken ct)
        {
            var mine = await db
                .Conversations.AsNoTracking()
                .Where(c => c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null))
                .OrderByDescending(c => c.LastAt)
                .Take(Looked)
                .ToListAsync(ct);
            var small = mine.Where(c => c.Kind is ConversationKind.Direct or ConversationKind.Group).Select(c => c.Id).ToList();
            var people = (
                await db
                    .Members.AsNoTracking()
                    .Where(m => small.Contains(m.ConversationId) && m.PersonId != user.Id && m.LeftAt == null)
                    .OrderBy(m => m.SortKey)
                    .Select(m => new { m.ConversationId, m.Name })
                    .Take(Looked * 20)
                    .ToListAsync(ct)
            ).ToLookup(m => m.ConversationId, m => m.Name);
            var words = TextRules.FoldedWords(query.Words).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return
            [
                .. mine.Select(c => (Conversation: c, Title: seal.OpenTitle(c.SealedTitle, c.OrganisationId, c.Id) ?? ""))
                    .Where(c =>
                        words.All(
                            $" {TextRules.FoldedWords(c.Title)} {TextRules.FoldedWords(string.Join(' ', people[c.Conversation.Id]))}".Contains
                        )
                    )
                    .Take(query.Limit)
                    .Select(c => Show(c.Conversation, c.Title, [.. people[c.Conversation.Id]])),
            ];
        }

        private static Found Show(Conversation c, string title, IReadOnlyList<string> people) =>
            new(
                c.Id,
                title.Length > 0 ? title
                    : c.Kind == ConversationKind.Group ? Conversation.NamedAfter(people)
                    : people.Count > 0 ? people[0]
                    : "Conversation",
                c.Kind switch
                {
                    ConversationKind.Direct => "Conversation à deux",
                    ConversationKind.Channel => "Canal",
                    ConversationKind.DeskThread => "Guichet",
                    _ => "Groupe",
                }
            );
    }

    // In a body: a title may name a patient (S66).
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("conversations/find", async (Query query, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(query, ct))
            )
            .WithName("FindConversations")
            .WithSummary("One's conversations by title or by whoever is in them");
}
