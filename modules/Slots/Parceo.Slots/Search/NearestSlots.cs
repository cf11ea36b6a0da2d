using Parceo.Slots.Domain;

namespace Parceo.Slots.Search;

/// <summary>Slots near in time and place when what was wanted is gone or was never there: first as it was wanted, then farther, later, in another way.</summary>
internal static class NearestSlots
{
    private const int Looked = 60;
    private const double KmAnHour = 10; // a patient who waits an hour more may as well travel ten kilometres

    /// <summary>The nearest of the first round that has enough; of all of them when none has.</summary>
    /// <param name="at">The time that was wanted.</param>
    /// <param name="rounds">Ever wider.</param>
    public static async Task<IReadOnlyList<FoundSlot>> Nearest(
        this CellSlotSearch search,
        DateTimeOffset at,
        int limit,
        IEnumerable<SlotQuery> rounds,
        CancellationToken ct
    )
    {
        IReadOnlyList<FoundSlot> best = [];
        foreach (var round in rounds)
        {
            best =
            [
                .. (await search.Find(round with { Order = SlotOrder.Start, Seed = 1, After = null, Limit = Looked }, ct))
                    .OrderBy(s => (Math.Abs((s.Start - at).TotalHours) * KmAnHour) + s.DistanceKm)
                    .ThenBy(s => s.Start)
                    // One of each: who wanted another hour of the same doctor sees it in the list.
                    .DistinctBy(s => s.CalendarId)
                    .Take(limit),
            ];
            if (best.Count >= limit)
                break;
        }
        return best;
    }
}
