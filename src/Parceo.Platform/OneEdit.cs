using System.Text;

namespace Parceo.Platform;

/// <summary>
/// Finding a name in spite of one wrong, missing, added or swapped letter: two words one edit apart share at least
/// one key of <see cref="Keys"/> (symmetric deletion), an exact look-up that any engine indexes.
/// </summary>
public static class OneEdit
{
    /// <summary>Shorter words are not looked for with an error: too many others are one edit away.</summary>
    public const int ShortestWord = 4;

    /// <summary>The word, the word without each one of its letters, and without its doubled letters. At most length + 2 keys.</summary>
    public static IReadOnlyCollection<string> Keys(string word)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal) { word, CollapseDoubles(word) };
        for (var i = 0; i < word.Length; i++)
        {
            keys.Add(word.Remove(i, 1));
        }
        return keys;
    }

    /// <summary>Whether one edit (letter added, dropped, replaced, two neighbours swapped), or none, leads from one to the other, or only doubled letters differ.</summary>
    public static bool IsClose(string a, string b)
    {
        if (a.Length > b.Length)
        {
            (a, b) = (b, a);
        }
        if (b.Length - a.Length <= 1 && DiffersByOne(a, b))
        {
            return true;
        }
        return CollapseDoubles(a) == CollapseDoubles(b);
    }

    private static bool DiffersByOne(string shorter, string longer)
    {
        var start = shorter.AsSpan().CommonPrefixLength(longer);
        if (start == shorter.Length)
        {
            return true;
        }
        var restOfShorter = shorter.AsSpan(start);
        var restOfLonger = longer.AsSpan(start);
        if (shorter.Length < longer.Length)
        {
            return restOfShorter.SequenceEqual(restOfLonger[1..]);
        }
        return restOfShorter[1..].SequenceEqual(restOfLonger[1..])
            || (
                restOfShorter.Length >= 2
                && restOfShorter[0] == restOfLonger[1]
                && restOfShorter[1] == restOfLonger[0]
                && restOfShorter[2..].SequenceEqual(restOfLonger[2..])
            );
    }

    /// <summary>A folded key with every run of one letter written once: « muller » and « muler » meet.</summary>
    private static string CollapseDoubles(string key)
    {
        var result = new StringBuilder(key.Length);
        foreach (var c in key)
        {
            if (result.Length == 0 || result[^1] != c)
            {
                result.Append(c);
            }
        }
        return result.Length == key.Length ? key : result.ToString();
    }
}
