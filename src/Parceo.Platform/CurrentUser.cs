using System.Collections.Frozen;

namespace Parceo.Platform;

/// <summary>
/// What a person may do in the organisation they are working in now: computed by the Access module from memberships,
/// delegations and the session's factors; at most 30 seconds old (S9).
/// </summary>
/// <param name="Permissions">Names of permissions, already without the sensitive ones when no second factor was proven (S3).</param>
/// <param name="Roles">Role names in the current organisation, for menus and texts only.</param>
/// <param name="Departements">Départements (INSEE codes) whose whole territory is granted, for regulators (S22).</param>
/// <param name="Communes">Communes (INSEE codes) of the organisation's territory where it is smaller than a département.</param>
/// <param name="Practitioners">
/// Permissions by professional (directory id): what they may do on their own agenda, and on that of each professional who
/// delegated something to them. Pairs, so that what one professional allows never opens another's agenda (S20).
/// </param>
public sealed record UserRights(
    FrozenSet<string> Permissions,
    FrozenSet<string> Roles,
    FrozenSet<string> Departements,
    FrozenSet<string> Communes,
    FrozenDictionary<Guid, FrozenSet<string>> Practitioners
)
{
    /// <summary>No right at all.</summary>
    public static UserRights None { get; } = new([], [], [], [], FrozenDictionary<Guid, FrozenSet<string>>.Empty);

    /// <summary>The professional they are themselves, when they are one.</summary>
    public Guid? OwnPractitionerId { get; init; }

    /// <summary>Département of the organisation: its first, or its communes'; null when it has no territory.</summary>
    public string? Home =>
        Departements.Min(StringComparer.Ordinal)
        ?? (Communes.Min(StringComparer.Ordinal) is { } commune ? Zones.DepartementOf(commune) : null);

    /// <summary>IANA zone of the organisation's territory: the hours on pages that show no place of their own (D32).</summary>
    public string Zone => Zones.OfDepartement(Home);

    /// <summary>Directory ids of the professionals they are or act for, whatever the action: for filters, never for a decision.</summary>
    public IReadOnlyList<Guid> PractitionerIds => Practitioners.Keys;

    /// <summary>Whether they may do this for that professional: themselves, or one who delegated this very action.</summary>
    public bool MayFor(string permission, Guid practitionerId) =>
        Practitioners.TryGetValue(practitionerId, out var allowed) && allowed.Contains(permission);

    /// <summary>The professionals they may do this for.</summary>
    public IReadOnlyList<Guid> PractitionersFor(string permission) =>
        [.. Practitioners.Where(p => p.Value.Contains(permission)).Select(p => p.Key)];
}

/// <summary>Who is asking, in the scope of one request. The organisation comes from the session, never from input (S15).</summary>
public interface ICurrentUser
{
    /// <summary>The person's id; empty when nobody is signed in or the host itself acts.</summary>
    Guid Id { get; }

    /// <summary>The organisation they work in now; empty when none.</summary>
    Guid OrganisationId { get; }

    /// <summary>The session or token that carries the request.</summary>
    Guid SessionId { get; }

    /// <summary>What they may do.</summary>
    UserRights Rights { get; }

    /// <summary>How they proved who they are: <c>pwd+totp</c>, <c>passkey</c>, <c>token</c>, <c>demo</c>, <c>system</c>…</summary>
    string Means { get; }

    /// <summary>The professional a delegate acts for, when they do.</summary>
    Guid? OnBehalfOf { get; }

    /// <summary>True for the host itself: jobs, the outbox, the command line.</summary>
    bool IsSystem { get; }

    /// <summary>The reference shown to people and written to every trace of this request.</summary>
    string CorrelationId { get; }

    /// <summary>Network address of the caller, for the audit trail only.</summary>
    string? Address { get; }

    /// <summary>Whether somebody is signed in.</summary>
    bool IsSignedIn => Id != Guid.Empty;

    /// <summary>Whether the permission is held; the host itself holds all.</summary>
    bool Can(string permission) => IsSystem || Rights.Permissions.Contains(permission);
}

