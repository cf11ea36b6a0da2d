namespace Parceo.Access.Domain;

/// <summary>
/// A browser's session, kept on the server (S8): ends 30 minutes after the last sign of life and 12 hours after sign-in
/// at the latest. A step up starts a new one in its place.
/// </summary>
internal sealed class Session
{
    /// <summary>Without a sign of life.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>In all.</summary>
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(12);

    /// <summary>How fresh a proof must be for dangerous acts (S10).</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private Session() { }

    public Session(
        Guid id,
        Guid personId,
        Guid organisationId,
        string means,
        DateTimeOffset? factorAt,
        DateTimeOffset now,
        string? address,
        string device
    )
    {
        Id = id;
        PersonId = personId;
        OrganisationId = organisationId;
        Means = means;
        FactorAt = factorAt;
        CreatedAt = now;
        SeenAt = now;
        EndsAt = now + Absolute;
        Address = address;
        Device = device;
    }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Worked in now; empty when they belong to none.</summary>
    public Guid OrganisationId { get; private set; }

    /// <summary><c>pwd</c>, <c>pwd+totp</c>, <c>passkey</c>, <c>demo</c>…</summary>
    public string Means { get; private set; } = "";

    /// <summary>When the second factor was last proven; null when it was not.</summary>
    public DateTimeOffset? FactorAt { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Last sign of life, written at most once a minute.</summary>
    public DateTimeOffset SeenAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string? Address { get; private set; }

    /// <summary>« Chrome, Linux »: for its owner to recognise it.</summary>
    public string Device { get; private set; } = "";

    public bool IsLive(DateTimeOffset now) => EndedAt is null && now < EndsAt && now < SeenAt + Idle;

    public void WorkIn(Guid organisationId) => OrganisationId = organisationId;

    public void See(DateTimeOffset now) => SeenAt = now;

    public void End(DateTimeOffset now) => EndedAt ??= now;

    /// <summary>Whether the last proof is recent enough for a dangerous act (S10); a password counts only where there is no second factor.</summary>
    public bool IsFresh(DateTimeOffset now, bool hasFactor) =>
        now < (FactorAt ?? (hasFactor ? DateTimeOffset.MinValue : CreatedAt)) + Fresh;

    /// <summary>The session that takes this one's place after another proof: new id, same absolute end (S8, S10).</summary>
    public Session StepUp(Guid id, string means, DateTimeOffset? factorAt, DateTimeOffset now)
    {
        End(now);
        return new Session(id, PersonId, OrganisationId, means, factorAt, now, Address, Device) { EndsAt = EndsAt };
    }
}
