using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parceo.Platform.Cli;

namespace Parceo.Platform.Backup;

/// <summary>What a set holds, written at its end.</summary>
/// <param name="At">The moment that it shows.</param>
/// <param name="Engine">It goes back to the same kind only.</param>
/// <param name="Migrations">The schema, by context: what was applied, in order.</param>
/// <param name="Parts">Its parts, with what they must hash to.</param>
internal sealed record BackupManifest(
    DateTimeOffset At,
    string Engine,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Migrations,
    IReadOnlyList<BackupPart> Parts
);

/// <param name="Name"><c>parceo.db</c>, <c>audit-checkpoints.log</c>, or a table and its columns: <c>slots.booking(id,place)</c>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Of them.</param>
internal sealed record BackupPart(string Name, long Length, string Sha256);

/// <summary>Writes parts, then the manifest, compressed and sealed.</summary>
internal sealed class BackupWriter : IDisposable
{
    private readonly Stream sealing;
    private readonly BinaryWriter writer;
    private readonly List<BackupPart> parts = [];

    public BackupWriter(Stream target, Keys keys)
    {
        sealing = SealedSet.Write(target, keys);
        writer = new BinaryWriter(new BrotliStream(sealing, CompressionLevel.Fastest), Encoding.UTF8);
    }

    public async Task Add(string name, Stream content, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, length) = (new byte[128 * 1024], 0L);
        writer.Write(name);
        for (int some; (some = await content.ReadAsync(buffer, ct)) > 0; length += some)
        {
            writer.Write(some);
            writer.Write(buffer.AsSpan(0, some));
            hash.AppendData(buffer.AsSpan(0, some));
        }
        writer.Write(0);
        parts.Add(new(name, length, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }

    public void Finish(DateTimeOffset at, string engine, IReadOnlyDictionary<string, IReadOnlyList<string>> migrations)
    {
        writer.Write("");
        writer.Write(JsonSerializer.Serialize(new BackupManifest(at, engine, migrations, parts), PlatformJson.Stored));
    }

    public void Dispose()
    {
        writer.Dispose();
        sealing.Dispose();
    }
}

/// <summary>Reads a set from its beginning to its end.</summary>
internal static class BackupReader
{
    /// <summary>Hands each part to <paramref name="take"/>, and compares all of it with the manifest.</summary>
    /// <exception cref="CommandException">The set is not whole.</exception>
    public static async Task<BackupManifest> Read(string file, Keys keys, Func<string, Stream, Task>? take, CancellationToken ct)
    {
        try
        {
            await using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1024 * 1024);
            await using var opened = SealedSet.Read(source, keys);
            using var reader = new BinaryReader(new BrotliStream(opened, CompressionMode.Decompress), Encoding.UTF8);
            var parts = new List<BackupPart>();
            while (reader.ReadString() is { Length: > 0 } name)
            {
                using var part = new Part(reader);
                if (take is not null)
                    await take(name, part);
                await part.CopyToAsync(Stream.Null, ct);
                parts.Add(new(name, part.Count, part.Hash));
            }
            var manifest = JsonSerializer.Deserialize<BackupManifest>(reader.ReadString(), PlatformJson.Stored)!;
            // Up to the very end, where a cut would show.
            if (reader.BaseStream.ReadByte() >= 0 || await opened.ReadAsync(new byte[1], ct) > 0 || !manifest.Parts.SequenceEqual(parts))
                throw new CommandException("The backup does not hold what its manifest says: nothing of it is taken.");
            return manifest;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or InvalidOperationException)
        {
            throw new CommandException("The backup is damaged: nothing of it is taken.");
        }
        catch (FileNotFoundException)
        {
            throw new CommandException($"There is no file {file}.");
        }
    }

    private sealed class Part(BinaryReader reader) : Stream
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private int left;
        private bool over;

        public long Count { get; private set; }

        public string Hash => Convert.ToHexStringLower(hash.GetCurrentHash());

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (left == 0 && !over)
                over = (left = reader.ReadInt32()) == 0;
            if (over)
                return 0;
            var some = reader.Read(buffer, offset, Math.Min(count, left));
            if (some == 0)
                throw new EndOfStreamException();
            hash.AppendData(buffer.AsSpan(offset, some));
            left -= some;
            Count += some;
            return some;
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
