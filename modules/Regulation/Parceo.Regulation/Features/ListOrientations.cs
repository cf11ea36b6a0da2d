using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;

namespace Parceo.Regulation.Features;

/// <summary>The queue of the caller's organisation (D30): what is open, or what is done; newest first.</summary>
internal static class ListOrientations
{
    /// <param name="Closed">False: everything that still waits for something. True: the rest.</param>
    /// <param name="Limit">1–200.</param>
    /// <param name="Before">Opened before: the last row of the page before.</param>
    [Requires(RegulationPermissions.Orient), Audited]
    public sealed record Query(bool Closed = false, int Limit = 50, DateTimeOffset? Before = null) : IRequest<Response>;

    public sealed record Response(IReadOnlyList<CaseLine> Cases, DateTimeOffset? Next);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 200).WithMessage("limit_invalid");
    }

    public sealed class Handler(RegulationDb db, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var rows = await db
                .Orientations.AsNoTracking()
                .Where(o =>
                    o.OrganisationId == user.OrganisationId
                    && (query.Closed ? o.ClosedAt != null : o.ClosedAt == null)
                    && (query.Before == null || o.OpenedAt < query.Before)
                )
                .OrderByDescending(o => o.OpenedAt)
                .Take(query.Limit)
                .ToListAsync(ct);
            return new Response([.. rows.Select(CaseLine.Of)], rows.Count == query.Limit ? rows[^1].OpenedAt : null);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("orientations", async (bool? closed, int? limit, DateTimeOffset? before, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(closed ?? false, limit ?? 50, before), ct))
            )
            .WithName("ListOrientations")
            .WithSummary("The queue of one's organisation");
}
