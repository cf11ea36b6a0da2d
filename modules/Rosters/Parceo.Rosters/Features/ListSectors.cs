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

/// <summary>Sectors and lines of the caller's organisation, and of their territory, with a month's roster.</summary>
internal static class ListSectors
{
    /// <param name="Month">Any day of it.</param>
    [Requires(RostersPermissions.Read)]
    public sealed record Query(DateOnly Month) : IRequest<IReadOnlyList<Row>>;

    /// <param name="Own">Whether the caller's organisation plans it.</param>
    /// <param name="State">Of the roster; null when the month is not prepared, or not shown to the caller.</param>
    /// <param name="Swaps">Proposals that wait, in one's own organisation.</param>
    public sealed record Row(
        Guid Id,
        bool Own,
        SectorKind Kind,
        string Name,
        string Departement,
        bool Closed,
        RosterState? State,
        int Gaps,
        int Swaps
    );

    public sealed class Handler(RostersDb db, ICurrentUser user) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        private const int Most = 300; // the sectors of a region

        public async Task<IReadOnlyList<Row>> Handle(Query q, CancellationToken ct)
        {
            var month = new DateOnly(q.Month.Year, q.Month.Month, 1);
            var plans = user.Can(RostersPermissions.Plan);
            var sectors = await db
                .Sectors.AsNoTracking()
                .Where(s => !s.Closed || plans)
                .OrderBy(s => s.Kind)
                .ThenBy(s => s.Name)
                .Take(Most)
                .ToListAsync(ct);
            var ids = sectors.ConvertAll(s => s.Id);
            var rosters = await db
                .Rosters.AsNoTracking()
                .Where(r => ids.Contains(r.SectorId) && r.Month == month && (plans || r.Edition != null))
                .Select(r => new
                {
                    r.Id,
                    r.SectorId,
                    r.State,
                    r.Gaps,
                })
                .ToDictionaryAsync(r => r.SectorId, ct);
            var months = rosters.Values.Select(r => r.Id).ToList();
            var swaps = await db.Own<Swap>()
                .Where(s => months.Contains(s.RosterId) && s.State == SwapState.Proposed)
                .GroupBy(s => s.RosterId)
                .Select(g => new { g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
            return
            [
                .. sectors
                    .OrderBy(s => s.Kind)
                    .ThenBy(s => s.Name, FrenchText.ByName)
                    .Select(s => (Sector: s, Roster: rosters.GetValueOrDefault(s.Id)))
                    .Select(x => new Row(
                        x.Sector.Id,
                        x.Sector.OrganisationId == user.OrganisationId,
                        x.Sector.Kind,
                        x.Sector.Name,
                        x.Sector.Departement,
                        x.Sector.Closed,
                        x.Roster?.State,
                        x.Roster?.Gaps ?? 0,
                        x.Roster is null ? 0 : swaps.GetValueOrDefault(x.Roster.Id)
                    )),
            ];
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("sectors", async (DateOnly month, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(month), ct))
            )
            .WithName("ListSectors")
            .WithSummary("Sectors of duty and lines of regulation, with a month's roster");
}
