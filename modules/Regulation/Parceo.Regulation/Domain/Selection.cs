using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Domain;

/// <summary>Whom a wave asks: a stated, deterministic order, so that a regulator can say why (W1.5, D31).</summary>
internal static class Selection
{
    private const double SameDistanceKm = 3;

    /// <summary>
    /// Present first, then nearer (by steps of 3 km), then who had fewest patients of this way this week, then nearer.
    /// Those at their own limit are left out unless they agreed to be asked for one more; so are those already asked.
    /// </summary>
    public static IReadOnlyList<EffectorToAsk> Best(IEnumerable<EffectorToAsk> candidates, IReadOnlySet<Guid> alreadyAsked, int size) =>
        [
            .. candidates
                .Where(c => (!c.AtLimit || c.OverCapacityUntil is not null) && !alreadyAsked.Contains(c.PractitionerId))
                .OrderByDescending(c => c.Present)
                .ThenBy(c => Math.Floor(c.DistanceKm / SameDistanceKm))
                .ThenBy(c => c.BookedThisWeek)
                .ThenBy(c => c.DistanceKm)
                .ThenBy(c => c.PractitionerId)
                .Take(size),
        ];
}
