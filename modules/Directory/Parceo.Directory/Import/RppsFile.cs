using System.Globalization;
using System.IO.Compression;

namespace Parceo.Directory.Import;

/// <summary>
/// A national file that can be read more than once: the text itself, or the ANS archive that holds it. The import
/// reads it first to judge it, then to apply it.
/// </summary>
internal sealed class RppsFile
{
    private const string EntryPrefix = "PS_LibreAcces_Personne_activite";

    private readonly Func<Stream> open;

    private RppsFile(string name, long length, Func<Stream> open) => (Name, Length, this.open) = (name, length, open);

    /// <summary>Name without folder, for the report.</summary>
    public string Name { get; }

    /// <summary>Bytes of text.</summary>
    public long Length { get; }

    /// <summary>Opens it at its beginning.</summary>
    public Stream Open() => open();

    /// <summary>Share read, 0–1.</summary>
    public double Share(long bytes) => Length == 0 ? 1 : Math.Min(1, (double)bytes / Length);

    /// <summary>A .txt file, or a .zip that holds one « PS_LibreAcces_Personne_activite ».</summary>
    /// <exception cref="RppsFileException">The archive holds no such entry, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RppsFile At(string path)
    {
        if (!IsArchive(path))
        {
            return new(Path.GetFileName(path), new FileInfo(path).Length, () =>
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan)
            );
        }
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var entry = archive.Entries.FirstOrDefault(e => e.Name.StartsWith(EntryPrefix, StringComparison.OrdinalIgnoreCase))
                ?? throw new RppsFileException(RppsFileError.NoSuchEntry, EntryPrefix);
            return new(entry.Name, entry.Length, () => new EntryStream(path, entry.FullName));
        }
        catch (InvalidDataException)
        {
            throw new RppsFileException(RppsFileError.Truncated, Path.GetFileName(path));
        }
    }

    /// <summary>Text held in memory.</summary>
    public static RppsFile Of(string name, byte[] content) => new(name, content.Length, () => new MemoryStream(content, writable: false));

    /// <summary>Checks that as many bytes were read as announced.</summary>
    /// <exception cref="RppsFileException">Fewer or more.</exception>
    public void CheckLength(long read)
    {
        if (read != Length)
        {
            throw new RppsFileException(RppsFileError.Truncated, string.Create(CultureInfo.InvariantCulture, $"{read}/{Length}"));
        }
    }

    private static bool IsArchive(string path)
    {
        Span<byte> head = stackalloc byte[4];
        using var stream = File.OpenRead(path);
        return stream.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4 && head.SequenceEqual("PK\x03\x04"u8);
    }

    /// <summary>An entry that closes its archive with itself.</summary>
    private sealed class EntryStream(string path, string entry) : Stream
    {
        private readonly ZipArchive archive = ZipFile.OpenRead(path);
        private Stream? inner;

        private Stream Inner => inner ??= archive.GetEntry(entry)!.Open();

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Inner.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => Inner.Read(buffer);

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner?.Dispose();
                archive.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
