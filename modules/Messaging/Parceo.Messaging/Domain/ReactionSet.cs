using Parceo.Platform;

namespace Parceo.Messaging.Domain;

/// <summary>Who answered a message with which sign, folded from its entries in their order. Bounded, as every page that shows the message opens them all.</summary>
internal sealed class ReactionSet
{
    /// <summary>Different signs on one message.</summary>
    public const int MostKinds = 50;

    /// <summary>Entries about one message; beyond, one may only take back.</summary>
    public const int MostEntries = 500;

    private readonly Dictionary<string, List<Guid>> people = new(StringComparer.Ordinal);
    private int entries;

    /// <summary>The live ones, in the order in which it came.</summary>
    public IEnumerable<KeyValuePair<string, List<Guid>>> Current => people;

    /// <summary>An entry that is stored.</summary>
    public void Add(Guid person, string emoji, EntryKind kind)
    {
        entries++;
        var known = people.GetValueOrDefault(emoji);
        if (kind == EntryKind.React)
        {
            known ??= people[emoji] = [];
            if (!known.Contains(person))
                known.Add(person);
        }
        else if (known?.Remove(person) == true && known.Count == 0)
        {
            people.Remove(emoji);
        }
    }

    /// <summary>One that is about to be.</summary>
    /// <exception cref="ConflictException">The message has enough.</exception>
    public void Take(Guid person, string emoji, EntryKind kind)
    {
        var stands = people.GetValueOrDefault(emoji);
        if (kind == EntryKind.React ? entries >= MostEntries || (stands is null && people.Count >= MostKinds) : !IsThere())
            throw new ConflictException("reactions_full");
        Add(person, emoji, kind);

        bool IsThere() => entries < MostEntries || stands?.Contains(person) == true;
    }
}
