namespace Parceo.Access.Domain;

/// <summary>Codes of the INSEE: text, because Corsica has letters.</summary>
internal static class InseeCode
{
    /// <summary>57463, 2A004.</summary>
    public static bool IsCommune(string? code) => code is { Length: 5 } && IsStart(code[..2]) && code[2..].All(char.IsAsciiDigit);

    /// <summary>57, 2A, 974.</summary>
    public static bool IsDepartement(string? code) =>
        code is { Length: 2 } ? IsStart(code) : code is { Length: 3 } && code.All(char.IsAsciiDigit);

    private static bool IsStart(string two) => two.All(char.IsAsciiDigit) || two is "2A" or "2B";
}
