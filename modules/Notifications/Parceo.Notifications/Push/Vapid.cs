using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Parceo.Platform;

namespace Parceo.Notifications.Push;

/// <summary>
/// How Parceo names itself to push services (RFC 8292): a P-256 key of the installation (<c>Keys:Push</c>, else made in
/// the data folder), and a signed claim for each service. Messages carry no payload, so nothing is encrypted: a woken
/// browser asks Parceo what waits, over its own session.
/// </summary>
internal sealed class Vapid(Keys keys, IConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    public const string KeyName = "Push";
    private ECDsa? key;

    private ECDsa Key => key ??= ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = keys.Get(KeyName) });

    /// <summary>Uncompressed point, base64url: what a browser subscribes with.</summary>
    public string PublicKey
    {
        get
        {
            var q = Key.ExportParameters(false).Q;
            return Base64Url.EncodeToString([4, .. q.X!, .. q.Y!]);
        }
    }

    /// <summary>Value of the <c>Authorization</c> header for a push service.</summary>
    public string Authorization(Uri endpoint)
    {
        var claims = new Dictionary<string, object>
        {
            ["aud"] = endpoint.GetLeftPart(UriPartial.Authority),
            ["exp"] = (clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds(),
            ["sub"] = configuration["Notifications:Contact"] ?? "mailto:contact@parceo.invalid",
        };
        var unsigned = $"{Part("""{"typ":"JWT","alg":"ES256"}""")}.{Part(JsonSerializer.Serialize(claims))}";
        var signature = Key.SignData(Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256);
        return $"vapid t={unsigned}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

/// <summary>
/// The push services of the browsers (S45: an address given by a client is fetched only when its host is known).
/// <c>Notifications:PushServices</c> adds others, separated by commas, as <c>https://host[:port]</c>.
/// </summary>
internal sealed class PushServices(IConfiguration configuration)
{
    private static readonly string[] Hosts = ["fcm.googleapis.com", ".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com"];
    private readonly string[] others = configuration["Notifications:PushServices"]
        ?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Whether an endpoint belongs to one.</summary>
    public bool Knows(string? endpoint)
    {
        if (endpoint is null || endpoint.Length > 400 || !Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0)
            return false;
        if (others.Contains(uri.GetLeftPart(UriPartial.Authority)))
            return true;
        return uri.Scheme == Uri.UriSchemeHttps
            && uri.IsDefaultPort
            && Hosts.Any(h =>
                h[0] == '.'
                    ? uri.Host.EndsWith(h, StringComparison.OrdinalIgnoreCase)
                    : uri.Host.Equals(h, StringComparison.OrdinalIgnoreCase)
            );
    }
}
