using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;

namespace Parceo.Directory.Domain;

/// <summary>
/// The national identification of a person (IDNPS: type digit + number) as one integer, exact and reversible:
/// RPPS and numeric ADELI as their decimal value, ADELI with letters in base 36 above them. It makes the import's
/// ledger 8 bytes a person and gives every person and activity the same id on every machine and at every import.
/// </summary>
internal readonly record struct PersonKey(long Value)
{
    // 8 + 11 digits stay below 10^12; nine base-36 characters below 1.02 * 10^14.
    private const long LetterBase = 1_000_000_000_000;

    /// <summary>Key of an RPPS number (11 ASCII digits).</summary>
    public static PersonKey FromRpps(ReadOnlySpan<byte> rpps) => new(800_000_000_000 + Decimal(rpps));

    /// <summary>Key of an ADELI number (9 ASCII letters or digits).</summary>
    public static PersonKey FromAdeli(ReadOnlySpan<byte> adeli)
    {
        if (adeli.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            return new(Decimal(adeli));
        }
        long value = 0;
        foreach (var b in adeli)
        {
            value = value * 36 + (b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10);
        }
        return new(LetterBase + value);
    }

    /// <summary>Key of an IDNPS made by <see cref="ToString"/>.</summary>
    public static PersonKey Parse(string nationalId)
    {
        var number = System.Text.Encoding.ASCII.GetBytes(nationalId, 1, nationalId.Length - 1);
        return nationalId[0] == '8' ? FromRpps(number) : FromAdeli(number);
    }

    /// <summary>The IDNPS: « 8 » + RPPS (12 characters) or « 0 » + ADELI (10 characters).</summary>
    public override string ToString()
    {
        if (Value < LetterBase)
        {
            return Value.ToString(Value >= 800_000_000_000 ? "D12" : "D10", CultureInfo.InvariantCulture);
        }
        Span<char> text = stackalloc char[10];
        text[0] = '0';
        for (var (i, rest) = (9, Value - LetterBase); i > 0; i--, rest /= 36)
        {
            text[i] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(int)(rest % 36)];
        }
        return new string(text);
    }

    /// <summary>Id of the person: a UUID version 8 (RFC 9562) that starts with the key, so that a file in order is written in order.</summary>
    public Guid PersonId() => Id(0);

    /// <summary>Id of one of the person's activities, from the hash of what makes that activity.</summary>
    public Guid ActivityId(ReadOnlySpan<byte> identity) => Id(XxHash3.HashToUInt64(identity) | 1);

    private Guid Id(ulong rest)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Value << 16);
        bytes[6] = (byte)(0x80 | (rest >> 60));
        bytes[7] = (byte)(rest >> 52);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], rest << 12);
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    private static long Decimal(ReadOnlySpan<byte> digits)
    {
        long value = 0;
        foreach (var b in digits)
        {
            value = value * 10 + (b - '0');
        }
        return value;
    }
}
