namespace Parceo.Access.Data;

/// <summary>What a registered API client may do by itself (client credentials): a role in an organisation. Its id is the OpenID Connect application's.</summary>
internal sealed class ApiClient
{
    private ApiClient() { }

    public ApiClient(Guid id, string name, Guid organisationId, string role, DateTimeOffset now)
    {
        Id = id;
        Name = name;
        OrganisationId = organisationId;
        Role = role;
        CreatedAt = now;
    }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";
    public Guid OrganisationId { get; private set; }

    /// <summary>One of <see cref="Roles"/>.</summary>
    public string Role { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? DisabledAt { get; private set; }

    public void Disable(DateTimeOffset now) => DisabledAt ??= now;
}
