namespace Parceo.Access.Domain;

/// <summary>A role that a person has in an organisation, from a date to a date. Several roles are several rows.</summary>
internal sealed class Membership
{
    private Membership() { }

    public Membership(Guid id, Guid personId, Guid organisationId, string role, DateTimeOffset from, DateTimeOffset? until = null)
    {
        Id = id;
        PersonId = personId;
        OrganisationId = organisationId;
        Role = role;
        From = from;
        Until = until;
    }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid OrganisationId { get; private set; }

    /// <summary>One of <see cref="Roles"/>.</summary>
    public string Role { get; private set; } = "";
    public DateTimeOffset From { get; private set; }

    /// <summary>The first instant without the role; null while open.</summary>
    public DateTimeOffset? Until { get; private set; }

    public bool IsLive(DateTimeOffset now) => From <= now && (Until is null || now < Until);

    /// <summary>Ends it, never later than it already would.</summary>
    public void End(DateTimeOffset at)
    {
        if (Until is null || at < Until)
            Until = at;
    }
}
