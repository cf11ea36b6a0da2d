using System.Buffers;

namespace Parceo.Directory.Import;

/// <summary>
/// Lines of a stream, one at a time, as bytes in one reused buffer: memory does not depend on the size of the file.
/// A line ends with LF; a CR before it is dropped, a CR elsewhere belongs to the line.
/// </summary>
internal sealed class LineSource(Stream stream) : IDisposable
{
    /// <summary>Longest line kept, in bytes; a national line has about 350. The rest of a longer one is skipped.</summary>
    public const int LongestLine = 64 * 1024;

    private const int BufferSize = 1024 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int start;
    private int end;
    private bool ended;

    /// <summary>Number of the current line, the header being 1.</summary>
    public long Number { get; private set; }

    /// <summary>Bytes read from the stream so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether the current line was longer than <see cref="LongestLine"/> and is cut there.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether the current line ended with a line end rather than with the file.</summary>
    public bool HasLineEnd { get; private set; }

    /// <summary>The next line without its end, valid until the next call; false at the end of the file.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        IsTooLong = false;
        var searched = start;
        while (true)
        {
            var at = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                line = Take(searched + at, next: searched + at + 1, hasEnd: true);
                return true;
            }
            if (ended)
            {
                if (start == end)
                {
                    line = default;
                    return false;
                }
                line = Take(end, next: end, hasEnd: false);
                return true;
            }
            if (end - start > LongestLine)
            {
                // Only the head is kept; what follows up to the line end is overwritten as it is read.
                IsTooLong = true;
                end = start + LongestLine;
            }
            searched = Fill();
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private ReadOnlySpan<byte> Take(int lineEnd, int next, bool hasEnd)
    {
        var line = buffer.AsSpan(start, lineEnd - start);
        IsTooLong |= line.Length > LongestLine;
        start = next;
        HasLineEnd = hasEnd;
        Number++;
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    /// <summary>Reads more after what is there, moved to the front; returns where the new bytes begin.</summary>
    private int Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        var read = stream.Read(buffer, end, buffer.Length - end);
        ended = read == 0;
        BytesRead += read;
        var from = end;
        end += read;
        return from;
    }
}
