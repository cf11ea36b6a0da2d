using System.Globalization;
using Parceo.Directory.Domain;
using Parceo.Platform;
using Parceo.Platform.Geo;

namespace Parceo.Directory.Reference;

/// <summary>
/// All communes in memory (35,000, about 15 MB), answered in well under a millisecond. One per process, made at the
/// first question; immutable, so it is safe from any thread.
/// </summary>
internal sealed class CommuneIndex
{
    private readonly Commune[] communes;
    private readonly string[] keys;

    // Whose each key is. The first are the communes' own names, the others what they are also called.
    private readonly int[] owners;
    private readonly List<(string Key, string Departement)> departements;

    // Every word start of every name, sorted by the text from there on: a prefix is one range.
    private readonly (int Key, int Offset)[] starts;
    private readonly (string Code, int Commune)[] postal;
    private readonly Dictionary<string, int> byInsee;
    private readonly ILookup<string, Commune> arrondissements;

    // Ranks, and one more for what a commune is also called.
    private const int Misspelt = 2, // the whole name, or its first words, with a letter wrong
        Begun = 3,
        WordInside = 5;

    /// <summary>Reads the embedded table and sorts it: some 100 ms, so make it once.</summary>
    public CommuneIndex()
    {
        communes = [.. EmbeddedCsv.Read("communes.csv").Select(Row)];
        byInsee = communes.Index().ToDictionary(c => c.Item.Insee, c => c.Index, StringComparer.Ordinal);
        var names = communes.Index().Select(c => (Key: Folding.Fold(c.Item.Name), Owner: c.Index)).ToList();
        // Communes that became part of another keep their name in people's mouths, and their code in older files.
        foreach (var row in EmbeddedCsv.Read("communes-deleguees.csv"))
        {
            if (byInsee.TryGetValue(row[2], out var owner))
            {
                names.Add((Folding.Fold(row[1]), owner));
                byInsee.TryAdd(row[0], owner);
            }
        }
        names.AddRange(names.Select(n => (Key: Elided(n.Key), n.Owner)).Where(n => n.Key is not null).ToList()!);
        (keys, owners) = ([.. names.Select(n => n.Key)], [.. names.Select(n => n.Owner)]);
        departements = [.. EmbeddedCsv.Read("rayons-sas.csv").Select(row => (Folding.Fold(row[1]), row[0]))];
        arrondissements = communes.Where(c => c.Parent is not null).ToLookup(c => c.Parent!, StringComparer.Ordinal);
        postal = [.. communes.Index().SelectMany(c => c.Item.PostalCodes.Select(code => (code, c.Index)))];
        Array.Sort(postal, (a, b) => string.CompareOrdinal(a.Code, b.Code) is var order and not 0 ? order : a.Commune - b.Commune);
        starts = [.. keys.Index().SelectMany(key => WordStarts(key.Item).Select(offset => (key.Index, offset)))];
        Array.Sort(starts, (a, b) => keys[a.Key].AsSpan(a.Offset).SequenceCompareTo(keys[b.Key].AsSpan(b.Offset)));
    }

    /// <summary>All of them, in no promised order.</summary>
    public IReadOnlyList<Commune> All => communes;

    /// <summary>The commune of an INSEE code, or null.</summary>
    public Commune? Find(string insee) => byInsee.TryGetValue(insee, out var index) ? communes[index] : null;

    /// <summary>Whether it is Paris, Lyon or Marseille as a whole.</summary>
    public bool HasArrondissements(Commune commune) => arrondissements.Contains(commune.Insee);

    /// <summary>Communes served by a postal code, the largest first.</summary>
    public IReadOnlyList<Commune> ByPostalCode(string code) =>
        [.. PostalRange(code).Where(p => p.Code == code).Select(p => communes[p.Commune]).OrderByDescending(c => c.Population)];

