using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Query = Parceo.Slots.Contracts.FindAbsences.Query;

namespace Parceo.Slots.Features;

/// <summary>Who takes nobody for a time, for modules that plan people.</summary>
internal static class FindAbsences
{
    public sealed class Handler(SlotsDb db) : IRequestHandler<Query, IReadOnlyList<AbsenceOf>>
    {
        public async Task<IReadOnlyList<AbsenceOf>> Handle(Query q, CancellationToken ct) =>
            await db
                .Absences.AsNoTracking()
                .Where(a => q.PractitionerIds.Contains(a.PractitionerId) && a.From < q.To && (a.To == null || a.To > q.From))
                .OrderBy(a => a.From)
                .Select(a => new AbsenceOf(a.PractitionerId, a.From, a.To))
                .ToListAsync(ct);
    }
}
