using System.Text;
using Parceo.Directory.Domain;

namespace Parceo.Directory.Import;

/// <summary>
/// The header line: where each known column stands, found by name and never by position. Columns are appended over
/// the years, so unknown ones are ignored with a warning, while a missing one of 2018 refuses the file.
/// </summary>
internal sealed class RppsHeader
{
    private readonly int[] positions;

    private RppsHeader(int[] positions, int columnCount, bool hasTrailingSeparator, IReadOnlyList<string> unknown)
    {
        this.positions = positions;
        ColumnCount = columnCount;
        HasTrailingSeparator = hasTrailingSeparator;
        UnknownColumns = unknown;
        IsNationalOrder = positions.Select((position, column) => position == column).All(same => same);
    }

    /// <summary>Named columns, known or not.</summary>
    public int ColumnCount { get; }

    /// <summary>Whether the header ends with a separator, one empty unnamed field more.</summary>
    public bool HasTrailingSeparator { get; }

    /// <summary>Names met and not known, ignored.</summary>
    public IReadOnlyList<string> UnknownColumns { get; }

    /// <summary>Whether the 56 known columns come first and in order: a line's content is then one slice of it.</summary>
    public bool IsNationalOrder { get; }

    /// <summary>Position of a column, or −1 in a file older than the column.</summary>
    public int this[RppsColumn column] => positions[(int)column];

    /// <summary>Whether a line of <paramref name="fields"/> fields, the last of them empty or not, has the right number.</summary>
    public bool Fits(int fields, bool lastIsEmpty) => fields == ColumnCount || (fields == ColumnCount + 1 && lastIsEmpty);

    /// <summary>Reads the header line.</summary>
    /// <exception cref="RppsFileException">A required column is missing, or one is there twice.</exception>
    public static RppsHeader Parse(string line)
    {
        var names = line.Split('|').Select(Key).ToList();
        var trailing = names.Count > 1 && names[^1].Length == 0;
        if (trailing)
        {
            names.RemoveAt(names.Count - 1);
        }

        var known = Enumerable
            .Range(0, RppsColumns.Count)
            .ToDictionary(i => Key(RppsColumns.Label((RppsColumn)i)), i => i, StringComparer.Ordinal);
        var positions = Enumerable.Repeat(-1, RppsColumns.Count).ToArray();
        var unknown = new List<string>();
        for (var i = 0; i < names.Count; i++)
        {
            if (!known.TryGetValue(names[i], out var column))
            {
                unknown.Add(Folding.Clean(line.Split('|')[i]));
            }
            else if (positions[column] >= 0)
            {
                throw new RppsFileException(RppsFileError.ColumnTwice, RppsColumns.Label((RppsColumn)column));
            }
            else
            {
                positions[column] = i;
            }
        }

        var missing = Enumerable
            .Range(0, RppsColumns.RequiredCount)
            .Where(i => positions[i] < 0)
            .Select(i => RppsColumns.Label((RppsColumn)i))
            .ToList();
        if (missing.Count > 0)
        {
            throw new RppsFileException(RppsFileError.ColumnMissing, string.Join(", ", missing));
        }
        return new(positions, names.Count, trailing, unknown);
    }

    /// <summary>Header names compare without accents, case, kind of apostrophe or doubled space.</summary>
    private static string Key(string name) => Folding.Fold(name);
}

/// <summary>Why a whole file is refused, before anything is touched.</summary>
internal enum RppsFileError
{
    /// <summary>Not a single line.</summary>
    Empty,

    /// <summary>A required column is missing (detail: their labels).</summary>
    ColumnMissing,

    /// <summary>A column stands twice in the header (detail: its label).</summary>
    ColumnTwice,

    /// <summary>The last line is cut, or the size is not the announced one (detail: line number or sizes).</summary>
    Truncated,

    /// <summary>An archive without the expected text file.</summary>
    NoSuchEntry,
}

/// <summary>The file as a whole cannot be imported.</summary>
internal sealed class RppsFileException(RppsFileError error, string detail) : Exception($"{error}: {detail}")
{
    /// <summary>What is wrong.</summary>
    public RppsFileError Error { get; } = error;

    /// <summary>Column labels, line number or sizes, according to <see cref="Error"/>.</summary>
    public string Detail { get; } = detail;
}
