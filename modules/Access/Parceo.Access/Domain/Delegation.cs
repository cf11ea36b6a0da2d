namespace Parceo.Access.Domain;

/// <summary>
/// A professional lets somebody (a secretary) do named things for them (S20): explicit actions, at most 12 months,
/// revocable at once. It cannot be passed on: a delegate's own rights are the role's, cut down to these actions.
/// </summary>
internal sealed class Delegation
{
    private Delegation() { }

    /// <param name="delegateId">The person who acts.</param>
    /// <param name="practitionerId">The professional, by directory id.</param>
    /// <param name="organisationId">Where both work: ends with the delegate's membership.</param>
    /// <param name="actions">Permission names.</param>
    public Delegation(
        Guid id,
        Guid delegateId,
        Guid practitionerId,
        Guid organisationId,
        IEnumerable<string> actions,
        DateTimeOffset from,
        DateTimeOffset until
    )
    {
        Id = id;
        DelegateId = delegateId;
        PractitionerId = practitionerId;
        OrganisationId = organisationId;
        From = from;
        Until = until;
        Allow(actions);
    }

    public Guid Id { get; private set; }
    public Guid DelegateId { get; private set; }
    public Guid PractitionerId { get; private set; }
    public Guid OrganisationId { get; private set; }

    /// <summary>Permission names, separated by spaces.</summary>
    public string Actions { get; private set; } = "";
    public DateTimeOffset From { get; private set; }
    public DateTimeOffset Until { get; private set; }

    public IEnumerable<string> ActionNames => Actions.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool IsLive(DateTimeOffset now) => From <= now && now < Until;

    /// <summary>Replaces the actions.</summary>
    public void Allow(IEnumerable<string> actions) => Actions = string.Join(' ', actions.Order(StringComparer.Ordinal));

    public void Revoke(DateTimeOffset at)
    {
        if (at < Until)
            Until = at;
    }

    /// <summary>At most twelve months (S20).</summary>
    public static bool IsShortEnough(DateTimeOffset from, DateTimeOffset until) => from < until && until <= from.AddMonths(12);
}
