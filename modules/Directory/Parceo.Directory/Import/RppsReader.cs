using System.Text;
using System.Text.Unicode;

namespace Parceo.Directory.Import;

/// <summary>How the bytes of a file are read as text.</summary>
internal enum FileEncoding
{
    /// <summary>UTF-8, the rule.</summary>
    Utf8,

    /// <summary>ISO 8859-1, for old copies: taken when the header is not UTF-8, and said in the report.</summary>
    Latin1,
}

/// <summary>
/// Reads « PS_LibreAcces_Personne_activite » as a stream: « | » between fields, no quoting, LF or CRLF, with or
/// without BOM and trailing separator. Never holds more than a buffer.
/// </summary>
internal sealed class RppsReader : IDisposable
{
    private readonly LineSource lines;
    private readonly int[] fieldEnds;
    private readonly int[] ends = new int[RppsColumns.Count];
    private byte[] transcoded = new byte[4096];
    private byte[] arranged = new byte[4096];
    private long lastCut;

    /// <summary>Reads the header of <paramref name="stream"/>, which is not closed.</summary>
    /// <exception cref="RppsFileException">Empty file, or a required column is missing.</exception>
    public RppsReader(Stream stream)
    {
        lines = new(stream);
        if (!lines.TryRead(out var header))
        {
            throw new RppsFileException(RppsFileError.Empty, "0");
        }
        header = header.StartsWith("\uFEFF"u8) ? header[3..] : header;
        Encoding = Utf8.IsValid(header) ? FileEncoding.Utf8 : FileEncoding.Latin1;
        Header = RppsHeader.Parse(
            (Encoding == FileEncoding.Utf8 ? System.Text.Encoding.UTF8 : System.Text.Encoding.Latin1).GetString(header)
        );
        fieldEnds = new int[Header.ColumnCount + 1];
    }

    /// <summary>The header line.</summary>
    public RppsHeader Header { get; }

    /// <summary>How the file is read.</summary>
    public FileEncoding Encoding { get; }

    /// <summary>Number of the current line; the header is line 1.</summary>
    public long LineNumber => lines.Number;

    /// <summary>Bytes read so far.</summary>
    public long BytesRead => lines.BytesRead;

    /// <summary>Lines of a UTF-8 file that are not UTF-8 and were read as ISO 8859-1.</summary>
    public long Latin1Lines { get; private set; }

    /// <summary>
    /// The next activity line, or the reason it must be set aside (then <paramref name="line"/> is empty). Blank lines
    /// are passed over. False at the end.
    /// </summary>
    /// <exception cref="RppsFileException">The file is cut in the middle of its last line.</exception>
    public bool TryRead(out RppsLine line, out RejectReason? reject)
    {
        line = default;
        reject = null;
        while (lines.TryRead(out var bytes))
        {
            if (bytes.IsEmpty)
            {
                continue;
            }
            reject = lines.IsTooLong ? RejectReason.TooLong : Split(InUtf8(bytes), out line);
            if (!lines.HasLineEnd && (reject is not null || lastCut == lines.Number))
            {
                throw new RppsFileException(
                    RppsFileError.Truncated,
                    lines.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)
                );
            }
            return true;
        }
        return false;
    }

    public void Dispose() => lines.Dispose();

    private RejectReason? Split(ReadOnlySpan<byte> bytes, out RppsLine line)
    {
        line = default;
        var count = 0;
        var from = 0;
        for (int at; (at = bytes[from..].IndexOf((byte)'|')) >= 0; from += at + 1)
        {
            if (count == fieldEnds.Length)
            {
                return RejectReason.FieldCount;
            }
            fieldEnds[count++] = from + at;
        }
        if (count == fieldEnds.Length)
        {
            return RejectReason.FieldCount;
        }
        fieldEnds[count++] = bytes.Length;
        if (!Header.Fits(count, lastIsEmpty: from == bytes.Length))
        {
            return RejectReason.FieldCount;
        }
        if (Header.HasTrailingSeparator && count == Header.ColumnCount)
        {
            // Right only if the line is whole; at the end of the file, the missing separator shows a cut.
            lastCut = lines.Number;
        }

        if (Header.IsNationalOrder)
        {
            line = new(bytes[..fieldEnds[RppsColumns.Count - 1]], fieldEnds.AsSpan(0, RppsColumns.Count));
            return null;
        }
        line = Arrange(bytes);
        return null;
    }

    /// <summary>Copies the known fields into the national order; columns the file lacks are empty.</summary>
    private RppsLine Arrange(ReadOnlySpan<byte> bytes)
    {
        if (arranged.Length < bytes.Length + RppsColumns.Count)
        {
            arranged = new byte[2 * (bytes.Length + RppsColumns.Count)];
        }
        var length = 0;
        for (var column = 0; column < RppsColumns.Count; column++)
        {
            if (column > 0)
            {
                arranged[length++] = (byte)'|';
            }
            if (Header[(RppsColumn)column] is >= 0 and var position)
            {
                var field = bytes[(position == 0 ? 0 : fieldEnds[position - 1] + 1)..fieldEnds[position]];
                field.CopyTo(arranged.AsSpan(length));
                length += field.Length;
            }
            ends[column] = length;
        }
        return new(arranged.AsSpan(0, length), ends);
    }

    private ReadOnlySpan<byte> InUtf8(ReadOnlySpan<byte> bytes)
    {
        if (Encoding == FileEncoding.Utf8)
        {
            if (Utf8.IsValid(bytes))
            {
                return bytes;
            }
            Latin1Lines++;
        }
        if (transcoded.Length < 2 * bytes.Length)
        {
            transcoded = new byte[4 * bytes.Length];
        }
        var length = 0;
        foreach (var b in bytes)
        {
            if (b < 0x80)
            {
                transcoded[length++] = b;
            }
            else
            {
                transcoded[length++] = (byte)(0xC0 | (b >> 6));
                transcoded[length++] = (byte)(0x80 | (b & 0x3F));
            }
        }
        return transcoded.AsSpan(0, length);
    }
}
