using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Parceo.SecureMail.Book;

/// <summary>
/// Lines of a national extraction, one at a time: memory does not depend on the size of the file. A line ends with LF; a CR before
/// it is dropped, a CR elsewhere belongs to a field. UTF-8 with or without BOM; a line that is not is read as ISO 8859-1, and counted.
/// </summary>
internal sealed class BookLines(Stream stream)
{
    private const int Longest = 64 * 1024;

    /// <summary>Lines read as ISO 8859-1.</summary>
    public int Latin1 { get; private set; }

    /// <summary>Each line, and whether a line end followed.</summary>
    /// <exception cref="FormatException">A line is longer than any of a text.</exception>
    public async IAsyncEnumerable<(string Text, bool HasEnd)> Read([EnumeratorCancellation] CancellationToken ct)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: Longest, leaveOpen: true));
        for (var first = true; ; )
        {
            var read = await reader.ReadAsync(ct);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                yield return (Text(buffer.Slice(0, end), ref first), true);
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }
            if (buffer.Length > Longest)
                throw new FormatException("This is no text file of lines.");
            if (read.IsCompleted)
            {
                if (!buffer.IsEmpty)
                    yield return (Text(buffer, ref first), false);
                break;
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
        }
        await reader.CompleteAsync();
    }

    private string Text(ReadOnlySequence<byte> line, ref bool first)
    {
        ReadOnlySpan<byte> bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (first && bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        first = false;
        if (bytes is [.., (byte)'\r'])
            bytes = bytes[..^1];
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        Latin1++;
        return Encoding.Latin1.GetString(bytes);
    }
}
