using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Data;

namespace Parceo.Slots.Features;

/// <summary>
/// When professionals receive patients, whoever booked them: limits and weekly counts are about the professional, while a
/// regulator's own queries show their organisation's bookings only. Instants, no patient data.
/// </summary>
internal static class CountLoad
{
    /// <param name="PractitionerIds">At most 500.</param>
    /// <param name="From">Included.</param>
    /// <param name="To">Excluded.</param>
    [SystemOnly]
    public sealed record Query(IReadOnlyCollection<Guid> PractitionerIds, DateTimeOffset From, DateTimeOffset To)
        : IRequest<IReadOnlyList<Load>>;

    /// <summary>One live booking.</summary>
    public sealed record Load(Guid PractitionerId, DateTimeOffset Start);

    public sealed class Handler(SlotsDb db) : IRequestHandler<Query, IReadOnlyList<Load>>
    {
        public async Task<IReadOnlyList<Load>> Handle(Query q, CancellationToken ct) =>
            await db
                .Bookings.AsNoTracking()
                .Where(b => q.PractitionerIds.Contains(b.PractitionerId) && b.Start >= q.From && b.Start < q.To && b.Place != null)
                .Select(b => new Load(b.PractitionerId, b.Start))
                .ToListAsync(ct);
    }
}
