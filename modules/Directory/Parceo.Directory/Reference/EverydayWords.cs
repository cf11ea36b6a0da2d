using Parceo.Directory.Domain;
using Parceo.Platform;

namespace Parceo.Directory.Reference;

/// <summary>What somebody asks for when they name a kind of professional or of place to care.</summary>
internal sealed record CareKind(IReadOnlyList<string> Professions, IReadOnlyList<string> Skills, IReadOnlyList<string> Sectors);

/// <summary>How people call professionals: « infirmière », « ORL », « généraliste », « hôpital ». The nomenclature says « Infirmier » and « Oto-rhino-laryngologie ».</summary>
internal sealed class EverydayWords
{
    private const int MostWords = 5,
        ShortestBeginning = 4,
        ShortestMisspelt = 6;
    private static readonly HashSet<string> Small =
    [
        "a",
        "au",
        "aux",
        "de",
        "du",
        "des",
        "d",
        "en",
        "dans",
        "chez",
        "pres",
        "proche",
        "sur",
        "vers",
        "un",
        "une",
    ];
    private readonly Dictionary<string, CareKind> kinds = new(StringComparer.Ordinal);

    /// <summary>Reads the embedded table.</summary>
    public EverydayWords()
    {
        foreach (var row in EmbeddedCsv.Read("mots-courants.csv"))
        {
            var kind = new CareKind(Codes(row[1]), Codes(row[2]), Codes(row[3]));
            foreach (var phrase in row[0].Split('|'))
            {
                kinds.Add(phrase, kind);
            }
        }
    }

    /// <summary>The kind that a folded text names somewhere, and what else it says: « infirmiere metz », « cardiologue a thionville ».</summary>
    public (CareKind Kind, string Others)? Read(string key)
    {
        var words = key.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var length = Math.Min(MostWords, words.Length); length > 0; length--)
        {
            for (var from = 0; from + length <= words.Length; from++)
            {
                if (Of(string.Join(' ', words[from..(from + length)])) is { } kind)
                {
                    return (kind, Rest([.. words[..from], .. words[(from + length)..]]));
                }
            }
        }
        return null;
    }

    /// <summary>The kind whose name begins so, or has one letter wrong; null when there is none.</summary>
    public CareKind? Beginning(string key) =>
        key.Length < ShortestBeginning
            ? null
            : kinds
                .OrderBy(k => k.Key.Length)
                .ThenBy(k => k.Key, StringComparer.Ordinal)
                .FirstOrDefault(k => k.Key.StartsWith(key, StringComparison.Ordinal))
                .Value
                ?? (
                    key.Length < ShortestMisspelt
                        ? null
                        : kinds.FirstOrDefault(k => k.Key.Length >= ShortestMisspelt && OneEdit.IsClose(k.Key, key)).Value
                );

    /// <summary>Words without those that only join them, at either end.</summary>
    public static string Rest(IEnumerable<string> words) =>
        string.Join(' ', words.SkipWhile(Small.Contains).Reverse().SkipWhile(Small.Contains).Reverse());

    private CareKind? Of(string phrase) =>
        kinds.GetValueOrDefault(phrase)
        ?? (phrase is [.. var one, 's'] ? kinds.GetValueOrDefault(one) : null)
        ?? kinds.GetValueOrDefault(string.Join(' ', phrase.Split(' ').Select(w => w.Length > 3 ? w.TrimEnd('s') : w)));

    private static string[] Codes(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
