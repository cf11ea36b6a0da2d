using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Domain;
using Parceo.Directory.Reference;
using Parceo.Platform;

namespace Parceo.Directory.Search;

/// <summary>
/// Places as the caller means them: what their territory calls a place first, then communes, their own before others; one
/// wrong letter is forgiven when nothing is called so.
/// </summary>
internal sealed class Places(DirectoryDb db, CommuneIndex communes, LocationResolver locations, ICurrentUser user)
{
    private const int Most = 2000; // names of a territory: 300 an organisation
    private readonly Func<Commune, bool>? home = Home.Of(user.Rights);
    private IReadOnlyList<PlaceAlias>? known;

    /// <summary>The place, or null when none is meant.</summary>
    /// <param name="text"><c>lat,lon</c>, INSEE code, postal code, name of a commune or of the territory.</param>
    public async Task<Location?> Resolve(string text, CancellationToken ct) =>
        await Suggest(text, 1, ct) is [{ Alias: { } called }] ? Of(called) : locations.Resolve(text, home);

    /// <summary>The commune that a whole text names; null when it names none.</summary>
    /// <param name="ours">Whether what is only begun may be meant of one's own territory.</param>
    public async Task<Commune?> Named(string key, bool ours, CancellationToken ct) =>
        ours && await Suggest(key, 1, ct) is [{ Alias: { } called }] && IsSaid(called.Key, PlaceAlias.KeyOf(key))
            ? communes.Find(called.CommuneCode)
            : communes.Named(key, ours ? home : null);

    // By whole words: « bell » among other words may mean anything.
    private static bool IsSaid(string name, string key) =>
        name == key || name.StartsWith(key + " ", StringComparison.Ordinal) || OneEdit.IsClose(name, key);

    /// <summary>The commune that is meant in spite of a wrong letter; null when none is.</summary>
    public Commune? Nearly(string key) => communes.Nearly(key, home);

    /// <summary>The commune that begins so; for a text as it is being typed.</summary>
    public Commune? Begun(string key) => communes.Suggest(key, 1, home) is [var likeliest] ? likeliest : null;

    /// <summary>
    /// What somebody may mean who has typed so far, the likeliest first: a name of the territory said whole, its communes, its
    /// names begun or with a letter wrong, communes elsewhere. A commune elsewhere that is said whole is meant before these, unless a place is named after that word.
    /// </summary>
    public async Task<IReadOnlyList<Suggestion>> Suggest(string text, int limit, CancellationToken ct)
    {
        var found = communes.Suggest(text, limit, home).ToLookup(c => home?.Invoke(c) == true, c => new Suggestion(null, c));
        var key = PlaceAlias.KeyOf(text);
        var all = key.Any(char.IsAsciiLetter) ? known ??= await Load(ct) : [];
        var whole = Once(all.Where(a => a.Key == key || (key.Length > a.Key.Length && PlaceAlias.KeyOf(LabelOf(a)) == key)));
        var begun = Once(
            all.Where(a => a.Key.StartsWith(key, StringComparison.Ordinal) || a.Key.Contains(" " + key, StringComparison.Ordinal))
        );
        var nearly =
            begun.Count + whole.Count > 0 || key.Length < OneEdit.ShortestWord
                ? []
                : Once(all.Where(a => a.Key.Length >= OneEdit.ShortestWord && OneEdit.IsClose(a.Key, key)));
        var isCommune = communes.Named(Folding.Fold(text), home) is not null;
        var first = isCommune ? begun.Where(s => s.Alias!.IsNamedAfter(key)) : begun.Concat(nearly);
        return [.. whole.Concat(found[true]).Concat(first).Concat(found[false]).Concat(begun).Concat(nearly).Distinct().Take(limit)];
    }

    /// <summary>« Borny, Metz (57000) »; the commune is not said twice.</summary>
    public string LabelOf(PlaceAlias alias)
    {
        var commune = communes.Find(alias.CommuneCode)!;
        return $" {Folding.Fold(alias.Words)} ".Contains($" {Folding.Fold(commune.Name)} ", StringComparison.Ordinal)
            ? alias.Words
            : $"{alias.Words}, {commune.Label}";
    }

    private Location Of(PlaceAlias alias)
    {
        var commune = communes.Find(alias.CommuneCode)!;
        var (point, precise) = alias.Point is { } exact ? (exact, true) : (commune.Point!.Value, false);
        return new(LabelOf(alias), point.Latitude, point.Longitude, precise, commune.Insee, commune.Departement);
    }

    // Of one word that several organisations use for one commune, the caller's own is meant; for several, each is offered.
    private static IReadOnlyList<Suggestion> Once(IEnumerable<PlaceAlias> aliases) =>
        [.. aliases.DistinctBy(a => (a.Key, a.CommuneCode)).Select(a => new Suggestion(a, null))];

    /// <summary>The caller's own, then those of others in their départements; the host itself is of no territory.</summary>
    private async Task<IReadOnlyList<PlaceAlias>> Load(CancellationToken ct)
    {
        if (user.IsSystem)
            return [];
        var all = db.PlaceAliases.AsNoTracking().OrderBy(a => a.Key).ThenBy(a => a.Id);
        var own = await all.Where(a => a.OrganisationId == user.OrganisationId).Take(Most).ToListAsync(ct);
        var departements = user.Rights.Departements.ToList();
        if (departements.Count > 0)
        {
            own.AddRange(
                await all.Where(a => departements.Contains(a.Departement) && a.OrganisationId != user.OrganisationId)
                    .Take(Most)
                    .ToListAsync(ct)
            );
        }
        return own.FindAll(a => communes.Find(a.CommuneCode)?.Point is not null);
    }
}

/// <summary>A place that may be meant: what the territory calls so, or a commune.</summary>
internal sealed record Suggestion(PlaceAlias? Alias, Commune? Commune);
