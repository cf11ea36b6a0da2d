using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Parceo.Platform.Web;

/// <summary>Encrypts the cookie-protection key ring at rest (S30) under the installation's own key, AES-256-GCM.</summary>
internal sealed class KeyRingEncryptor(Keys keys) : IXmlEncryptor
{
    internal const int NonceSize = 12,
        TagSize = 16;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var box = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(keys.Get("KeyRing"), TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), plain, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize));
        return new EncryptedXmlInfo(new XElement("parceo", Convert.ToBase64String(box)), typeof(KeyRingDecryptor));
    }
}

/// <summary>Opens what <see cref="KeyRingEncryptor"/> sealed; made by Data Protection.</summary>
internal sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var box = Convert.FromBase64String(encryptedElement.Value);
        var plain = new byte[box.Length - KeyRingEncryptor.NonceSize - KeyRingEncryptor.TagSize];
        using var aes = new AesGcm(services.GetRequiredService<Keys>().Get("KeyRing"), KeyRingEncryptor.TagSize);
        aes.Decrypt(
            box.AsSpan(0, KeyRingEncryptor.NonceSize),
            box.AsSpan(KeyRingEncryptor.NonceSize + KeyRingEncryptor.TagSize),
            box.AsSpan(KeyRingEncryptor.NonceSize, KeyRingEncryptor.TagSize),
            plain
        );
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
