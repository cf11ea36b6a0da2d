namespace Parceo.Access.Domain;

/// <summary>The one strict parser of addresses (S6): ASCII letters, digits and <c>.!#$%&amp;'*+/=?^_`{|}~-</c> before one @, a dotted host name after it.</summary>
internal static class EmailAddress
{
    private const int Longest = 254;

    /// <summary>Whether it is an address we would write to.</summary>
    public static bool IsValid(string? text)
    {
        if (text is null || text.Length is < 6 or > Longest)
            return false;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > 64 || at != text.LastIndexOf('@'))
            return false;
        var (local, host) = (text[..at], text[(at + 1)..]);
        return local.All(c => char.IsAsciiLetterOrDigit(c) || ".!#$%&'*+/=?^_`{|}~-".Contains(c, StringComparison.Ordinal))
            && local[0] != '.'
            && local[^1] != '.'
            && !local.Contains("..", StringComparison.Ordinal)
            && host.Split('.') is { Length: > 1 } labels
            && labels.All(IsLabel);
    }

    /// <summary>By which accounts are found: case does not matter.</summary>
    public static string Normalize(string email) => email.ToUpperInvariant();

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
