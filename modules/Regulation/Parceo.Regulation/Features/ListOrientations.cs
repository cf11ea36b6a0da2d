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
    /// <param name="Next">Of the page before.</param>
    [Requires(RegulationPermissions.Orient), Audited]
    public sealed record Query(bool Closed = false, int Limit = 50, string? Next = null) : IRequest<Response>;

    public sealed record Response(IReadOnlyList<OrientationLine> Orientations, string? Next);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 200).WithMessage("limit_invalid");
    }

    public sealed class Handler(RegulationDb db, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var own = db
                .Orientations.AsNoTracking()
                .Where(o => o.OrganisationId == user.OrganisationId && (query.Closed ? o.ClosedAt != null : o.ClosedAt == null));
            if (query.Next is { } next && PageCursor.Read(next) is var (at, id))
                own = own.Where(o => o.OpenedAt < at || (o.OpenedAt == at && o.Id.CompareTo(id) < 0));
            var rows = await own.OrderByDescending(o => o.OpenedAt).ThenByDescending(o => o.Id).Take(query.Limit).ToListAsync(ct);
            return new Response(
                [.. rows.Select(OrientationLine.Of)],
                rows.Count == query.Limit ? PageCursor.Write(rows[^1].OpenedAt, rows[^1].Id) : null
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("orientations", async (bool? closed, int? limit, string? next, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(closed ?? false, limit ?? 50, next), ct))
            )
            .WithName("ListOrientations")
            .WithSummary("The queue of one's organisation");
}
