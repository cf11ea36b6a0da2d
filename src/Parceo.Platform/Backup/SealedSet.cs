using System.Buffers.Binary;
using System.Security.Cryptography;
using Parceo.Platform.Cli;

namespace Parceo.Platform.Backup;

/// <summary>
/// A backup as it lies on a disk: a header (magic, salt, print of the installation's key), then blocks of AES-256-GCM under a key
/// of this set alone, derived from the installation's. Each block is bound to the header, to its number and to whether it is the
/// last: a set that was cut, changed, put together from two, or made elsewhere does not open.
/// </summary>
internal static class SealedSet
{
    private const string KeyName = "Audit"; // lasting, on every node, and needed to use what is restored
    private const int Block = 1024 * 1024,
        Tag = 16,
        Salt = 32,
        HeaderLength = 16 + Salt + 32;
    private static readonly byte[] Magic = "PARCEO BACKUP 1\n"u8.ToArray();

    /// <summary>Seals whatever is written to it; complete after it was disposed of.</summary>
    public static Stream Write(Stream target, Keys keys)
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header, 0);
        RandomNumberGenerator.Fill(header.AsSpan(16, Salt));
        keys.FingerprintOf(KeyName).CopyTo(header, 16 + Salt);
        target.Write(header);
        return new Writer(target, header, KeyOf(keys, header));
    }

    /// <summary>Opens a set.</summary>
    /// <exception cref="CommandException">It is none, or of another installation.</exception>
    public static Stream Read(Stream source, Keys keys)
    {
        var header = new byte[HeaderLength];
        if (
            source.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
            || !header.AsSpan(0, 16).SequenceEqual(Magic)
        )
            throw new CommandException("This is no backup of Parceo, or its beginning is missing.");
        if (!keys.Has(KeyName))
            throw new CommandException("The keys of the installation are not in place: without them a backup cannot be read.");
        if (!header.AsSpan(16 + Salt).SequenceEqual(keys.FingerprintOf(KeyName)))
            throw new CommandException(
                "This backup was made with the keys of another installation: put that installation's keys in place first."
            );
        return new Reader(source, header, KeyOf(keys, header));
    }

    private static byte[] KeyOf(Keys keys, byte[] header) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            keys.Get(KeyName),
            32,
            salt: header[16..(16 + Salt)],
            info: "parceo backup v1"u8.ToArray()
        );

    private static byte[] Nonce(long number)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(4), number);
        return nonce;
    }

    private static byte[] Bound(byte[] header, bool last) => [.. header, last ? (byte)1 : (byte)0];

    private sealed class Writer(Stream target, byte[] header, byte[] key) : WriteOnly
    {
        private readonly AesGcm aes = new(key, Tag);
        private readonly byte[] plain = new byte[Block];
        private int filled;
        private long number;
        private bool closed;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (buffer.Length > 0)
            {
                if (filled == Block)
                    Seal(last: false);
                var some = Math.Min(buffer.Length, Block - filled);
                buffer[..some].CopyTo(plain.AsSpan(filled));
                filled += some;
                buffer = buffer[some..];
            }
        }

        private void Seal(bool last)
        {
            var block = new byte[4 + filled + Tag];
            BinaryPrimitives.WriteInt32BigEndian(block, filled);
            aes.Encrypt(Nonce(number++), plain.AsSpan(0, filled), block.AsSpan(4, filled), block.AsSpan(4 + filled), Bound(header, last));
            target.Write(block);
            filled = 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !closed)
            {
                closed = true;
                Seal(last: true);
                aes.Dispose();
            }
            base.Dispose(disposing);
        }
    }

    private sealed class Reader(Stream source, byte[] header, byte[] key) : ReadOnly
    {
        private readonly AesGcm aes = new(key, Tag);
        private byte[] plain = [];
        private int at;
        private long number;
        private bool over;

        public override int Read(Span<byte> buffer)
        {
            while (at == plain.Length)
            {
                if (over)
                    return 0;
                Open();
            }
            var some = Math.Min(buffer.Length, plain.Length - at);
            plain.AsSpan(at, some).CopyTo(buffer);
            at += some;
            return some;
        }

        private void Open()
        {
            var length = new byte[4];
            if (source.ReadAtLeast(length, 4, throwOnEndOfStream: false) < 4)
                throw new CommandException("The backup is cut: its end is missing.");
            var size = BinaryPrimitives.ReadInt32BigEndian(length);
            if (size is < 0 or > Block)
                throw Changed();
            var block = new byte[size + Tag];
            if (source.ReadAtLeast(block, block.Length, throwOnEndOfStream: false) < block.Length)
                throw new CommandException("The backup is cut: its end is missing.");
            plain = new byte[size];
            at = 0;
            if (!Opens(block, last: false))
                over = Opens(block, last: true) ? true : throw Changed();
            number++;
            if (over && source.ReadByte() >= 0)
                throw new CommandException("The backup has something after its end: two were put together.");
        }

        private bool Opens(byte[] block, bool last)
        {
            try
            {
                aes.Decrypt(Nonce(number), block.AsSpan(0, plain.Length), block.AsSpan(plain.Length), plain, Bound(header, last));
                return true;
            }
            catch (AuthenticationTagMismatchException)
            {
                return false;
            }
        }

        private static CommandException Changed() => new("The backup was changed, or parts of several were mixed: nothing of it is taken.");

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                aes.Dispose();
            base.Dispose(disposing);
        }
    }

    private abstract class WriteOnly : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    }

    private abstract class ReadOnly : Stream
    {
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

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
