using System.Numerics;
using Parceo.Directory.Domain;

namespace Parceo.Directory.Import;

/// <summary>
/// What is known of every person while a file is read: 21 bytes each (about 60 MB for the whole country), nothing per
/// line. An open-addressed table, because a dictionary of objects would cost five times as much.
/// </summary>
internal sealed class PersonLedger
{
    private long[] keys = new long[1024];
    private ulong[] hashes = new ulong[1024];
    private int[] lines = new int[1024];
    private PersonMarks[] marks = new PersonMarks[1024];
    private int last;

    /// <summary>Number of people.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one line of a person; the sum of line hashes does not depend on their order.</summary>
    public void AddLine(PersonKey person, ulong lineHash, PersonMarks mark)
    {
        var slot = Slot(person);
        hashes[slot] += lineHash;
        lines[slot]++;
        marks[slot] |= mark;
    }

    /// <summary>Adds marks to a person, known before or not.</summary>
    public void Mark(PersonKey person, PersonMarks mark) => marks[Slot(person)] |= mark;

    /// <summary>Lines, fingerprint and marks of a person.</summary>
    public (int Lines, long Hash, PersonMarks Marks) this[PersonKey person]
    {
        get
        {
            var slot = Slot(person);
            return (lines[slot], (long)hashes[slot], marks[slot]);
        }
    }

    /// <summary>Number of people whose marks hold all of <paramref name="all"/> and none of <paramref name="none"/>.</summary>
    public int CountOf(PersonMarks all, PersonMarks none = PersonMarks.None)
    {
        var count = 0;
        for (var slot = 0; slot < keys.Length; slot++)
        {
            count += keys[slot] != 0 && (marks[slot] & all) == all && (marks[slot] & none) == 0 ? 1 : 0;
        }
        return count;
    }

    /// <summary>People whose marks hold all of <paramref name="all"/> and none of <paramref name="none"/>.</summary>
    public IEnumerable<PersonKey> With(PersonMarks all, PersonMarks none = PersonMarks.None)
    {
        for (var slot = 0; slot < keys.Length; slot++)
        {
            if (keys[slot] != 0 && (marks[slot] & all) == all && (marks[slot] & none) == 0)
            {
                yield return new(keys[slot] - 1);
            }
        }
    }

    private int Slot(PersonKey person)
    {
        // Stored plus one: zero is an empty slot. Lines of one person mostly follow each other.
        var key = person.Value + 1;
        if (keys[last] == key)
        {
            return last;
        }
        if (4 * (Count + 1) > 3 * keys.Length)
        {
            Grow();
        }
        return last = Probe(key);
    }

    private int Probe(long key)
    {
        var shift = 64 - BitOperations.Log2((uint)keys.Length);
        var slot = (int)((ulong)key * 0x9E3779B97F4A7C15 >> shift);
        while (keys[slot] != key)
        {
            if (keys[slot] == 0)
            {
                keys[slot] = key;
                Count++;
                return slot;
            }
            slot = (slot + 1) & (keys.Length - 1);
        }
        return slot;
    }

    private void Grow()
    {
        var oldKeys = keys;
        var oldHashes = hashes;
        var oldLines = lines;
        var oldMarks = marks;
        var size = 2 * keys.Length;
        keys = new long[size];
        hashes = new ulong[size];
        lines = new int[size];
        marks = new PersonMarks[size];
        Count = 0;
        for (var old = 0; old < oldKeys.Length; old++)
        {
            if (oldKeys[old] != 0)
            {
                var slot = Probe(oldKeys[old]);
                (hashes[slot], lines[slot], marks[slot]) = (oldHashes[old], oldLines[old], oldMarks[old]);
            }
        }
    }
}

/// <summary>What a ledger remembers of a person besides the fingerprint.</summary>
[Flags]
internal enum PersonMarks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>In the file.</summary>
    InFile = 1,

    /// <summary>Has an activity in the départements asked for, or none were asked for.</summary>
    InScope = 2,

    /// <summary>Already stored and visible.</summary>
    Stored = 4,

    /// <summary>Already stored, with the same fingerprint.</summary>
    Unchanged = 8,

    /// <summary>Already stored, from a national file.</summary>
    National = 16,
}
