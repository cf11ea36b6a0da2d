using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Parceo.Platform;

/// <summary>
/// Seals patients' identity traits and texts at rest (S29): AES-256-GCM under a key per organisation derived (HKDF) from
/// the installation's master key, which is held outside the database. The row's place is authenticated too, so that a
/// sealed value moved to another row, column or organisation does not open.
/// </summary>
/// <param name="keys">The installation's.</param>
/// <param name="unreadable">Hears of what does not open.</param>
/// <remarks>Layout: the master key's number (1 byte, from 1), nonce (12), tag (16), ciphertext.</remarks>
public sealed class FieldCipher(Keys keys, UnreadableValues? unreadable = null)
{
    /// <summary>What stands in the place of a value that does not open, among others that do.</summary>
    public const string Illegible = "Illisible : cette donnée a été altérée";

    private const int NonceSize = 12,
        TagSize = 16;

    /// <summary>Bytes before the ciphertext: no two sealed values begin alike.</summary>
    internal const int Header = 1 + NonceSize + TagSize;

    // Deriving costs as much as sealing a short text does. Keys of organisations are few and live as long as the host.
    private readonly ConcurrentDictionary<(byte Number, Guid Organisation), byte[]> derived = [];
    private volatile byte current = 1;

    /// <summary>The number of the master key that seals; all others only open (<see cref="SealingKey"/>).</summary>
    internal byte Current
    {
        get => current;
        set => current = value;
    }

    /// <summary>Seals a text for one place of the database.</summary>
    public byte[] Seal(string text, Guid organisation, string table, string column, Guid row) =>
        Seal(Encoding.UTF8.GetBytes(text), organisation, table, column, row);

    /// <summary>Seals bytes (a file) for one place of the database.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, Guid organisation, string table, string column, Guid row)
    {
        var sealedBytes = new byte[Header + plain.Length];
        var number = sealedBytes[0] = current;
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(1, NonceSize));
        using var aes = new AesGcm(KeyOf(number, organisation), TagSize);
        aes.Encrypt(
            sealedBytes.AsSpan(1, NonceSize),
            plain,
            sealedBytes.AsSpan(Header),
            sealedBytes.AsSpan(1 + NonceSize, TagSize),
            AssociatedData(organisation, table, column, row)
        );
        return sealedBytes;
    }

    /// <summary>Opens the text that <see cref="Seal(string, Guid, string, string, Guid)"/> sealed for the same place.</summary>
    /// <exception cref="UnreadableValueException">It was altered, moved, or sealed under another key.</exception>
    public string Open(byte[] sealedText, Guid organisation, string table, string column, Guid row) =>
        Encoding.UTF8.GetString(OpenBytes(sealedText, organisation, table, column, row));

    /// <summary>Opens bytes that were sealed for the same place.</summary>
    /// <exception cref="UnreadableValueException">They were altered, moved, or sealed under another key.</exception>
    public byte[] OpenBytes(byte[] sealedBytes, Guid organisation, string table, string column, Guid row)
    {
        try
        {
            return Decrypt(sealedBytes, organisation, table, column, row);
        }
        catch (CryptographicException why)
        {
            throw Unreadable(organisation, table, column, row, why);
        }
    }

    /// <summary>Tells of a value that is not what was sealed; the caller throws what it gets.</summary>
    public UnreadableValueException Unreadable(Guid organisation, string table, string column, Guid row, Exception? why = null)
    {
        unreadable?.Note(organisation, table, column, row);
        return new("A sealed value does not open.", why);
    }

    /// <summary>For what is shown among others: one value that does not open must not take a whole page with it.</summary>
    public static T Shown<T>(Func<T> open, T illegible)
    {
        try
        {
            return open();
        }
        catch (UnreadableValueException)
        {
            return illegible;
        }
    }

    private byte[] Decrypt(byte[] sealedBytes, Guid organisation, string table, string column, Guid row)
    {
        if (sealedBytes.Length < Header || sealedBytes[0] == 0)
            throw new CryptographicException("Not a sealed value.");
        var plain = new byte[sealedBytes.Length - Header];
        using var aes = new AesGcm(KeyOf(sealedBytes[0], organisation), TagSize);
        aes.Decrypt(
            sealedBytes.AsSpan(1, NonceSize),
            sealedBytes.AsSpan(Header),
            sealedBytes.AsSpan(1 + NonceSize, TagSize),
            plain,
            AssociatedData(organisation, table, column, row)
        );
        return plain;
    }

    private byte[] KeyOf(byte number, Guid organisation)
    {
        if (derived.TryGetValue((number, organisation), out var key))
            return key;
        var name = SealingKey.NameOf(number);
        if (number > 1 && !keys.Has(name))
            throw new CryptographicException($"The key '{name}' is not here.");
        return derived[(number, organisation)] = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            keys.Get(name),
            32,
            salt: organisation.ToByteArray(),
            info: "parceo field v1"u8.ToArray()
        );
    }

    private static byte[] AssociatedData(Guid organisation, string table, string column, Guid row) =>
        Encoding.UTF8.GetBytes($"{organisation:n}|{table}|{column}|{row:n}");
}
