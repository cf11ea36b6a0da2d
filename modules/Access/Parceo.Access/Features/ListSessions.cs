using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>One's own open sessions (S8), the newest sign of life first.</summary>
internal static class ListSessions
{
    private const int Most = 50;

    [OpenToSignedIn("One's own sessions.")]
    public sealed record Query : IRequest<Response>;

    public sealed record Response(IReadOnlyList<Row> Sessions);

    /// <param name="Id">To end it.</param>
    /// <param name="Device">« Chrome, Linux ».</param>
    /// <param name="Address">Network address it was opened from.</param>
    /// <param name="Means">How they signed in.</param>
    /// <param name="SeenAt">Last sign of life, to the minute.</param>
    /// <param name="IsCurrent">The one that asks.</param>
    public sealed record Row(
        Guid Id,
        string Device,
        string? Address,
        string Means,
        DateTimeOffset CreatedAt,
        DateTimeOffset SeenAt,
        bool IsCurrent
    );

    public sealed class Handler(AccessDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var alive = now - Session.Idle;
            var rows = await db
                .Sessions.AsNoTracking()
                .Where(s => s.PersonId == user.Id && s.EndedAt == null && s.EndsAt > now && s.SeenAt > alive)
                .OrderByDescending(s => s.SeenAt)
                .Take(Most)
                .ToListAsync(ct);
            return new Response([
                .. rows.Select(s => new Row(s.Id, s.Device, s.Address, s.Means, s.CreatedAt, s.SeenAt, s.Id == user.SessionId)),
            ]);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("sessions", async (ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(new Query(), ct)))
            .WithName("ListSessions")
            .WithSummary("One's own open sessions.");
}
