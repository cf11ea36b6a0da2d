using System.IO.Compression;
using System.Text;

namespace Parceo.Platform.Files;

/// <summary>
/// Whether a document brings a program along that its reader's computer would run (S42): macros and ActiveX of office files, a
/// template from elsewhere, scripts, media players and started programs of a PDF, in its compressed parts too. It looks for
/// what runs by the names that it must be called by, and knows nothing of what a program does. A PDF that is encrypted, or
/// packed otherwise than everybody does, shows its outer part only.
/// </summary>
public static class ActiveContent
{
    private const int MostOfOne = 4 << 20,
        MostOfAll = 128 << 20,
        MostOfPart = 1 << 20,
        LongestName = 20;

    private static readonly HashSet<string> InPdf = new(StringComparer.Ordinal) { "JavaScript", "Launch", "RichMedia", "Rendition", "XFA" };

    private static readonly string[] InOffice = ["macroEnabled", "vbaProject", "macrosheet", "activeX"];

    /// <summary>Looks.</summary>
    public static bool IsIn(byte[] content) =>
        content.AsSpan().StartsWith("PK\x03\x04"u8)
            ? IsInOffice(content)
            : content.AsSpan(0, Math.Min(content.Length, 1024)).IndexOf("%PDF-"u8) >= 0 && IsInPdf(content);

    private static bool IsInOffice(byte[] content)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            return zip.Entries.Any(e =>
                e.FullName.Split('/').SkipLast(1).Any(folder => folder is "Basic" or "Scripts")
                || InOffice.Any(word => e.FullName.Contains(word, StringComparison.OrdinalIgnoreCase))
                || (e.FullName == "[Content_Types].xml" && Text(e) is var types && InOffice.Any(word => Says(types, word)))
                || (
                    e.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
                    && Text(e) is var links
                    && Says(links, "attachedTemplate")
                    && Says(links, "External")
                )
            );
        }
        catch (InvalidDataException)
        {
            return false; // no archive: refused for that
        }

        static bool Says(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var from = entry.Open();
        return Encoding.UTF8.GetString(AtMost(from, MostOfPart).Span);
    }

    private static bool IsInPdf(byte[] content)
    {
        if (Names(content))
            return true;
        // What is packed, whatever the file says it is: readers find objects in it by other ways than its description.
        var (at, left) = (0, MostOfAll);
        while (left > 0 && content.AsSpan(at).IndexOf("stream"u8) is >= 0 and var found)
        {
            at += found + "stream"u8.Length;
            var start = at;
            while (start < content.Length && content[start] is (byte)'\r' or (byte)'\n' or (byte)' ')
                start++;
            if (start + 2 >= content.Length || (content[start] & 0x0F) != 8 || ((content[start] << 8) | content[start + 1]) % 31 != 0)
                continue; // not packed as everybody does
            try
            {
                using var packed = new ZLibStream(
                    new MemoryStream(content, start, content.Length - start, writable: false),
                    CompressionMode.Decompress
                );
                var unpacked = AtMost(packed, Math.Min(MostOfOne, left));
                left -= unpacked.Length;
                if (Names(unpacked.Span))
                    return true;
            }
            catch (InvalidDataException)
            { /* it only looked like it */
            }
        }
        return false;
    }

    /// <summary>Whether one of the names is there. Any of their letters may be written as a number: <c>/Java#53cript</c>.</summary>
    private static bool Names(ReadOnlySpan<byte> text)
    {
        Span<char> name = stackalloc char[LongestName];
        while (text.IndexOf((byte)'/') is >= 0 and var slash)
        {
            text = text[(slash + 1)..];
            var (length, at) = (0, 0);
            while (at < text.Length && length < LongestName && !" \t\r\n\f\0()<>[]{}/%"u8.Contains(text[at]))
            {
                if (
                    text[at] == '#'
                    && at + 2 < text.Length
                    && Hex(text[at + 1]) is >= 0 and var high
                    && Hex(text[at + 2]) is >= 0 and var low
                )
                {
                    name[length++] = (char)((high << 4) | low);
                    at += 3;
                }
                else
                    name[length++] = (char)text[at++];
            }
            if (length is >= 3 and < LongestName && InPdf.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name[..length]))
                return true;
        }
        return false;

        static int Hex(byte c) =>
            c switch
            {
                >= (byte)'0' and <= (byte)'9' => c - '0',
                >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
                >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
                _ => -1,
            };
    }

    private static ReadOnlyMemory<byte> AtMost(Stream from, int most)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (memory.Length < most && from.Read(buffer, 0, (int)Math.Min(buffer.Length, most - memory.Length)) is > 0 and var read)
            memory.Write(buffer, 0, read);
        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }
}
