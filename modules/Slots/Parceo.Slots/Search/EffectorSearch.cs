using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Search;

/// <summary>
/// What a regulator asks of the effectors of a search as a whole: how many there are, and who of them has a name. Beside the
/// hot path: asked when a page does not hold them all, or somebody types a name.
/// </summary>
internal sealed class EffectorSearch(SlotsDb db)
{
    private const int MostNamed = 100; // as many doctors of one name in a circle nobody reads
    private const double ManyCells = 100; // km: a wider circle is the territory, and its cells are too many to name

    /// <summary>Effectors with a free place in the circle and the time, on whichever page.</summary>
    public async Task<int> Count(SlotQuery q, CancellationToken ct)
    {
        var places = await Free(q)
            .Select(r => new
            {
                r.CalendarId,
                r.Latitude,
                r.Longitude,
            })
            .Distinct()
            .ToListAsync(ct);
        return places.Where(p => IsNear(q, new(p.Latitude, p.Longitude))).Select(p => p.CalendarId).Distinct().Count();
    }

    /// <summary>The free slots of those whose name has all these words, nearest first; at most <see cref="SlotQuery.Limit"/>.</summary>
    public async Task<IReadOnlyList<FoundSlot>> Named(SlotQuery q, string name, CancellationToken ct)
    {
        var words = TextRules.WordsOfName(name);
        var names = await Free(q)
            .Select(r => r.CalendarId)
            .Distinct()
            .Join(db.Calendars, id => id, c => c.Id, (_, c) => new { c.Id, c.Name })
            .ToListAsync(ct);
        var meant = names
            .Where(n =>
                TextRules.WordsOfName(n.Name) is var parts
                && Array.TrueForAll(words, w => Array.Exists(parts, p => p.StartsWith(w, StringComparison.Ordinal)))
            )
            .Take(MostNamed)
            .Select(n => n.Id)
            .ToList();
        var rows = await Free(q)
            .Where(r => meant.Contains(r.CalendarId))
            .Join(db.Calendars, r => r.CalendarId, c => c.Id, (r, c) => new { Range = r, Calendar = c })
            .ToListAsync(ct);
        return
        [
            .. rows.Where(r => IsNear(q, new(r.Range.Latitude, r.Range.Longitude)))
                .Select(r => Shown(q, r.Range, r.Calendar))
                .OrderBy(s => s.Cursor.Key)
                .ThenBy(s => s.Cursor.Shuffle)
                .ThenBy(s => s.Start)
                .Take(q.Limit),
        ];
    }

    // Whose territory it is, the context's own filter says.
    private IQueryable<SlotRange> Free(SlotQuery q)
    {
        var cells = q.RadiusKm > ManyCells ? null : GeoCell.Around(q.Centre, q.RadiusKm);
        var (skill, mode) = (q.Skill, q.Mode);
        var ranges = db.Ranges.AsNoTracking();
        return (cells is null ? ranges : ranges.Where(r => cells.Contains(r.Cell))).Where(r =>
            r.Open && r.Start >= q.From && r.Start < q.To && (skill == null || r.Skill == skill) && (mode == null || r.Mode == mode)
        );
    }

    private static bool IsNear(SlotQuery q, GeoPoint at) => q.Centre.DistanceTo(at) <= q.RadiusKm;

    private static FoundSlot Shown(SlotQuery q, SlotRange r, Calendar c)
    {
        var km = q.Centre.DistanceTo(new(r.Latitude, r.Longitude));
        return new(
            r.Id,
            r.Start,
            r.End,
            r.PlacesLeft,
            r.Capacity,
            r.Mode,
            r.Note,
            c.Id,
            c.PractitionerId,
            c.Name,
            c.SkillLabel,
            c.LocationLabel,
            c.Commune,
            c.Phone,
            c.Zone,
            c.AcceptsOverCapacity,
            c.Via,
            km,
            new(km * km, r.Shuffle, r.Start)
        );
    }
}
