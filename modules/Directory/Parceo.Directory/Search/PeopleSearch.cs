using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;
using Parceo.Platform;
using Parceo.Platform.Geo;

namespace Parceo.Directory.Search;

/// <summary>Understands a question and asks the search that answers it.</summary>
internal sealed class PeopleSearch(DirectoryDb db, Nos nos, Places places, SearchRadii radii, EverydayWords everyday)
{
    /// <summary>Where no département's radius applies.</summary>
    private const double UsualRadiusKm = 20;

    /// <summary>Inhabitants from which a place is meant rather than names that begin like it.</summary>
    private const int Town = 2_000;

    /// <summary>The filter a question stands for.</summary>
    /// <exception cref="InvalidException">The place is unknown.</exception>
    public async Task<PeopleFilter> Filter(FindPeople.Query query, CancellationToken ct)
    {
        var place = string.IsNullOrWhiteSpace(query.Place)
            ? null
            : await places.Resolve(query.Place, ct) ?? throw InvalidException.Of("place", "people_place_unknown");
        var radius = query.RadiusKm ?? (place?.Departement is { } departement ? radii.Of(departement)?.DefaultKm : null) ?? UsualRadiusKm;
        return new(
            string.IsNullOrWhiteSpace(query.Profession) ? [] : nos.ProfessionCodes(query.Profession.Trim()),
            string.IsNullOrWhiteSpace(query.Skill) ? [] : nos.SkillCodes(query.Skill.Trim()),
            place is null ? null : new GeoPoint(place.Latitude, place.Longitude),
            radius
        )
        {
            Among = query.Among,
        };
    }

    /// <summary>
    /// A page of people, and the filter that it was found with. The one box takes a name, a kind of professional, a place, or two
    /// of them in either order; what stands in the form's own fields is not guessed again.
    /// </summary>
    public async Task<(HitPage Page, PeopleFilter Filter)> Find(FindPeople.Query query, PeopleFilter filter, CancellationToken ct)
    {
        var cursor = SearchCursor.Parse(query.Next);
        var text = TextRules.WithoutTitle(query.Q ?? "");
        var key = Folding.Fold(text);
        if (key.Length == 0)
        {
            return string.IsNullOrWhiteSpace(query.Q)
                ? (await ByPlaceOrName(filter, cursor, query.Limit, ct), filter)
                : (HitPage.Empty, filter);
        }
        var names = new NameSearch(db);
        if (key.Replace(" ", "", StringComparison.Ordinal) is { Length: >= 9 } number && number.All(char.IsAsciiDigit))
        {
            return (new([.. (await names.ByNumber(number, ct)).Where(h => filter.Among?.Contains(h.PersonId) != false)], null), filter);
        }
        if (filter.IsOfAnyKind && everyday.Read(key) is var (kind, rest))
        {
            var wanted = Of(filter, kind);
            if (rest.Length == 0)
            {
                return await Kind(wanted);
            }
            var named = await names.Find(rest, wanted, enough: 20, ct);
            if (named.IsWhole)
            {
                return (Page(named), wanted);
            }
            if (Near(wanted, query, await places.Named(rest, ours: true, ct)) is { } there)
            {
                return await Kind(there);
            }
            if (named.Hits.Count > 0 && !named.OnlyGuesses)
            {
                return (Page(named), wanted);
            }
            // As it is being typed: « infirmière mont… ».
            if (rest.Length > 2 && Near(wanted, query, places.Begun(rest)) is { } begun)
            {
                return await Kind(begun);
            }
            if (named.Hits.Count > 0)
            {
                return (Page(named), wanted);
            }
        }
        var found = await names.Find(text, filter, enough: 20, ct);
        var certain = found.Hits.Count > 0 && !found.OnlyGuesses;
        if (found.IsWhole)
        {
            return (Page(found), filter);
        }
        // « metz » is a town, although names begin so.
        if (
            await places.Named(key, ours: !certain, ct) is { } town
            && (!certain || town.Population >= Town)
            && Near(filter, query, town) is { } around
        )
        {
            return await Kind(around);
        }
        if (certain)
        {
            return (Page(found), filter);
        }
        foreach (var (who, where) in Split(key))
        {
            if (
                Near(filter, query, await places.Named(where, ours: true, ct)) is { } there
                && await names.Find(who, there, enough: 1, ct) is { Hits.Count: > 0 } local
            )
            {
                return (Page(local), there);
            }
        }
        if (filter.IsOfAnyKind)
        {
            // « cardiologe metz »: a kind with a letter wrong, and where.
            foreach (var (who, where) in Split(key))
            {
                if (everyday.Beginning(who) is { } misspelt && Near(filter, query, await places.Named(where, ours: true, ct)) is { } there)
                {
                    return await Kind(Of(there, misspelt));
                }
            }
            // « cardio », « médecine générale »: not a name, but what somebody does.
            if (everyday.Beginning(key) is { } meant)
            {
                return await Kind(Of(filter, meant));
            }
            var (professions, skills) = nos.Meaning(key);
            if (professions.Count + skills.Count > 0)
            {
                return await Kind(professions.Count > 0 ? filter with { Professions = professions } : filter with { Skills = skills });
            }
        }
        // Nobody is called nearly so: « roche woipy », « woipy ».
        if (found.Hits.Count == 0)
        {
            foreach (var (who, where) in Split(key))
            {
                if (
                    Near(filter, query, places.Nearly(where)) is { } there
                    && await names.Find(who, there, enough: 1, ct) is { Hits.Count: > 0 } local
                )
                {
                    return (Page(local), there);
                }
            }
            if (Near(filter, query, places.Nearly(key)) is { } nearly)
            {
                return await Kind(nearly);
            }
        }
        return (Page(found), filter);

        async Task<(HitPage, PeopleFilter)> Kind(PeopleFilter wanted) => (await ByPlaceOrName(wanted, cursor, query.Limit, ct), wanted);

        HitPage Page(NameHits hits)
        {
            var page = hits.Hits.Skip(cursor.Skip).Take(query.Limit).ToList();
            return new(page, cursor.Skip + page.Count < hits.Hits.Count ? new SearchCursor(cursor.Skip + page.Count, "").ToString() : null);
        }
    }

    private static PeopleFilter Of(PeopleFilter filter, CareKind kind) =>
        filter with
        {
            Professions = kind.Professions,
            Skills = kind.Skills,
            Sectors = kind.Sectors,
        };

    /// <summary>The filter around a commune; null without one, or when the form already says where.</summary>
    private PeopleFilter? Near(PeopleFilter filter, FindPeople.Query query, Commune? commune) =>
        filter.Centre is null && commune?.Point is { } middle
            ? filter with
            {
                Centre = middle,
                RadiusKm = query.RadiusKm ?? radii.Of(commune.Departement)?.DefaultKm ?? UsualRadiusKm,
            }
            : null;

    /// <summary>A name and a place, in either order: « roche metz », « muller à woippy ».</summary>
    private static IEnumerable<(string Who, string Where)> Split(string key)
    {
        var words = key.Split(' ');
        for (var at = 1; at < Math.Min(words.Length, 6); at++)
        {
            yield return (EverydayWords.Rest(words[..at]), EverydayWords.Rest(words[at..]));
            yield return (EverydayWords.Rest(words[at..]), EverydayWords.Rest(words[..at]));
        }
    }

    private Task<HitPage> ByPlaceOrName(PeopleFilter filter, SearchCursor cursor, int limit, CancellationToken ct) =>
        filter.Centre is null
            ? new LocationSearch(db).ByName(filter, cursor, limit, ct)
            : new LocationSearch(db).Nearest(filter, cursor, limit, ct);
}
