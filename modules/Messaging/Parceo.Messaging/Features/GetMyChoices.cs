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

/// <summary>What one chose for all conversations.</summary>
internal static class GetMyChoices
{
    [Requires(MessagingPermissions.Use)]
    public sealed record Query : IRequest<Response>;

    /// <param name="ShowsReading">Others see what one has read.</param>
    /// <param name="ShowsPresence">Others see that one is connected.</param>
    /// <param name="EnterSends">Entrée sends, on a keyboard.</param>
    /// <param name="AwayFrom">Null when nothing is set, or it is over.</param>
    /// <param name="AwayUntil">Excluded.</param>
    /// <param name="CoverId">Account of who covers.</param>
    /// <param name="CoveredBy">Their name.</param>
    public sealed record Response(
        bool ShowsReading,
        bool ShowsPresence,
        bool EnterSends,
        DateTimeOffset? AwayFrom,
        DateTimeOffset? AwayUntil,
        Guid? CoverId,
        string? CoveredBy
    );

    public sealed class Handler(MessagingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var p = await db.Profiles.AsNoTracking().SingleOrDefaultAsync(p => p.PersonId == user.Id, ct) ?? new Profile(user.Id);
            return p.AwayUntil > clock.GetUtcNow()
                ? new Response(p.ShowsReading, p.ShowsPresence, p.EnterSends, p.AwayFrom, p.AwayUntil, p.CoverId, p.CoverName)
                : new Response(p.ShowsReading, p.ShowsPresence, p.EnterSends, null, null, null, null);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("me", async (ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(new Query(), ct)))
            .WithName("GetMyChoices")
            .WithSummary("What one chose for all conversations");
}
