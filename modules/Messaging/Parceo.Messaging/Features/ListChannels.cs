using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Features;

/// <summary>Channels of one's organisation that its members may enter, newest first.</summary>
internal static class ListChannels
{
    /// <param name="Limit">1–100.</param>
    /// <param name="Next">Of the page before.</param>
    [Requires(MessagingPermissions.Use)]
    public sealed record Query(int Limit = 30, string? Next = null) : IRequest<Response>;

    /// <param name="Next">Of the next page.</param>
    public sealed record Response(IReadOnlyList<Channel> Channels, string? Next);

    /// <param name="Scope">Name of the organisation whose it is: community, health house, hospital…</param>
    /// <param name="People">How many take part.</param>
    /// <param name="LastAt">When something happened last, UTC.</param>
    /// <param name="Entered">The caller takes part.</param>
    /// <param name="MayEnter">The caller would be let in: neither full, nor were they removed.</param>
    public sealed record Channel(Guid Id, string Title, string Scope, int People, DateTimeOffset LastAt, bool Entered, bool MayEnter);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    public sealed class Handler(MessagingDb db, ISender sender, ICurrentUser user, MessageSeal seal) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var rows = await db
                .Conversations.AsNoTracking()
                .Where(c => c.OrganisationId == user.OrganisationId && c.Kind == ConversationKind.Channel && c.Open)
                .From(query.Next)
                .Take(query.Limit)
                .ToListAsync(ct);
            var ids = rows.ConvertAll(c => c.Id);
            var people = await db
                .Members.Where(m => ids.Contains(m.ConversationId) && m.LeftAt == null)
                .GroupBy(m => m.ConversationId)
                .Select(g => new
                {
                    g.Key,
                    Count = g.Count(),
                    Mine = g.Count(m => m.PersonId == user.Id),
                })
                .ToDictionaryAsync(g => g.Key, ct);
            var barred = await db
                .Members.Where(m => ids.Contains(m.ConversationId) && m.PersonId == user.Id && m.Removed)
                .Select(m => m.ConversationId)
                .ToListAsync(ct);
            var scope = (await sender.Send(new NameOrganisations([user.OrganisationId]), ct)).Select(o => o.Name).FirstOrDefault() ?? "";
            return new Response(
                [
                    .. rows.Select(c => new Channel(
                        c.Id,
                        seal.OpenTitle(c.SealedTitle, c.OrganisationId, c.Id) ?? "",
                        scope,
                        people.GetValueOrDefault(c.Id)?.Count ?? 0,
                        c.LastAt,
                        people.GetValueOrDefault(c.Id)?.Mine > 0,
                        !barred.Contains(c.Id) && (people.GetValueOrDefault(c.Id)?.Count ?? 0) < Conversation.MostMembers
                    )),
                ],
                Page.After(rows, query.Limit)
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("channels", async (int? limit, string? next, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(limit ?? 30, next), ct))
            )
            .WithName("ListChannels")
            .WithSummary("Channels that one may enter");
}
