using Parceo.Platform;

namespace Parceo.Slots.Domain;

/// <summary>Hours that regulators could see in an ISO week, with the slots that prove them (an effector shows at least two).</summary>
/// <param name="Monday">Of the week.</param>
/// <param name="Hours">Sum of the slots' lengths.</param>
/// <param name="Proof">The slots counted, in order.</param>
internal sealed record VisibleWeek(DateOnly Monday, double Hours, IReadOnlyList<SlotRange> Proof)
{
    /// <summary>Visible hours expected of an effector each week (national SAS rules, 2023).</summary>
    public const double Expected = 2;

    /// <summary>Whether they are reached.</summary>
    public bool Reached => Hours >= Expected;

    /// <summary>By week of the local day on which a slot starts. Not counted: withdrawn before anybody booked, hidden by an absence or an outside agenda, made for an accepted solicitation.</summary>
    public static IReadOnlyList<VisibleWeek> Of(IEnumerable<SlotRange> ranges, string zone) =>
        [
            .. ranges
                .Where(Counts)
                .GroupBy(r => LocalTime.Monday(LocalTime.DayOf(r.Start, zone)))
                .OrderBy(g => g.Key)
                .Select(g => new VisibleWeek(g.Key, g.Sum(r => (r.End - r.Start).TotalHours), [.. g.OrderBy(r => r.Start)])),
        ];

    private static bool Counts(SlotRange r) => (r.ClosedAt is null || r.Taken != 0) && !r.IsAway && !r.IsOutside;
}
