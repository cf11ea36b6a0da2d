namespace Parceo.Access.Domain;

/// <summary>
/// A role that one administrator gives where there is another: nobody has it before that one has confirmed it (S25,
/// docs/decisions/0021-a-second-person.md). It is a row of its own, so that whoever asks for memberships cannot forget to look.
/// </summary>
internal sealed class ProposedRole
{
    private ProposedRole() { }

    public ProposedRole(Guid id, Guid personId, Guid organisationId, string role, Guid proposedById, DateTimeOffset now)
    {
        Id = id;
        PersonId = personId;
        OrganisationId = organisationId;
        Role = role;
        ProposedById = proposedById;
        ProposedAt = now;
    }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid OrganisationId { get; private set; }

    /// <summary>One of <see cref="Roles"/> for which <see cref="NeedsConfirmation"/>.</summary>
    public string Role { get; private set; } = "";

    /// <summary>From when; from the confirmation when null.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The first instant without the role.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The professional of the directory whom the person becomes with it; null when nothing is said of that.</summary>
    public Guid? DirectoryPersonId { get; init; }

    /// <summary>Who may not confirm it.</summary>
    public Guid ProposedById { get; private set; }
    public DateTimeOffset ProposedAt { get; private set; }

    /// <summary>When it was confirmed or refused; null while it waits. Of two at once one fails.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>
    /// Whether a second administrator must say yes: what reaches patients' data, and administering itself, since whoever could
    /// give that to an address of their own would be the second person, too.
    /// </summary>
    public static bool NeedsConfirmation(string role) => role == Roles.Administrator || Roles.IsCare(role);

    /// <summary>The role as somebody has it from now on.</summary>
    public Membership Confirm(Guid id, DateTimeOffset now)
    {
        SettledAt = now;
        return new Membership(id, PersonId, OrganisationId, Role, From is { } from && from > now ? from : now, Until);
    }

    public void Refuse(DateTimeOffset now) => SettledAt = now;
}
