using Parceo.Platform.Geo;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Search;

/// <summary>In which order free slots are found.</summary>
internal enum SlotOrder
{
    /// <summary>Nearest first, then soonest: for an address (W1.3).</summary>
    Distance,

    /// <summary>At random, the same throughout a search: for a commune or a département, so that nobody is favoured (W1.3).</summary>
    Random,

    /// <summary>Soonest first, then nearest.</summary>
    Start,
}

/// <summary>What is searched. Everything is already checked and within the caller's territory.</summary>
/// <param name="Centre">Middle of the circle.</param>
/// <param name="RadiusKm">Its radius.</param>
/// <param name="From">Starts at or after.</param>
/// <param name="To">Starts before.</param>
/// <param name="Skill">Group of specialties, or null for all.</param>
/// <param name="Mode">Or null for all.</param>
/// <param name="Territory">The caller's; null for the host itself.</param>
/// <param name="Order">See <see cref="SlotOrder"/>.</param>
/// <param name="Seed">Of the random order, 1 to 2³¹−2.</param>
/// <param name="After">Where the page before ended, or null.</param>
/// <param name="Limit">Rows wanted.</param>
internal sealed record SlotQuery(
    GeoPoint Centre,
    double RadiusKm,
    DateTimeOffset From,
    DateTimeOffset To,
    string? Skill,
    Mode? Mode,
    Territory? Territory,
    SlotOrder Order,
    int Seed,
    SlotCursor? After,
    int Limit
);

/// <summary>The sort key of a page's last row.</summary>
/// <param name="Key">Square of the distance in km², or the place in the random order; unused by <see cref="SlotOrder.Start"/>.</param>
/// <param name="Shuffle">The calendar's number: keeps a professional's slots together.</param>
internal sealed record SlotCursor(double Key, int Shuffle, DateTimeOffset Start);

/// <summary>A free slot with what its card shows.</summary>
internal sealed record FoundSlot(
    Guid RangeId,
    DateTimeOffset Start,
    DateTimeOffset End,
    int PlacesLeft,
    int Capacity,
    Mode Mode,
    string? Note,
    Guid CalendarId,
    Guid PractitionerId,
    string Name,
    string SkillLabel,
    string LocationLabel,
    string Commune,
    string? Phone,
    string Zone,
    bool AcceptsOverCapacity,
    string? Via,
    double DistanceKm,
    SlotCursor Cursor
);
