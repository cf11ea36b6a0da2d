using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;

namespace Parceo.Rosters.Features;

/// <summary>A sector as its planner edits it.</summary>
internal static class ShowSector
{
    [Requires(RostersPermissions.Plan)]
    public sealed record Query(Guid SectorId) : IRequest<Response>;

    public sealed record Response(
        Guid Id,
        SectorKind Kind,
        string Name,
        string Departement,
        string? Phone,
        int MostPerWeek,
        bool Closed,
        int Version,
        IReadOnlyList<SectorCommune> Communes,
        IReadOnlyList<DutyRule> Rules
    );

    public sealed class Handler(RostersDb db) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query q, CancellationToken ct)
        {
            var s = await db.Own<Sector>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == q.SectorId, ct)
                ?? throw new NotFoundException("sector_unknown");
            return new(s.Id, s.Kind, s.Name, s.Departement, s.Phone, s.MostPerWeek, s.Closed, s.Version, s.Communes, s.Rules);
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("sectors/{sectorId:guid}", async (Guid sectorId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(sectorId), ct))
            )
            .WithName("ShowSector")
            .WithSummary("A sector as its planner edits it")
            .ProducesProblem(404);
}
