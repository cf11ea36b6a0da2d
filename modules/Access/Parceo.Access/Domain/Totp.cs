using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parceo.Access.Domain;

/// <summary>Time-based one-time passwords (RFC 6238, SHA-1, 6 digits, 30 s), with one step of tolerance; each code once ever (S3).</summary>
internal static class Totp
{
    private const int StepSeconds = 30;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Bytes of a fresh secret.</summary>
    public const int SecretBytes = 20;

    /// <summary>
    /// The step that the code belongs to, or null when it is wrong or not newer than <paramref name="lastStep"/>, the
    /// newest step already used.
    /// </summary>
    public static long? Verify(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long lastStep)
    {
        var given = code.Where(c => !char.IsWhiteSpace(c)).ToArray();
        if (given.Length != 6 || !given.All(char.IsAsciiDigit))
            return null;
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            var same = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(given), Encoding.ASCII.GetBytes(Code(secret, step)));
            if (same && step > lastStep)
                found = step;
        }
        return found;
    }

    /// <summary>The code of a step.</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // the algorithm that every authenticator app knows; HMAC-SHA-1 is not broken
        var mac = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var value = BinaryPrimitives.ReadInt32BigEndian(mac.AsSpan(mac[^1] & 0xf, 4)) & int.MaxValue;
        return (value % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step of an instant.</summary>
    public static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>What an authenticator app reads from the picture.</summary>
    public static string Uri(ReadOnlySpan<byte> secret, string account) =>
        $"otpauth://totp/Parceo:{System.Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer=Parceo";

    /// <summary>For typing by hand.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0)
            text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }
}
