using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;

namespace Parceo.Rosters.Features;

/// <summary>Who is on duty at a moment, for other modules.</summary>
internal static class ListDutyHolders
{
    public sealed class Handler(RostersDb db, TimeProvider clock)
        : IRequestHandler<Contracts.ListDutyHolders.Query, IReadOnlyList<DutyHolder>>
    {
        private const int Most = 200;

        public async Task<IReadOnlyList<DutyHolder>> Handle(Contracts.ListDutyHolders.Query q, CancellationToken ct)
        {
            var at = q.At ?? clock.GetUtcNow();
            if (Math.Abs((at - clock.GetUtcNow()).TotalDays) > 731)
                throw InvalidException.Of("at", "roster_period_invalid");
            var earliest = at.AddHours(-26); // no duty is longer: what makes the index on the start enough
            var duties = await db
                .Duties.AsNoTracking()
                .Where(d => d.Published && d.Start > earliest && d.Start <= at && d.End > at && d.HolderId != null)
                .OrderBy(d => d.Start)
                .ThenBy(d => d.Id)
                .Take(Most)
                .ToListAsync(ct);
            var ids = duties.Select(d => d.SectorId).Distinct().ToList();
            var sectors = await db.Sectors.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
            return
            [
                .. duties
                    .Where(d => sectors.ContainsKey(d.SectorId))
                    .Select(d => (Duty: d, Sector: sectors[d.SectorId]))
                    .Select(d => new DutyHolder(
                        d.Sector.Id,
                        d.Sector.Name,
                        d.Sector.Kind,
                        d.Duty.End,
                        d.Duty.Holder!,
                        [.. d.Sector.Communes.Select(c => c.Code)],
                        d.Sector.Phone
                    )),
            ];
        }
    }
}
