using Microsoft.EntityFrameworkCore;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Domain;

namespace Parceo.Dashboards.Services;

/// <summary>What the reactions share: the row of a thing, made when it is first heard of.</summary>
internal sealed class Facts(DashboardsDb db)
{
    public Task<Visit> Visit(Guid bookingId, CancellationToken ct) => Of(db.Visits, bookingId, id => new Visit(id), ct);

    public Task<Search> Search(Guid orientationId, CancellationToken ct) => Of(db.Searches, orientationId, id => new Search(id), ct);

    public Task<Ask> Ask(Guid invitationId, CancellationToken ct) => Of(db.Asks, invitationId, id => new Ask(id), ct);

    public Task<Offer> Offer(Guid rangeId, CancellationToken ct) => Of(db.Offers, rangeId, id => new Offer(id), ct);

    /// <summary>Those of many ranges in one look.</summary>
    public async Task<IReadOnlyList<Offer>> Offers(IReadOnlyList<Guid> rangeIds, CancellationToken ct)
    {
        var known = await db.Offers.Where(o => rangeIds.Contains(o.RangeId)).ToListAsync(ct);
        var made = rangeIds.Except(known.Select(o => o.RangeId)).Select(id => new Offer(id)).ToList();
        db.Offers.AddRange(made);
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
