using System.IO.Compression;
using System.Xml.Linq;
using Parceo.SecureMail.Data;

namespace Parceo.SecureMail.Xdm;

/// <summary>What an <c>IHE_XDM.ZIP</c> held.</summary>
/// <param name="Documents">Clinical documents as text.</param>
/// <param name="Files">PDF and pictures that were inside, in the package or in a document.</param>
/// <param name="Problem">Why it, or a part of it, was left out (an error code); null when all was read.</param>
internal sealed record XdmContent(
    IReadOnlyList<ReadableDocument> Documents,
    IReadOnlyList<(string Name, byte[] Content)> Files,
    string? Problem
)
{
    /// <summary>Nothing could be read.</summary>
    public static XdmContent Refused(string problem) => new([], [], problem);
}

/// <summary>
/// Reads an <c>IHE_XDM.ZIP</c> (IHE XDM, ITI-32) from outside within the limits of S42: at most 200 entries and 200 MiB
/// unpacked, at most 100 times the packed size, no archive inside, no links, no absolute or climbing path. What
/// METADATA.XML lists is read, nothing else; its SHA-1 must agree where it gives one.
/// </summary>
internal static class XdmReader
{
    /// <summary>Documents of one mail.</summary>
    public const int MostDocuments = 20;
    private const int MostEntries = 200,
        MostRatio = 100;
    private static readonly HashSet<string> Known = new(
        [".XML", ".HTM", ".HTML", ".TXT", ".PDF", ".JPG", ".JPEG", ".PNG", ".XSL", ".XSLT", ".CSS"],
        StringComparer.OrdinalIgnoreCase
    );
    private const long MostUnpacked = 200L * 1024 * 1024;
    private const int LargestFile = 20 * 1024 * 1024;
    private static readonly XNamespace Rim = "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0";

    /// <summary>Never throws for what the bytes are.</summary>
    public static XdmContent Read(byte[] zip)
    {
        try
        {
            // Before it is listed: a directory of a million entries fits into a message.
            if (zip.AsSpan().Count("PK\x01\x02"u8) > 2 * MostEntries)
                return XdmContent.Refused("xdm_too_large");
            using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
            if (Refusal(archive, zip.LongLength) is { } refusal)
                return XdmContent.Refused(refusal);
            var left = Math.Min(MostUnpacked, zip.LongLength * MostRatio);
            var entries = archive
                .Entries.Where(e => e.Name.Length > 0)
                .GroupBy(e => e.FullName.ToUpperInvariant())
                .ToDictionary(g => g.Key, g => g.First());
            var content = new XdmContent([], [], null);
            foreach (
                var metadata in entries
                    .Where(e => e.Key.EndsWith("/METADATA.XML", StringComparison.Ordinal))
                    .OrderBy(e => e.Key, StringComparer.Ordinal)
                    .Take(5)
            )
                content = Subset(content, entries, metadata.Key, Unpack(metadata.Value, ref left), ref left);
            // The archive itself is given to people only when nothing else is in it.
            if (content.Problem is null && entries.Values.Any(e => !Known.Contains(Path.GetExtension(e.FullName))))
                content = content with { Problem = "xdm_other_files" };
            return content.Documents.Count + content.Files.Count == 0 && content.Problem is null
                ? content with
                {
                    Problem = "xdm_empty",
                }
                : content;
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or IOException
                        or NotSupportedException
                        or ArgumentException
                        or OverflowException
                        or IndexOutOfRangeException
            )
        {
            return XdmContent.Refused("xdm_unreadable");
        }
    }

    private static string? Refusal(ZipArchive archive, long packed)
    {
        if (archive.Entries.Count > MostEntries)
            return "xdm_too_large";
        long unpacked = 0;
        foreach (var entry in archive.Entries)
        {
            var name = entry.FullName;
            if (
                name.Contains('\\', StringComparison.Ordinal)
                || name.Contains(':', StringComparison.Ordinal)
                || name.StartsWith('/')
                || name.Split('/').Contains("..")
                || name.Any(char.IsControl)
            )
                return "xdm_unsafe";
            if (((entry.ExternalAttributes >> 16) & 0xF000) == 0xA000)
                return "xdm_unsafe"; // a symbolic link
            if (Path.GetExtension(name).ToUpperInvariant() is ".ZIP" or ".RAR" or ".7Z" or ".GZ" or ".TAR" or ".JAR")
                return "xdm_unsafe";
            unpacked += entry.Length; // what it says of itself; what comes out is counted again
            if (unpacked > MostUnpacked || unpacked > packed * MostRatio)
                return "xdm_too_large";
        }
        return null;
    }

    private static XdmContent Subset(
        XdmContent so,
        Dictionary<string, ZipArchiveEntry> entries,
        string metadataPath,
        byte[] metadata,
        ref long left
    )
    {
        if (SafeXml.Load(metadata) is not { Root: { } root })
            return so with { Problem = "xdm_metadata_unreadable" };
        var (documents, files, problem) = (so.Documents.ToList(), so.Files.ToList(), so.Problem);
        var folder = metadataPath[..(metadataPath.LastIndexOf('/') + 1)];
        foreach (var listed in root.DescendantsAndSelf(Rim + "ExtrinsicObject").Take(MostDocuments))
        {
            if (Slot(listed, "URI") is not { } uri || !entries.TryGetValue((folder + uri.TrimStart('/')).ToUpperInvariant(), out var entry))
            {
                problem ??= "xdm_document_missing";
                continue;
            }
            var bytes = Unpack(entry, ref left);
            if (bytes.AsSpan().StartsWith("PK"u8))
            {
                problem ??= "xdm_unsafe";
                continue;
            }
            if (Slot(listed, "hash") is { Length: 40 } hash && !hash.Equals(XdsHash.Of(bytes), StringComparison.OrdinalIgnoreCase))
            {
                problem ??= "xdm_altered";
                continue;
            }
            if (CdaReader.Read(bytes) is { } read)
            {
                documents.Add(read.Document);
                if (read.Body is { } body)
                    files.Add(body);
            }
            else if (Mime.MailFiles.TypeOf(entry.Name, bytes) is not null)
                files.Add((entry.Name, bytes));
            else
                problem ??= "xdm_document_unreadable";
        }
        return new(documents, files, problem);
    }

    private static string? Slot(XElement of, string name) =>
        of.Elements(Rim + "Slot")
            .FirstOrDefault(s => (string?)s.Attribute("name") == name)
            ?.Descendants(Rim + "Value")
            .FirstOrDefault()
            ?.Value.Trim();

    /// <summary>Counts what really comes out: an archive may lie about its sizes.</summary>
    private static byte[] Unpack(ZipArchiveEntry entry, ref long left)
    {
        using var from = entry.Open();
        using var to = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = from.Read(buffer)) > 0)
        {
            left -= read;
            if (left < 0 || to.Length + read > LargestFile)
                throw new InvalidDataException("too large");
            to.Write(buffer, 0, read);
        }
        return to.ToArray();
    }
}
