using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>After a reconnection: which of the conversations a client has got more than it has (docs/messaging-protocol.md §4).</summary>
internal static class ListMissed
{
    /// <param name="Known">At most 500, with the last sequence number that the client has.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(IReadOnlyList<Position> Known) : IRequest<IReadOnlyList<Position>>;

    /// <summary>A conversation, and up to where.</summary>
    public sealed record Position(Guid ConversationId, long Seq);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Known).Must(k => k.Count <= 500 && k.All(p => p is not null)).WithMessage("too_many");
    }

    public sealed class Handler(MessagingDb db, ICurrentUser user) : IRequestHandler<Query, IReadOnlyList<Position>>
    {
        public async Task<IReadOnlyList<Position>> Handle(Query query, CancellationToken ct)
        {
            var ids = query.Known.Select(k => k.ConversationId).Distinct().ToList();
            var now = await db
                .Conversations.AsNoTracking()
                .Where(c => ids.Contains(c.Id) && c.Members.Any(m => m.PersonId == user.Id && m.LeftAt == null))
                .Select(c => new Position(c.Id, c.LastSeq))
                .ToListAsync(ct);
            return [.. now.Where(c => query.Known.Any(k => k.ConversationId == c.ConversationId && k.Seq < c.Seq))];
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("missed", async (Query query, ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(query, ct)))
            .WithName("ListMissed")
            .WithSummary("Which conversations have more than the client has");
}
