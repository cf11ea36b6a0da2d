using Parceo.Platform;

namespace Parceo.Directory.Domain;

/// <summary>A word by which a person is found: one of the family name's or of the first name's.</summary>
/// <param name="IsGiven">Of the first name.</param>
/// <param name="Word">Folded.</param>
internal sealed record NameWord(bool IsGiven, string Word, Guid PersonId)
{
    /// <summary>All words of a person, each once.</summary>
    public static IEnumerable<NameWord> Of(Person person) =>
        Words(person.FamilyName)
            .Select(word => new NameWord(false, word, person.Id))
            .Concat(Words(person.GivenName).Select(word => new NameWord(true, word, person.Id)));

    // Folding may lengthen (œ, st), the column does not.
    private static IEnumerable<string> Words(string name) =>
        Folding.Words(Folding.Fold(name)).Select(word => word.Length > Longest ? word[..Longest] : word).Distinct();

    private const int Longest = 100;
}

/// <summary>A key under which a family-name word is found in spite of one wrong letter (<see cref="OneEdit"/>).</summary>
/// <param name="Key">The word, or the word with a letter less.</param>
internal sealed record NameKey(string Key, string Word)
{
    /// <summary>All keys of a word; none for a word too short to be misspelt.</summary>
    public static IEnumerable<NameKey> Of(string word) =>
        word.Length < OneEdit.ShortestWord ? [] : OneEdit.Keys(word).Select(key => new NameKey(key, word));
}
