using Parceo.Platform.Geo;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Testing;

namespace Parceo.Slots.Tests;

/// <summary>Calendars and ranges to begin with, made by the domain itself.</summary>
internal static class Given
{
    public static readonly GeoPoint Metz = new(49.10814, 6.19595);

    public static Calendar Calendar(
        GeoPoint? at = null,
        string departement = "57",
        string skill = "MEDECINE_GENERALE",
        Guid? practitioner = null,
        string? commune = null
    )
    {
        var calendar = new Calendar(Guid.CreateVersion7(), practitioner ?? Guid.NewGuid());
        calendar.Refresh("Dr Camille Essai", skill, "Médecine générale", "Cabinet", "Metz", departement, null, at ?? Metz, commune);
        return calendar;
    }

    public static SlotRange Range(
        Calendar calendar,
        DateTimeOffset now,
        int capacity = 1,
        double inHours = 2,
        double lastsHours = 1,
        Mode mode = Mode.Cabinet
    ) =>
        new(
            Guid.CreateVersion7(),
            calendar,
            now.AddHours(inHours),
            now.AddHours(inHours + lastsHours),
            capacity,
            mode,
            null,
            Guid.CreateVersion7(),
            now
        );

    /// <summary>A stored range at Metz.</summary>
    public static Task<SlotRange> StoredRange(
        this ParceoHost host,
        int capacity = 1,
        double inHours = 2,
        GeoPoint? at = null,
        string departement = "57",
        Guid? practitioner = null,
        string? commune = null
    ) =>
        host.With<SlotsDb, SlotRange>(async db =>
        {
            var calendar = Calendar(at, departement, practitioner: practitioner, commune: commune);
            var range = Range(calendar, host.Clock.GetUtcNow(), capacity, inHours);
            db.AddRange(calendar, range);
            await db.SaveChangesAsync();
            return range;
        });
}