    /// <summary>
    /// What somebody may mean who has typed <paramref name="text"/> so far: a name (any case, accents, hyphens, st for
    /// saint), a postal or INSEE code or its beginning, or both. Whole names first, then beginnings, then words inside;
    /// within each by population. Before all of them what begins so at home: « Montigny » said in Moselle is Montigny-lès-Metz,
    /// although seven communes elsewhere are called just so. When nothing at home is called so, one wrong letter is forgiven
    /// there; elsewhere only when nothing is called so at all.
    /// </summary>
    /// <param name="text">As typed.</param>
    /// <param name="limit">Most that are wanted.</param>
    /// <param name="home">The communes of whoever types; null when they have none.</param>
    public IReadOnlyList<Commune> Suggest(string text, int limit, Func<Commune, bool>? home = null)
    {
        var typed = Folding.FoldAsTyped(text);
        var words = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var cedex = words.IndexOf("cedex");
        if (cedex >= 0)
        {
            words.RemoveRange(cedex, words.Count - cedex);
        }
        var code = words.Find(word => char.IsAsciiDigit(word[0]) && word.Length is >= 1 and <= 5 && word.Skip(2).All(char.IsAsciiDigit));
        // « Lyon 3e » is a name; « 57000 Metz » is a code and a name; « 57 » alone is a code.
        if (code is not null && (words.Count == 1 || code.Length == 5))
        {
            words.Remove(code);
            // A CEDEX code is no commune's; only its département is.
            code = cedex >= 0 ? code[..Math.Min(2, code.Length)] : code;
        }
        else
        {
            code = null;
        }

        var best = new Dictionary<int, int>();
        if (words.Count > 0)
        {
            foreach (var key in Spellings(string.Join(' ', words)))
            {
                AddByName(best, key, code);
            }
            if (best.Count == 0 && code is null && WithoutDepartement(string.Join(' ', words)) is var (name, departement))
            {
                foreach (var key in Spellings(name))
                {
                    AddByName(best, key, null, departement);
                }
            }
            if (
                code is null
                && (best.Count == 0 || (home is not null && !best.Any(found => found.Value < WordInside && home(communes[found.Key]))))
            )
            {
                AddMisspelt(best, Folding.Fold(typed), best.Count == 0 ? null : home);
            }
        }
        else if (code is not null)
        {
            AddByCode(best, code);
        }
        var anyWhole = best.Values.Any(rank => rank < Misspelt);
        return
        [
            .. best.OrderBy(found =>
                    found.Value < WordInside && home?.Invoke(communes[found.Key]) == true && (found.Value != Misspelt || !anyWhole) ? 0 : 1
                )
                .ThenBy(found => found.Value)
                .ThenByDescending(found => communes[found.Key].Population)
                .ThenBy(found => communes[found.Key].Insee, StringComparer.Ordinal)
                .Take(limit)
                .Select(found => communes[found.Key]),
        ];
    }

    /// <summary>
    /// The commune of an address of the national file: INSEE code first (the arrondissement when the code is that of
    /// the whole town), else postal code and name, else the name alone within the département of the postal code.
    /// Null abroad and when nothing fits.
    /// </summary>
    public Commune? Locate(string insee, string postalCode, string name)
    {
        if (Find(insee) is { } exact)
        {
            return arrondissements[insee].FirstOrDefault(c => c.PostalCodes.Contains(postalCode)) ?? exact;
        }
        var key = WithoutCedex(Folding.Fold(name));
        var served = ByPostalCode(postalCode);
        if (served.Count == 1)
        {
            return served[0];
        }
        if (served.FirstOrDefault(c => keys[byInsee[c.Insee]] == key) is { } sameName)
        {
            return sameName;
        }
        // CEDEX codes are in no list; their first two or three characters are the département's.
        var sameDepartement =
            key.Length == 0 || postalCode.Length != 5
                ? null
                : NameRange(key)
                    .Where(s => s.Offset == 0 && keys[s.Key] == key)
                    .OrderBy(s => s.Key >= communes.Length)
                    .Select(s => communes[owners[s.Key]])
                    .FirstOrDefault(c => c.PostalCodes.Any(code => code.AsSpan(0, 2).SequenceEqual(postalCode.AsSpan(0, 2))));
        return sameDepartement ?? (served.Count > 0 ? served[0] : null);
    }

