using Microsoft.EntityFrameworkCore;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;
using Parceo.Rosters.Events;

namespace Parceo.Rosters.Services;

/// <summary>Live proposals about duties that change hands otherwise.</summary>
internal sealed class Proposals(RostersDb db)
{
    /// <summary>Ends them, and tells.</summary>
    public async Task Lapse(
        IReadOnlyCollection<Guid> duties,
        Guid? except,
        Roster roster,
        Sector sector,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        foreach (
            var swap in await db
                .Swaps.Where(s =>
                    s.State == SwapState.Proposed
                    && s.Id != except
                    && (duties.Contains(s.DutyId) || (s.ReturnDutyId != null && duties.Contains(s.ReturnDutyId.Value)))
                )
                .ToListAsync(ct)
        )
        {
            swap.Lapse(now);
            Tell(swap, roster, sector, swap.To, "lapsed");
        }
    }

    /// <summary>Publishes how a proposal ended.</summary>
    public void Tell(Swap swap, Roster roster, Sector sector, RosterPerson? to, string answer) =>
        db.Publish(
            new SwapSettled(
                swap.Id,
                swap.DutyId,
                swap.OrganisationId,
                sector.Name,
                roster.Of(swap.DutyId).Start,
                sector.Zone,
                swap.From,
                to,
                answer,
                roster.PublishedBy
            ),
            swap.Id
        );
}
