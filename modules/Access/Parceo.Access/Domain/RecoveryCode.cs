namespace Parceo.Access.Domain;

/// <summary>One of ten codes for the day the other factors are lost (S3): 80 random bits, kept as a hash, used once.</summary>
internal sealed class RecoveryCode
{
    /// <summary>How many are given at once.</summary>
    public const int Count = 10;

    /// <summary>Random bytes in one.</summary>
    public const int Bytes = 10;

    private RecoveryCode() { }

    public RecoveryCode(Guid id, Guid personId, string code) => (Id, PersonId, Hash) = (id, personId, HashOf(personId, code));

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public byte[] Hash { get; private set; } = [];

    /// <summary>As shown: four groups of four.</summary>
    public static string Text(ReadOnlySpan<byte> random)
    {
        var code = Totp.Base32(random);
        return string.Join('-', Enumerable.Range(0, 4).Select(i => code.Substring(i * 4, 4)));
    }

    /// <summary>Dashes, spaces and case do not matter.</summary>
    public static byte[] HashOf(Guid personId, string code) =>
        Secrets.Hash($"{personId:n}:{string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()}");
}
