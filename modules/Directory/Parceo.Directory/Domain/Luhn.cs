namespace Parceo.Directory.Domain;

/// <summary>
/// The check digit of RPPS, ADELI, FINESS, SIREN and SIRET numbers: from the right, every second digit is doubled,
/// the digits of the products are added, and the total is a multiple of ten.
/// </summary>
internal static class Luhn
{
    /// <summary>Whether ASCII <paramref name="digits"/> (last one = check digit) add up; false for anything but digits.</summary>
    public static bool IsValid(ReadOnlySpan<byte> digits) =>
        digits.Length > 0 && Sum(digits, doubleLast: false) is var sum and >= 0 && sum % 10 == 0;

    /// <summary>The digit (0–9) to append to <paramref name="digits"/> so that the whole is valid.</summary>
    /// <exception cref="ArgumentException">Something else than ASCII digits.</exception>
    public static int CheckDigit(ReadOnlySpan<byte> digits)
    {
        var sum = Sum(digits, doubleLast: true);
        return sum >= 0 ? (10 - sum % 10) % 10 : throw new ArgumentException("ASCII digits only.", nameof(digits));
    }

    private static int Sum(ReadOnlySpan<byte> digits, bool doubleLast)
    {
        var sum = 0;
        var twice = doubleLast;
        for (var i = digits.Length - 1; i >= 0; i--, twice = !twice)
        {
            var digit = digits[i] - '0';
            if ((uint)digit > 9)
            {
                return -1;
            }
            sum += twice
                ? digit < 5
                    ? 2 * digit
                    : 2 * digit - 9
                : digit;
        }
        return sum;
    }
}
