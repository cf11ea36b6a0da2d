using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parceo.Access.Authentication;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>The programs that one has signed in to and that may still act for one, the latest first.</summary>
internal static class ListAuthorizations
{
    [OpenToSignedIn("One's own.")]
    public sealed record Query : IRequest<Response>;

    public sealed record Response(IReadOnlyList<Row> Programs);

    /// <param name="ApplicationId">To take it back.</param>
    /// <param name="Name">As the administrator of the machine called it.</param>
    /// <param name="Count">Sign-ins that still count.</param>
    /// <param name="Since">The latest of them; null when it does not say.</param>
    public sealed record Row(Guid ApplicationId, string Name, int Count, DateTimeOffset? Since);

    public sealed class Handler(Authorizations authorizations, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct) =>
            new([
                .. (await authorizations.Of(user.Id, ct))
                    .Select(g => g.Authorization)
                    .Where(a => a.Application is not null)
                    .GroupBy(a => a.Application!.Id)
                    .Select(g => new Row(
                        g.Key,
                        g.First().Application!.DisplayName ?? g.First().Application!.ClientId ?? "",
                        g.Count(),
                        g.Max(a => a.CreationDate) is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null
                    ))
                    .OrderByDescending(r => r.Since)
                    .ThenBy(r => r.Name, StringComparer.Ordinal),
            ]);
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("authorizations", async (ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(new Query(), ct)))
            .WithName("ListAuthorizations")
            .WithSummary("Programs that may act for one.");
}
