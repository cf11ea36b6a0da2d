using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Rosters.Contracts;

namespace Parceo.Regulation.Features;

/// <summary>The care pools of the caller's organisation, one line a kind, set or not; and whether each can be used now.</summary>
internal static class ListPools
{
    [Requires(RegulationPermissions.SeePools)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    /// <param name="OpenNow">By its hours, where the organisation is; always true without hours.</param>
    /// <param name="ChangesAt">When that ends; null: never.</param>
    /// <param name="Set">False while the kind's usual skill at any hour holds.</param>
    /// <param name="Houses">Duty houses of the territory, open ones first; of that kind only, whose hours and telephones they are.</param>
    public sealed record Row(
        CareKind Kind,
        bool Set,
        string Name,
        string Skill,
        string? Phone,
        bool OpenNow,
        DateTimeOffset? ChangesAt,
        IReadOnlyList<PoolMember> Members,
        IReadOnlyList<OpeningHours> Hours,
        IReadOnlyList<DutyHouseView> Houses
    );

    public sealed class Handler(RegulationDb db, ISender sender, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct)
        {
            var pools = await db
                .Pools.AsNoTracking()
                .Where(p => p.OrganisationId == user.OrganisationId)
                .ToDictionaryAsync(p => p.Kind, ct);
            var (now, zone) = (clock.GetUtcNow(), user.Rights.Zone);
            var houses = await sender.Send(new ListDutyHouses.Query(), ct);
            return
            [
                .. Enum.GetValues<CareKind>()
                    .Select(kind =>
                        kind == CareKind.DutyHouse && houses.Count > 0 ? OfHouses(pools.GetValueOrDefault(kind), houses)
                        : pools.TryGetValue(kind, out var p)
                            ? new Row(
                                kind,
                                true,
                                p.Name,
                                p.Skill,
                                p.Phone,
                                p.IsOpen(now, zone),
                                p.ChangesAt(now, zone),
                                p.Members,
                                p.Hours,
                                []
                            )
                        : new Row(kind, false, "", CarePool.UsualSkill(kind), null, true, null, [], [], [])
                    ),
            ];
        }

        private static Row OfHouses(CarePool? pool, IReadOnlyList<DutyHouseView> houses)
        {
            var open = houses.Any(h => h.Open);
            return new(
                CareKind.DutyHouse,
                pool is not null,
                pool?.Name ?? "",
                pool?.Skill ?? CarePool.UsualSkill(CareKind.DutyHouse),
                null,
                open,
                open ? houses.Max(h => h.Until) : houses.Min(h => h.Opens),
                pool?.Members ?? [],
                [],
                houses
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("pools", async (ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(new Query(), ct)))
            .WithName("ListPools")
            .WithSummary("Care pools of one's organisation");
}
