using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>One's own living API tokens, newest first.</summary>
internal static class ListApiTokens
{
    private const int Most = 100;

    [OpenToSignedIn("One's own tokens.")]
    public sealed record Query : IRequest<Response>;

    public sealed record Response(IReadOnlyList<Row> Tokens);

    /// <param name="Id">To revoke it.</param>
    /// <param name="Name">What it is for.</param>
    /// <param name="OrganisationId">Where it works.</param>
    /// <param name="Scopes">Permissions; empty for all that its owner has.</param>
    /// <param name="UsedAt">Last used, to the minute; null when never.</param>
    public sealed record Row(
        Guid Id,
        string Name,
        Guid OrganisationId,
        IReadOnlyList<string> Scopes,
        DateTimeOffset CreatedAt,
        DateTimeOffset ExpiresAt,
        DateTimeOffset? UsedAt
    );

    public sealed class Handler(AccessDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var rows = await db
                .Tokens.AsNoTracking()
                .Where(t => t.PersonId == user.Id && t.RevokedAt == null && t.ExpiresAt > now)
                .OrderByDescending(t => t.CreatedAt)
                .Take(Most)
                .ToListAsync(ct);
            return new Response([
                .. rows.Select(t => new Row(t.Id, t.Name, t.OrganisationId, t.ScopeNames, t.CreatedAt, t.ExpiresAt, t.UsedAt)),
            ]);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("tokens", async (ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(new Query(), ct)))
            .WithName("ListApiTokens")
            .WithSummary("One's own API tokens.");
}