/// <summary>
/// The caller of the current scope. Filled once at the edge (HTTP, hub, job) and copied into the scope of each send.
/// </summary>
public sealed class CallContext : ICurrentUser
{
    /// <inheritdoc/>
    public Guid Id { get; private set; }

    /// <inheritdoc/>
    public Guid OrganisationId { get; private set; }

    /// <inheritdoc/>
    public Guid SessionId { get; private set; }

    /// <inheritdoc/>
    public UserRights Rights { get; private set; } = UserRights.None;

    /// <inheritdoc/>
    public string Means { get; private set; } = "";

    /// <inheritdoc/>
    public Guid? OnBehalfOf { get; set; }

    /// <inheritdoc/>
    public bool IsSystem { get; private set; }

    /// <inheritdoc/>
    public string CorrelationId { get; set; } = "";

    /// <inheritdoc/>
    public string? Address { get; set; }

    /// <summary>The client's idempotency key (S53), used by the outermost request only.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>A page looks again by itself (<see cref="Web.LiveRefresh"/>): its reads are traced once for a while.</summary>
    public bool IsLiveRefresh { get; internal set; }

    /// <summary>0 at the edge, 1 in the request that the edge sent, more in what that one sends in turn.</summary>
    public int Depth { get; private set; }

    /// <summary>The depth of the request that runs now, for what the host itself sends from within it.</summary>
    internal static readonly AsyncLocal<int> Running = new();

    /// <summary>A person, signed in.</summary>
    public void SignIn(Guid id, Guid organisationId, Guid sessionId, UserRights rights, string means)
    {
        Id = id;
        OrganisationId = organisationId;
        SessionId = sessionId;
        Rights = rights;
        Means = means;
        IsSystem = false;
    }

    /// <summary>
    /// Whether the caller may do this for that professional; the trail then names both of them when it is not
    /// themselves (S20). The host itself may.
    /// </summary>
    public bool ActFor(string permission, Guid practitionerId)
    {
        if (IsSystem)
            return true;
        if (!Rights.MayFor(permission, practitionerId))
            return false;
        if (practitionerId != Rights.OwnPractitionerId)
            OnBehalfOf = practitionerId;
        return true;
    }

    /// <summary>The host itself, on behalf of nobody.</summary>
    public void ActAsSystem(string correlationId)
    {
        Id = Guid.Empty;
        OrganisationId = Guid.Empty;
        Rights = UserRights.None;
        Means = "system";
        IsSystem = true;
        CorrelationId = correlationId;
    }

    /// <summary>The host itself, about something of an organisation.</summary>
    internal void ActAsSystemFor(Guid organisation, string correlationId)
    {
        ActAsSystem(correlationId);
        OrganisationId = organisation;
    }

    /// <summary>The host itself, from within a request: what it sends is deeper than that one, and queues nowhere twice.</summary>
    internal void ActAsSystemWithin(string correlationId)
    {
        ActAsSystem(correlationId);
        Depth = Running.Value;
    }

    internal void ReceiveFrom(CallContext caller)
    {
        Id = caller.Id;
        OrganisationId = caller.OrganisationId;
        SessionId = caller.SessionId;
        Rights = caller.Rights;
        Means = caller.Means;
        OnBehalfOf = caller.OnBehalfOf;
        (IsSystem, CorrelationId, Address) = (caller.IsSystem, caller.CorrelationId, caller.Address);
        IdempotencyKey = caller.IdempotencyKey;
        IsLiveRefresh = caller.IsLiveRefresh;
        Depth = caller.Depth + 1;
    }
}

/// <summary>Resolves a person's rights; implemented by the Access module, cached there for at most 30 seconds (S9).</summary>
public interface IUserRightsSource
{
    /// <summary>
    /// The rights of a session or token in an organisation, or null when it has ended, is disabled or never existed.
    /// </summary>
    ValueTask<UserRights?> Of(Guid userId, Guid organisationId, Guid sessionId, CancellationToken ct);

    /// <summary>Reads the rights of many sessions together, those that are not fresh any more; <see cref="Of"/> then knows them.</summary>
    Task Refresh(IReadOnlyCollection<Guid> sessionIds, CancellationToken ct);
}
