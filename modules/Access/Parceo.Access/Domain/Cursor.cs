using System.Buffers.Text;
using System.Text;
using Parceo.Platform;

namespace Parceo.Access.Domain;

/// <summary>Where a page of a list ended: the sort key and the id of its last row, as text for an address.</summary>
internal sealed record Cursor(string Key, Guid Id)
{
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Id:n}{Key}"));

    /// <summary>Null when absent.</summary>
    /// <exception cref="InvalidException"><c>cursor_invalid</c>: it was not made by us.</exception>
    public static Cursor? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.Length > 2000 || !Base64Url.IsValid(text))
            throw InvalidException.Of("next", "cursor_invalid");
        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        return plain.Length >= 32 && Guid.TryParseExact(plain[..32], "n", out var id) && !plain.Any(char.IsControl)
            ? new Cursor(plain[32..], id)
            : throw InvalidException.Of("next", "cursor_invalid");
    }
}
