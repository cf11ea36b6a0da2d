namespace Parceo.Access.Domain;

/// <summary>
/// A personal API token (S28): 256 random bits shown once, kept as SHA-256, with an end; it can do what its owner can do
/// now in one organisation, cut down to its scopes.
/// </summary>
internal sealed class ApiToken
{
    private ApiToken() { }

    public ApiToken(
        Guid id,
        Guid personId,
        Guid organisationId,
        string name,
        byte[] hash,
        IEnumerable<string> scopes,
        bool factorProven,
        DateTimeOffset now,
        DateTimeOffset expiresAt
    )
    {
        Id = id;
        PersonId = personId;
        OrganisationId = organisationId;
        Name = name;
        Hash = hash;
        FactorProven = factorProven;
        (Scopes, CreatedAt, ExpiresAt) = (string.Join(' ', scopes.Distinct().Order(StringComparer.Ordinal)), now, expiresAt);
    }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid OrganisationId { get; private set; }
    public string Name { get; private set; } = "";
    public byte[] Hash { get; private set; } = [];

    /// <summary>Permission names separated by spaces; empty means all that the owner may do.</summary>
    public string Scopes { get; private set; } = "";

    /// <summary>Made in a session that had proven its second factor, or by the administrator of the machine.</summary>
    public bool FactorProven { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Written at most once a minute.</summary>
    public DateTimeOffset? UsedAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public IReadOnlyList<string> ScopeNames => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
