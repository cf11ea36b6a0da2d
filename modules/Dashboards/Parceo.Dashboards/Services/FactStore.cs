using Microsoft.EntityFrameworkCore;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;

namespace Parceo.Dashboards.Services;

/// <summary>What the reactions share: the row of a thing, made when it is first heard of.</summary>
internal sealed class FactStore(DashboardsDb db)
{
    public Task<BookingFact> Booking(Guid bookingId, CancellationToken ct) => Of(db.Bookings, bookingId, id => new BookingFact(id), ct);

    public Task<OrientationFact> Orientation(Guid orientationId, CancellationToken ct) =>
        Of(db.Orientations, orientationId, id => new OrientationFact(id), ct);

    public Task<InvitationFact> Invitation(Guid invitationId, CancellationToken ct) =>
        Of(db.Invitations, invitationId, id => new InvitationFact(id), ct);

    public Task<RangeFact> Range(Guid rangeId, CancellationToken ct) => Of(db.Ranges, rangeId, id => new RangeFact(id), ct);

    /// <summary>Those of many ranges in one look.</summary>
    public async Task<IReadOnlyList<RangeFact>> Ranges(IReadOnlyList<Guid> rangeIds, CancellationToken ct)
    {
        var known = await db.Ranges.Where(o => rangeIds.Contains(o.RangeId)).ToListAsync(ct);
        var made = rangeIds.Except(known.Select(o => o.RangeId)).Select(id => new RangeFact(id)).ToList();
        db.Ranges.AddRange(made);
        return [.. known, .. made];
    }

    private static async Task<T> Of<T>(DbSet<T> set, Guid id, Func<Guid, T> make, CancellationToken ct)
        where T : Fact
    {
        if (await set.FindAsync([id], ct) is { } known)
            return known;
        var made = make(id);
        set.Add(made);
        return made;
    }
}
