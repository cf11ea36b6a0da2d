using System.Security.Cryptography;
using System.Text;

namespace Parceo.Platform;

/// <summary>
/// Seals patients' identity traits and texts at rest (S29): AES-256-GCM under a key per organisation derived (HKDF) from
/// the installation's master key, which is held outside the database. The row's place is authenticated too, so that a
/// sealed value moved to another row, column or organisation does not open.
/// </summary>
/// <remarks>Layout: version (1 byte, the key's number), nonce (12), tag (16), ciphertext.</remarks>
public sealed class FieldCipher(Keys keys)
{
    private const byte Version = 1;
    private const int NonceSize = 12, TagSize = 16, Header = 1 + NonceSize + TagSize;

    /// <summary>Seals a text for one place of the database.</summary>
    public byte[] Seal(string text, Guid organisation, string table, string column, Guid row)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[Header + plain.Length];
        sealedText[0] = Version;
        RandomNumberGenerator.Fill(sealedText.AsSpan(1, NonceSize));
        using var aes = new AesGcm(KeyOf(organisation), TagSize);
        aes.Encrypt(sealedText.AsSpan(1, NonceSize), plain, sealedText.AsSpan(Header), sealedText.AsSpan(1 + NonceSize, TagSize), Place(organisation, table, column, row));
        return sealedText;
    }

    /// <summary>Opens what <see cref="Seal"/> made for the same place.</summary>
    /// <exception cref="CryptographicException">It was altered, moved, or sealed under another key.</exception>
    public string Open(byte[] sealedText, Guid organisation, string table, string column, Guid row)
    {
        if (sealedText.Length < Header || sealedText[0] != Version) throw new CryptographicException("Not a sealed value of a known version.");
        var plain = new byte[sealedText.Length - Header];
        using var aes = new AesGcm(KeyOf(organisation), TagSize);
        aes.Decrypt(sealedText.AsSpan(1, NonceSize), sealedText.AsSpan(Header), sealedText.AsSpan(1 + NonceSize, TagSize), plain, Place(organisation, table, column, row));
        return Encoding.UTF8.GetString(plain);
    }

    private byte[] KeyOf(Guid organisation) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, keys.Get("Data"), 32, salt: organisation.ToByteArray(), info: "parceo field v1"u8.ToArray());

    private static byte[] Place(Guid organisation, string table, string column, Guid row) =>
        Encoding.UTF8.GetBytes($"{organisation:n}|{table}|{column}|{row:n}");
}
