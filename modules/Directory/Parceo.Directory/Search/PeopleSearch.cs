using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;
using Parceo.Platform;
using Parceo.Platform.Geo;

namespace Parceo.Directory.Search;

/// <summary>Understands a question and asks the search that answers it.</summary>
internal sealed class PeopleSearch(DirectoryDb db, Nos nos, Places places, SearchRadii radii)
{
    /// <summary>Where no département's radius applies.</summary>
    private const double UsualRadiusKm = 20;

    /// <summary>The filter a question stands for.</summary>
    /// <exception cref="InvalidException">The place is unknown.</exception>
    public PeopleFilter Filter(FindPeople.Query query)
    {
        var place = string.IsNullOrWhiteSpace(query.Place)
            ? null
            : places.Resolve(query.Place) ?? throw InvalidException.Of("place", "people_place_unknown");
        var radius = query.RadiusKm ?? (place?.Departement is { } departement ? radii.Of(departement)?.DefaultKm : null) ?? UsualRadiusKm;
        return new(
            string.IsNullOrWhiteSpace(query.Profession) ? [] : nos.ProfessionCodes(query.Profession.Trim()),
            string.IsNullOrWhiteSpace(query.Skill) ? [] : nos.SkillCodes(query.Skill.Trim()),
            place is null ? null : new GeoPoint(place.Latitude, place.Longitude),
            radius
        );
    }

    /// <summary>A page of people.</summary>
    public async Task<HitPage> Find(FindPeople.Query query, PeopleFilter filter, CancellationToken ct)
    {
        var cursor = SearchCursor.Parse(query.Next);
        var key = Folding.Fold(query.Q ?? "");
        if (key.Length == 0)
        {
            return string.IsNullOrWhiteSpace(query.Q) ? await ByPlaceOrName(filter, cursor, query.Limit, ct) : HitPage.Empty;
        }
        var names = new NameSearch(db);
        if (key.Replace(" ", "", StringComparison.Ordinal) is { Length: >= 9 } number && number.All(char.IsAsciiDigit))
        {
            return new(await names.ByNumber(number, ct), null);
        }
        var found = await names.Find(query.Q!, filter, enough: 20, ct);
        if (found.Hits.Count == 0 || found.OnlyGuesses)
        {
            // « cardio », « médecine générale »: not a name, but what somebody does.
            var (professions, skills) = nos.Meaning(key);
            if (professions.Count + skills.Count > 0 && filter.Professions.Count + filter.Skills.Count == 0)
            {
                return await ByPlaceOrName(
                    professions.Count > 0 ? filter with { Professions = professions } : filter with { Skills = skills },
                    cursor,
                    query.Limit,
                    ct
                );
            }
        }
        var page = found.Hits.Skip(cursor.Skip).Take(query.Limit).ToList();
        return new(page, cursor.Skip + page.Count < found.Hits.Count ? new SearchCursor(cursor.Skip + page.Count, "").ToString() : null);
    }

    private Task<HitPage> ByPlaceOrName(PeopleFilter filter, SearchCursor cursor, int limit, CancellationToken ct) =>
        filter.Centre is null
            ? new PlaceSearch(db).ByName(filter, cursor, limit, ct)
            : new PlaceSearch(db).Nearest(filter, cursor, limit, ct);
}
