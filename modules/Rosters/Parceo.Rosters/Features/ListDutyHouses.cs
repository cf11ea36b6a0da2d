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

/// <summary>Duty houses with whether they are open at a moment.</summary>
internal static class ListDutyHouses
{
    public sealed class Handler(RostersDb db, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Contracts.ListDutyHouses.Query, IReadOnlyList<DutyHouseView>>
    {
        private const int Most = 100;

        public async Task<IReadOnlyList<DutyHouseView>> Handle(Contracts.ListDutyHouses.Query q, CancellationToken ct)
        {
            var at = q.At ?? clock.GetUtcNow();
            if (Math.Abs((at - clock.GetUtcNow()).TotalDays) > 731)
                throw InvalidException.Of("at", "roster_period_invalid");
            var houses = await db.Houses.AsNoTracking().Where(h => !h.Closed).OrderBy(h => h.Name).Take(Most).ToListAsync(ct);
            return
            [
                .. houses
                    .Select(h => (House: h, Until: h.OpenUntil(at)))
                    .OrderBy(h => h.Until is null)
                    .ThenBy(h => h.House.Name, FrenchText.ByName)
                    .Select(h => new DutyHouseView(
                        h.House.Id,
                        h.House.OrganisationId == user.OrganisationId,
                        h.House.Name,
                        h.House.Address,
                        h.House.Commune,
                        h.House.CommuneCode,
                        h.House.Departement,
                        h.House.Phone,
                        h.House.Note,
                        h.House.Zone,
                        h.Until is not null,
                        h.Until,
                        h.Until is null ? h.House.OpensAfter(at) : null,
                        h.House.Hours,
                        h.House.Version
                    )),
            ];
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("houses", async (DateTimeOffset? at, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Contracts.ListDutyHouses.Query(at), ct))
            )
            .WithName("ListDutyHouses")
            .WithSummary("Duty houses, open ones first");
}
