using System.Text;

namespace Parceo.Directory.Domain;

/// <summary>
/// Form and check digit of the national identifiers met in the directory. All methods take ASCII bytes as they stand
/// in the national file and never throw.
/// </summary>
internal static class Identifiers
{
    /// <summary>SIREN of La Poste, whose establishments follow another rule than Luhn.</summary>
    private static ReadOnlySpan<byte> LaPoste => "356000000"u8;

    /// <summary>RPPS: 11 digits, Luhn.</summary>
    public static bool IsRpps(ReadOnlySpan<byte> value) => value.Length == 11 && Luhn.IsValid(value);

    /// <summary>RPPS typed by a person or taken from text.</summary>
    public static bool IsRpps(string value) => IsAscii(value, 11, out var bytes) && IsRpps(bytes);

    /// <summary>
    /// ADELI: 9 characters, département first; Luhn when it is all digits. Corsican and overseas numbers carry letters
    /// whose value in the check is not documented: their form alone is checked.
    /// </summary>
    public static bool IsAdeli(ReadOnlySpan<byte> value)
    {
        if (value.Length != 9)
        {
            return false;
        }
        return value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? Luhn.IsValid(value) : IsAlphanumeric(value);
    }

    /// <summary>
    /// FINESS of a site or legal entity: 9 characters, Luhn. Corsican numbers begin with 2A or 2B; A counts as 1 and
    /// B as 2.
    /// </summary>
    public static bool IsFiness(ReadOnlySpan<byte> value)
    {
        if (value.Length != 9)
        {
            return false;
        }
        Span<byte> digits = stackalloc byte[9];
        value.CopyTo(digits);
        if (digits[0] == '2')
        {
            digits[1] = digits[1] switch
            {
                (byte)'A' => (byte)'1',
                (byte)'B' => (byte)'2',
                var other => other,
            };
        }
        return Luhn.IsValid(digits);
    }

    /// <summary>FINESS in text.</summary>
    public static bool IsFiness(string value) => IsAscii(value, 9, out var bytes) && IsFiness(bytes);

    /// <summary>SIREN: 9 digits, Luhn.</summary>
    public static bool IsSiren(ReadOnlySpan<byte> value) => value.Length == 9 && Luhn.IsValid(value);

    /// <summary>SIRET: 14 digits, Luhn; for La Poste the plain sum of the digits is a multiple of 5.</summary>
    public static bool IsSiret(ReadOnlySpan<byte> value)
    {
        if (value.Length != 14)
        {
            return false;
        }
        return Luhn.IsValid(value) || (value.StartsWith(LaPoste) && PlainSum(value) is >= 0 and var sum && sum % 5 == 0);
    }

    /// <summary>SIRET in text.</summary>
    public static bool IsSiret(string value) => IsAscii(value, 14, out var bytes) && IsSiret(bytes);

    private static int PlainSum(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        foreach (var b in digits)
        {
            if ((uint)(b - '0') > 9)
            {
                return -1;
            }
            sum += b - '0';
        }
        return sum;
    }

    private static bool IsAlphanumeric(ReadOnlySpan<byte> value)
    {
        foreach (var b in value)
        {
            if (!char.IsAsciiLetterOrDigit((char)b))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsAscii(string value, int length, out byte[] bytes)
    {
        bytes = value.Length == length && Ascii.IsValid(value) ? Encoding.ASCII.GetBytes(value) : [];
        return bytes.Length == length;
    }
}