    /// <summary>The commune whose middle is nearest.</summary>
    public Commune Nearest(GeoPoint point) => communes.Where(c => c.Point is not null).MinBy(c => Roughly(c.Point!.Value, point))!;

    /// <summary>« Thionville, Moselle », « Thionville 57 »: the name, and the département's code.</summary>
    private (string Name, string Departement)? WithoutDepartement(string typed)
    {
        foreach (var (key, code) in departements)
        {
            foreach (var last in new[] { key, code.ToLowerInvariant() })
            {
                if (typed.Length > last.Length + 1 && typed.EndsWith(" " + last, StringComparison.Ordinal))
                {
                    return (typed[..^(last.Length + 1)], code);
                }
            }
        }
        return null;
    }

    /// <summary>« l hay les roses » as it is written without its apostrophe, or null.</summary>
    private static string? Elided(string key)
    {
        var spelt = $" {key}".Replace(" l ", " l", StringComparison.Ordinal).Replace(" d ", " d", StringComparison.Ordinal)[1..];
        return spelt == key ? null : spelt;
    }

    private void AddByName(Dictionary<int, int> best, string key, string? code, string? departement = null)
    {
        foreach (var (named, offset) in NameRange(key))
        {
            var index = owners[named];
            if (departement is not null && communes[index].Departement != departement)
            {
                continue;
            }
            if (
                code is not null
                && !communes[index].PostalCodes.Any(c => c.StartsWith(code, StringComparison.Ordinal))
                && communes[index].Insee != code
            )
            {
                continue;
            }
            var rank =
                (
                    offset > 0 ? WordInside
                    : keys[named].Length == key.Length ? 0
                    : Begun
                ) + (named < communes.Length ? 0 : 1); // its own name before what it is also called
            best[index] = best.TryGetValue(index, out var other) ? Math.Min(other, rank) : rank;
        }
    }

    /// <summary>
    /// The commune that a whole text names, the most peopled of several; null when it is only a beginning. At home the first words
    /// are enough: « montigny » in Moselle is Montigny-lès-Metz.
    /// </summary>
    public Commune? Named(string key, Func<Commune, bool>? home = null)
    {
        if (key.Split(' ').Any(word => word.Length == 5 && word.All(char.IsAsciiDigit)))
        {
            return Suggest(key, 1) is [var coded] ? coded : null;
        }
        var best = new Dictionary<int, int>();
        AddByName(best, key, null);
        if (home is not null)
        {
            var begun = new Dictionary<int, int>();
            AddByName(begun, key + " ", null);
            var own = begun
                .Where(b => b.Value < WordInside)
                .Concat(best.Where(b => b.Value <= 1))
                .Where(b => home(communes[b.Key]))
                .OrderBy(b => b.Value)
                .ThenByDescending(b => communes[b.Key].Population)
                .Select(b => communes[b.Key])
                .FirstOrDefault();
            if (own is not null)
            {
                return own;
            }
        }
        if (best.Count == 0 && WithoutDepartement(key) is var (name, departement))
        {
            AddByName(best, name, null, departement);
        }
        return best.Where(b => b.Value <= 1)
            .OrderBy(b => b.Value)
            .ThenByDescending(b => communes[b.Key].Population)
            .Select(b => communes[b.Key])
            .FirstOrDefault();
    }

    /// <summary>The commune that a whole text names but for one letter, one's own before others; null when none is called nearly so.</summary>
    public Commune? Nearly(string key, Func<Commune, bool>? home = null)
    {
        var best = new Dictionary<int, int>();
        AddMisspelt(best, key, null);
        return best
            .Keys.Select(index => communes[index])
            .OrderBy(c => home?.Invoke(c) == true ? 0 : 1)
            .ThenByDescending(c => c.Population)
            .FirstOrDefault();
    }

