using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Parceo.Access.Domain;

/// <summary>Secrets that are shown once and kept as hashes. They are random and long, so a plain SHA-256 is enough.</summary>
internal static class Secrets
{
    /// <summary>Personal API tokens begin with it, so that a leaked one is recognised by scanners.</summary>
    public const string TokenPrefix = "prc_";

    /// <summary>256 bits as URL-safe text.</summary>
    public static string Text(ReadOnlySpan<byte> random) => Base64Url.EncodeToString(random);

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
