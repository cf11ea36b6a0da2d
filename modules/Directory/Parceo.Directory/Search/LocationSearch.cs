using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Data;
using Parceo.Platform.Geo;

namespace Parceo.Directory.Search;

/// <summary>
/// People by place, nearest first, and people by kind alone, in the order of their names. Circles grow until they hold
/// a page, so that a search in a city never reads its whole region.
/// </summary>
internal sealed class LocationSearch(DirectoryDb db)
{
    private static readonly double[] Steps = [3, 8, 20, 50, 100, 200];

    // Nobody reads on so far, and a circle of 500 km may hold half of France.
    private const int MostListed = 1_000,
        MostRead = 100_000;

    private sealed record Row(Guid PersonId, string SortKey, double Latitude, double Longitude);

    /// <summary>Nearest first, then by name.</summary>
    public async Task<HitPage> Nearest(PeopleFilter filter, SearchCursor cursor, int limit, CancellationToken ct)
    {
        var centre = filter.Centre!.Value;
        var page = HitPage.Empty;
        foreach (var radius in Steps.Where(step => step < filter.RadiusKm).Append(filter.RadiusKm))
        {
            var rows = await Within(filter, GeoCell.Around(centre, radius), ct);
            if (rows.Count > MostRead && page.Hits.Count > 0)
                return page; // what the circle before held: nearer than anything that was not read
            var hits = rows.Select(r => (r.PersonId, r.SortKey, Distance: centre.DistanceTo(new(r.Latitude, r.Longitude))))
                .Where(r => r.Distance <= radius)
                .GroupBy(r => r.PersonId)
                .Select(g => g.MinBy(r => r.Distance))
                .OrderBy(r => r.Distance)
                .ThenBy(r => r.SortKey, StringComparer.Ordinal)
                .ThenBy(r => r.PersonId)
                .Skip(cursor.Skip)
                .Take(limit + 1)
                .Select(r => new Hit(r.PersonId, r.Distance))
                .ToList();
            var more = hits.Count > limit && cursor.Skip + limit < MostListed;
            page = new([.. hits.Take(limit)], more ? new SearchCursor(cursor.Skip + limit, "").ToString() : null);
            if (hits.Count > limit)
                break;
        }
        return page;
    }

    /// <summary>In the order of names.</summary>
    public async Task<HitPage> ByName(PeopleFilter filter, SearchCursor cursor, int limit, CancellationToken ct)
    {
        var people = new List<(Guid Id, string Key)>();
        // A person has a row per activity: read on until the page is full.
        for (var (from, passed) = (cursor.Key, 0); ; )
        {
            var wanted = (limit + 1 + cursor.Skip + people.Count) * 3;
            var rows = await InOrder(filter, from, wanted, ct);
            people = [.. rows.DistinctBy(r => r.Id)];
            passed = people.Where(p => p.Key == cursor.Key).Take(cursor.Skip).Count();
            if (people.Count - passed > limit || rows.Count < wanted)
            {
                var page = people.Skip(passed).Take(limit).ToList();
                var next =
                    people.Count - passed > limit
                        ? new SearchCursor(
                            page.Count(p => p.Key == page[^1].Key) + (page[^1].Key == cursor.Key ? passed : 0),
                            page[^1].Key
                        ).ToString()
                        : null;
                return new([.. page.Select(p => new Hit(p.Id, null))], next);
            }
        }
    }

    private async Task<List<Row>> Within(PeopleFilter filter, IReadOnlyList<int> cells, CancellationToken ct)
    {
        var (professions, skills, among) = (filter.Professions, filter.Skills, filter.Among);
        if (skills.Count > 0)
        {
            var activities =
                professions.Count == 0 ? db.Activities.AsQueryable() : db.Activities.Where(a => professions.Contains(a.ProfessionCode));
            if (among is not null)
            {
                activities = activities.Where(a => among.Contains(a.PersonId));
            }
            return await db
                .Skills.AsNoTracking()
                .Where(s => skills.Contains(s.Code) && cells.Contains(s.Cell!.Value))
                .Join(
                    activities,
                    s => s.ActivityId,
                    a => a.Id,
                    (s, a) => new Row(a.PersonId, a.SortKey, a.Latitude!.Value, a.Longitude!.Value)
                )
                .Take(MostRead + 1)
                .ToListAsync(ct);
        }
        var sectors = filter.Sectors;
        var near = db.Activities.AsNoTracking().Where(a => cells.Contains(a.Cell!.Value));
        if (among is not null)
        {
            near = near.Where(a => among.Contains(a.PersonId));
        }
        if (sectors.Count > 0)
        {
            near = near.Where(a => sectors.Contains(a.SectorCode));
        }
        return await (professions.Count == 0 ? near : near.Where(a => professions.Contains(a.ProfessionCode)))
            .Select(a => new Row(a.PersonId, a.SortKey, a.Latitude!.Value, a.Longitude!.Value))
            .Take(MostRead + 1)
            .ToListAsync(ct);
    }

    private async Task<List<(Guid Id, string Key)>> InOrder(PeopleFilter filter, string from, int most, CancellationToken ct)
    {
        var (professions, skills, sectors) = (filter.Professions, filter.Skills, filter.Sectors);
        var rows =
            skills.Count > 0
                ? db
                    .Skills.AsNoTracking()
                    .Where(s =>
                        skills.Contains(s.Code)
                        && s.SortKey.CompareTo(from) >= 0
                        && (
                            professions.Count == 0 || db.Activities.Any(a => a.Id == s.ActivityId && professions.Contains(a.ProfessionCode))
                        )
                    )
                    .Select(s => new { Id = s.PersonId, s.SortKey })
            : professions.Count > 0
                ? db
                    .Activities.AsNoTracking()
                    .Where(a => professions.Contains(a.ProfessionCode) && a.SortKey.CompareTo(from) >= 0)
                    .Select(a => new { Id = a.PersonId, a.SortKey })
            : sectors.Count > 0
                ? db
                    .Activities.AsNoTracking()
                    .Where(a => sectors.Contains(a.SectorCode) && a.SortKey.CompareTo(from) >= 0)
                    .Select(a => new { Id = a.PersonId, a.SortKey })
            : db.People.AsNoTracking().Where(p => p.GoneAt == null && p.SortKey.CompareTo(from) >= 0).Select(p => new { p.Id, p.SortKey });
        if (filter.Among is { } among)
        {
            rows = rows.Where(r => among.Contains(r.Id));
        }
        return [.. (await rows.OrderBy(r => r.SortKey).ThenBy(r => r.Id).Take(most).ToListAsync(ct)).Select(r => (r.Id, r.SortKey))];
    }
}