    // All names are looked through, a millisecond or two: done only for what nothing is called.
    private void AddMisspelt(Dictionary<int, int> best, string typed, Func<Commune, bool>? home)
    {
        if (typed.Length < OneEdit.ShortestWord)
        {
            return;
        }
        var words = typed.AsSpan().Count(' ') + 1;
        for (var named = 0; named < keys.Length; named++)
        {
            var head = Head(keys[named], words);
            // Whoever is one edit away begins or ends alike.
            if (
                Math.Abs(head.Length - typed.Length) <= 1
                && head.Length >= OneEdit.ShortestWord
                && (head[0] == typed[0] || head[^1] == typed[^1])
                && home?.Invoke(communes[owners[named]]) != false
                && OneEdit.IsClose(head.ToString(), typed)
            )
            {
                best.TryAdd(owners[named], Misspelt);
            }
        }
    }

    /// <summary>The first words of a name.</summary>
    private static ReadOnlySpan<char> Head(string key, int words)
    {
        var end = -1;
        while (words-- > 0)
        {
            if ((end = key.IndexOf(' ', end + 1)) < 0)
            {
                return key;
            }
        }
        return key.AsSpan(0, end);
    }

    private void AddByCode(Dictionary<int, int> best, string code)
    {
        if (byInsee.TryGetValue(code.ToUpperInvariant(), out var insee))
        {
            best[insee] = 0;
        }
        foreach (var (full, index) in PostalRange(code))
        {
            best.TryAdd(index, full.Length == code.Length && !HasArrondissements(communes[index]) ? 0 : 1);
        }
    }

    /// <summary>The typed key with its saints written out, and as it stands: a last « st » may be an unfinished word.</summary>
    private static IEnumerable<string> Spellings(string typed)
    {
        var full = Folding.Fold(typed);
        return full == typed ? [full] : [full, typed];
    }

    private ReadOnlySpan<(int Key, int Offset)> NameSpan(string key)
    {
        var from = LowerBound(key);
        return starts.AsSpan(from, LowerBound(key + Folding.AfterAll) - from);
    }

    private (int Key, int Offset)[] NameRange(string key) => NameSpan(key).ToArray();

    private int LowerBound(string key)
    {
        var (low, high) = (0, starts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var (named, offset) = starts[middle];
            if (keys[named].AsSpan(offset).SequenceCompareTo(key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    private IEnumerable<(string Code, int Commune)> PostalRange(string prefix)
    {
        var (low, high) = (0, prefix.Length == 0 ? 0 : postal.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(postal[middle].Code, prefix) < 0 ? (middle + 1, high) : (low, middle);
        }
        return prefix.Length == 0 ? [] : postal.Skip(low).TakeWhile(p => p.Code.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static string WithoutCedex(string key) => key.IndexOf(" cedex", StringComparison.Ordinal) is >= 0 and var at ? key[..at] : key;

    private static IEnumerable<int> WordStarts(string key) => Enumerable.Range(0, key.Length).Where(i => i == 0 || key[i - 1] == ' ');

    private static double Roughly(GeoPoint a, GeoPoint b)
    {
        var north = a.Latitude - b.Latitude;
        var east = (a.Longitude - b.Longitude) * Math.Cos(double.DegreesToRadians(b.Latitude));
        return north * north + east * east;
    }

    private static Commune Row(string[] row) =>
        new(
            row[0],
            row[1],
            row[2].Length == 0 ? [] : row[2].Split('|'),
            row[3],
            row[5].Length == 0
                ? null
                : new GeoPoint(double.Parse(row[5], CultureInfo.InvariantCulture), double.Parse(row[6], CultureInfo.InvariantCulture)),
            int.TryParse(row[7], CultureInfo.InvariantCulture, out var population) ? population : 0,
            row[9].Length == 0 ? null : row[9]
        );
}
