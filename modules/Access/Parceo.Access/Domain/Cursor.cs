using System.Buffers.Text;
using System.Text;

namespace Parceo.Access.Domain;

/// <summary>Where a page of a list ended: the sort key and the id of its last row, as text for an address.</summary>
internal sealed record Cursor(string Key, Guid Id)
{
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Id:n}{Key}"));

    /// <summary>Null when absent or not one of ours: the list then begins anew.</summary>
    public static Cursor? Read(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 2000 || !Base64Url.IsValid(text)) return null;
        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        return plain.Length >= 32 && Guid.TryParseExact(plain[..32], "n", out var id) ? new Cursor(plain[32..], id) : null;
    }
}
