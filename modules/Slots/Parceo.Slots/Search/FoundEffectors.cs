using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Search;

/// <summary>A page of results as regulators read it: one row an effector, its slots by day.</summary>
internal sealed class FoundEffectors
{
    /// <summary>An effector at a location with the slots found, in order of start.</summary>
    public sealed record Effector(
        Guid CalendarId,
        Guid PractitionerId,
        string Name,
        string LocationLabel,
        string Commune,
        string? Via,
        string? Note,
        string? Phone,
        bool AcceptsOverCapacity,
        double DistanceKm,
        IReadOnlyList<FoundSlot> Slots
    )
    {
        /// <summary>Those of a local day.</summary>
        public IReadOnlyList<FoundSlot> Of(DateOnly day) => [.. Slots.Where(s => LocalTime.DayOf(s.Start, s.Zone) == day)];
    }

    /// <summary>Label of the location searched.</summary>
    public required string Location { get; init; }

    /// <summary>Radius used, km.</summary>
    public required double RadiusKm { get; init; }

    /// <summary>Nearest first; otherwise at random (W1.3).</summary>
    public required bool ByDistance { get; init; }

    /// <summary>Today, tomorrow, the day after, where it is.</summary>
    public required IReadOnlyList<DateOnly> Days { get; init; }

    /// <summary>Rows.</summary>
    public required IReadOnlyList<Effector> Effectors { get; init; }

    /// <summary>On all pages; null when they stand on this one.</summary>
    public int? Total { get; init; }

    /// <summary>« 1 effecteur », « 42 effecteurs sur 57 »</summary>
    public string Count =>
        Total is { } total && total > Effectors.Count
            ? $"{FrenchText.Count(Effectors.Count, "effecteur", "effecteurs")} sur {FrenchText.Count(total)}"
            : FrenchText.Count(Effectors.Count, "effecteur", "effecteurs");

    /// <summary>Cursor of the next page, or null.</summary>
    public string? Next { get; init; }

    /// <summary>
    /// Groups slots that come ordered by effector. The last effector of a full page may be cut: it is left to the next
    /// page, whole, unless it is the only one. <paramref name="first"/>, the médecin traitant, comes before the others (W1.2).
    /// </summary>
    public static FoundEffectors Of(
        IReadOnlyList<FoundSlot> slots,
        bool full,
        string location,
        double radius,
        SlotOrder order,
        int seed,
        DateOnly today,
        Guid? first = null,
        int? total = null
    )
    {
        // Two locations of one professional share their place in the order: their slots come mixed, and are told apart here.
        var last = slots.Count > 0 ? slots[^1].Cursor.Shuffle : 0;
        IReadOnlyList<FoundSlot> whole =
            full && slots.Any(s => s.Cursor.Shuffle != last) ? [.. slots.Where(s => s.Cursor.Shuffle != last)] : slots;
        var groups = whole.GroupBy(s => s.CalendarId).Select(g => g.ToList()).ToList();
        return new FoundEffectors
        {
            Location = location,
            RadiusKm = radius,
            ByDistance = order == SlotOrder.Distance,
            Total = total,
            Days = [today, today.AddDays(1), today.AddDays(2)],
            Effectors = [.. groups.Select(Row).OrderBy(e => first is null || e.PractitionerId != first)], // a stable sort: the others stay in order
            Next = full ? Cursors.Write(whole[^1].Cursor, order, seed) : null,
        };
    }

    private static Effector Row(List<FoundSlot> slots)
    {
        var s = slots[0];
        return new(
            s.CalendarId,
            s.PractitionerId,
            s.Name,
            s.LocationLabel,
            s.Commune,
            s.Via,
            slots.Select(x => x.Note).FirstOrDefault(n => n is not null),
            s.Phone,
            s.AcceptsOverCapacity,
            s.DistanceKm,
            [.. slots.OrderBy(x => x.Start)]
        );
    }
}
