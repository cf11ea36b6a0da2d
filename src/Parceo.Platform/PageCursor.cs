using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Parceo.Platform;

/// <summary>
/// The opaque <c>next</c> of a list: where the page before ended. By time or by a name, and always by id as well, which
/// tells apart what happened at one instant or is called alike: no row may be passed over.
/// </summary>
public static class PageCursor
{
    /// <summary>As text for a URL.</summary>
    public static string Write(DateTimeOffset at, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:x}-{id:n}");

    /// <summary>Reads it back.</summary>
    /// <exception cref="InvalidException"><c>next_invalid</c>: it was not made by us.</exception>
    public static (DateTimeOffset At, Guid Id) Read(string text) =>
        text.Split('-') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at)
        && at >= DateTimeOffset.MinValue.Ticks
        && at <= DateTimeOffset.MaxValue.Ticks
        && Guid.TryParseExact(id, "n", out var guid)
            ? (new DateTimeOffset(at, TimeSpan.Zero), guid)
            : throw InvalidException.Of("next", "next_invalid");

    /// <summary>For an address typed or kept by a person: null, the first page, when it is not a cursor.</summary>
    public static string? OrFirst(string? text)
    {
        try
        {
            return text is { Length: > 0 } && Read(text) is var _ ? text : null;
        }
        catch (InvalidException)
        {
            return null;
        }
    }

    /// <summary>Of a list in order of a name.</summary>
    public static string Write(string key, Guid id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{id:n}{key}"));

    /// <summary>Reads it back.</summary>
    /// <exception cref="InvalidException"><c>next_invalid</c>: it was not made by us.</exception>
    public static (string Key, Guid Id) ReadKey(string text)
    {
        if (text.Length > 2000 || !Base64Url.IsValid(text))
            throw InvalidException.Of("next", "next_invalid");
        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        return plain.Length >= 32 && Guid.TryParseExact(plain[..32], "n", out var id) && !plain.Any(char.IsControl)
            ? (plain[32..], id)
            : throw InvalidException.Of("next", "next_invalid");
    }
}
