using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Parceo.Access.Authentication;

/// <summary>
/// Something the server says to itself through the browser between two requests: sealed, for one purpose, for a while.
/// </summary>
internal sealed class Tickets(IDataProtectionProvider protection, TimeProvider clock)
{
    public string Issue<T>(string purpose, T value, TimeSpan life) =>
        Protector(purpose).Protect(JsonSerializer.Serialize(new Sealed<T>(value, clock.GetUtcNow() + life)));

    /// <summary>Null when it is not ours, for another purpose, or too old.</summary>
    public T? Read<T>(string purpose, string? text)
        where T : class
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            var read = JsonSerializer.Deserialize<Sealed<T>>(Protector(purpose).Unprotect(text));
            return read is not null && clock.GetUtcNow() < read.Until ? read.Value : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Seals for keeping in the database: the secret of an authenticator app.</summary>
    public string SealForever(string purpose, byte[] value) => Convert.ToBase64String(Protector(purpose).Protect(value));

    public byte[] Unseal(string purpose, string text) => Protector(purpose).Unprotect(Convert.FromBase64String(text));

    private IDataProtector Protector(string purpose) => protection.CreateProtector("access", purpose);

    private sealed record Sealed<T>(T Value, DateTimeOffset Until);
}
