using System.Text;
using Parceo.Directory.Domain;

namespace Parceo.Directory.Import;

/// <summary>Why a line is set aside. The others go on.</summary>
internal enum RejectReason
{
    /// <summary>Number of fields other than the header's.</summary>
    FieldCount,

    /// <summary>Longer than any real line.</summary>
    TooLong,

    /// <summary>Identifier type other than 8 (RPPS) and 0 (ADELI).</summary>
    IdentifierType,

    /// <summary>RPPS not made of 11 digits, or wrong check digit.</summary>
    Rpps,

    /// <summary>ADELI not made of 9 letters or digits, or wrong check digit.</summary>
    Adeli,

    /// <summary>The national identification is not type + identifier.</summary>
    NationalId,

    /// <summary>No family name.</summary>
    Name,
}

/// <summary>
/// One activity line as received: 56 fields of UTF-8 bytes in the national order, whatever the order, the encoding
/// and the trailing separator of the file it came from. Valid until the next line is read.
/// </summary>
internal readonly ref struct RppsLine(ReadOnlySpan<byte> content, ReadOnlySpan<int> ends)
{
    /// <summary>The 56 fields joined by « | »: what makes two lines the same.</summary>
    public ReadOnlySpan<byte> Content { get; } = content;

    private readonly ReadOnlySpan<int> ends = ends;

    /// <summary>The bytes of a field, as received.</summary>
    public ReadOnlySpan<byte> this[RppsColumn column] => Content[(column == 0 ? 0 : ends[(int)column - 1] + 1)..ends[(int)column]];

    /// <summary>The cleaned text of a field.</summary>
    public string Text(RppsColumn column) => this[column] is { IsEmpty: false } bytes ? Folding.Clean(Encoding.UTF8.GetString(bytes)) : "";

    /// <summary>Splits the content of a line kept earlier.</summary>
    public static RppsLine Of(ReadOnlySpan<byte> content, Span<int> ends)
    {
        for (int field = 0, from = 0; field < RppsColumns.Count; field++)
        {
            var at = content[from..].IndexOf((byte)'|');
            ends[field] = at < 0 ? content.Length : from + at;
            from = ends[field] + 1;
        }
        return new(content, ends);
    }

    /// <summary>The person, or why the line must be set aside.</summary>
    public RejectReason? Check(out PersonKey person)
    {
        person = default;
        var identifier = this[RppsColumn.Identifier].Trim((byte)' ');
        var type = this[RppsColumn.IdentifierType].Trim((byte)' ');
        if (type is [(byte)'8'])
        {
            if (!Identifiers.IsRpps(identifier))
            {
                return RejectReason.Rpps;
            }
            person = PersonKey.FromRpps(identifier);
        }
        else if (type is [(byte)'0'])
        {
            if (!Identifiers.IsAdeli(identifier))
            {
                return RejectReason.Adeli;
            }
            person = PersonKey.FromAdeli(identifier);
        }
        else
        {
            return RejectReason.IdentifierType;
        }

        var national = this[RppsColumn.NationalId].Trim((byte)' ');
        if (!national.IsEmpty && !(national[0] == type[0] && national[1..].SequenceEqual(identifier)))
        {
            return RejectReason.NationalId;
        }
        return Text(RppsColumn.FamilyName).Length == 0 ? RejectReason.Name : null;
    }
}
