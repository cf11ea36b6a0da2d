using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Dashboards.Contracts;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;
using Parceo.Platform;

namespace Parceo.Dashboards.Features;

/// <summary>Targets of one's own organisation for an indicator, newest first: who set them, from when, on what ground (D50).</summary>
internal static class ListTargets
{
    [Requires(DashboardsPermissions.Read)]
    public sealed record Query(Indicator Indicator) : IRequest<IReadOnlyList<Row>>;

    /// <summary>A target, in the indicator's unit.</summary>
    public sealed record Row(
        double Value,
        double? Reference,
        DateOnly? ReferenceOn,
        DateOnly From,
        string? Source,
        string? AuthorName,
        DateTimeOffset SetAt
    );

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Indicator).IsInEnum().WithMessage("indicator_unknown");
    }

    public sealed class Handler(DashboardsDb db) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        private const int Most = 50;

        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct) =>
            await db
                .Targets.AsNoTracking()
                .Where(t => t.Indicator == query.Indicator)
                .OrderByDescending(t => t.From)
                .ThenByDescending(t => t.SetAt)
                .Take(Most)
                .Select(t => new Row(t.Value, t.Reference, t.ReferenceOn, t.From, t.Source, t.AuthorName, t.SetAt))
                .ToListAsync(ct);
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("targets", async (Indicator indicator, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(indicator), ct))
            )
            .WithName("ListTargets")
            .WithSummary("Targets of one's own organisation");
}
