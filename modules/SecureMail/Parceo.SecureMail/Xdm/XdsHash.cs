using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Parceo.SecureMail.Xdm;

/// <summary>The fingerprint of a document in IHE metadata. It finds accidents; whom to trust is the mail's matter (mutual TLS).</summary>
internal static class XdsHash
{
    /// <summary>40 hexadecimal digits.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The IHE XDS metadata attribute 'hash' is SHA-1 by definition.")]
    public static string Of(byte[] document) => Convert.ToHexStringLower(SHA1.HashData(document));
}
