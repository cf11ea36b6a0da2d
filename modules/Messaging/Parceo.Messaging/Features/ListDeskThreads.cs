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

/// <summary>Threads of a desk for those who answer: what is open, what one has oneself, what is done; newest first.</summary>
internal static class ListDeskThreads
{
    /// <summary>What the list can be narrowed to.</summary>
    public enum Filter
    {
        Open,
        Mine,
        Unassigned,
        Done,
    }

    /// <param name="DeskId">One that the caller answers for.</param>
    /// <param name="Limit">1–100.</param>
    /// <param name="Next">Of the page before.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(Guid DeskId, Filter Show = Filter.Open, int Limit = 30, string? Next = null) : IRequest<Response>;

    /// <param name="Threads">In order; <c>From</c> is who wrote to the desk.</param>
    /// <param name="Next">Of the next page.</param>
    public sealed record Response(IReadOnlyList<Thread> Threads, string? Next);

    /// <param name="Conversation">As any list shows it.</param>
    /// <param name="From">Name of who wrote to the desk.</param>
    /// <param name="FromLine">What they are.</param>
    public sealed record Thread(ConversationLine Conversation, string From, string FromLine);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
            RuleFor(q => q.Show).IsInEnum().WithMessage("entry_invalid");
        }
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user, ConversationLines lines) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            if (!await db.DeskMembers.AnyAsync(m => m.DeskId == query.DeskId && m.PersonId == user.Id, ct))
                throw new NotFoundException("desk_unknown");
            // The threads that one is already in: whoever joined the desk a moment ago enters them with the next event.
            var threads = db
                .Conversations.AsNoTracking()
                .Where(c => c.DeskId == query.DeskId && c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null));
            threads = query.Show switch
            {
                Filter.Mine => threads.Where(c => c.DoneAt == null && c.AssignedTo == user.Id),
                Filter.Unassigned => threads.Where(c => c.DoneAt == null && c.AssignedTo == null),
                Filter.Done => threads.Where(c => c.DoneAt != null),
                _ => threads.Where(c => c.DoneAt == null),
            };
            var rows = await threads.From(query.Next).Take(query.Limit).ToListAsync(ct);
            var ids = rows.ConvertAll(c => c.Id);
            var writers = await db
                .Conversations.Where(c => ids.Contains(c.Id))
                .Join(
                    db.Members,
                    c => new { ConversationId = c.Id, PersonId = c.OpenedBy },
                    m => new { m.ConversationId, m.PersonId },
                    (c, m) => m
                )
                .AsNoTracking()
                .ToDictionaryAsync(m => m.ConversationId, ct);
            return new Response(
                [
                    .. (await lines.Of(rows, ct)).Select(l => new Thread(
                        l,
                        writers.GetValueOrDefault(l.Id)?.Name ?? "",
                        writers.GetValueOrDefault(l.Id)?.Line ?? ""
                    )),
                ],
                Page.After(rows, query.Limit)
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "desks/{deskId:guid}/threads",
                async (Guid deskId, Filter? show, int? limit, string? next, ISender sender, CancellationToken ct) =>
                    TypedResults.Ok(await sender.Send(new Query(deskId, show ?? Filter.Open, limit ?? 30, next), ct))
            )
            .WithName("ListDeskThreads")
            .WithSummary("Threads of a desk one answers for")
            .ProducesProblem(404);
}
