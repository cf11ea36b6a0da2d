namespace Parceo.Access.Domain;

/// <summary>What a link in a mail lets its holder do.</summary>
internal enum LinkPurpose
{
    /// <summary>Join an organisation; 72 hours.</summary>
    Invitation = 1,

    /// <summary>Choose a new password; 30 minutes.</summary>
    PasswordReset = 2,
}

/// <summary>A link sent by mail or handed over by an administrator (S6): 256 bits, kept as a hash, used once, bound to an address.</summary>
internal sealed class OneTimeLink
{
    /// <summary>How long an invitation is good for.</summary>
    public static readonly TimeSpan InvitationLife = TimeSpan.FromHours(72);

    private OneTimeLink() { }

    private OneTimeLink(Guid id, LinkPurpose purpose, byte[] hash, string email, DateTimeOffset now, TimeSpan life)
    {
        Id = id;
        Purpose = purpose;
        Hash = hash;
        Email = email;
        CreatedAt = now;
        ExpiresAt = now + life;
    }

    /// <summary>To an address, into an organisation, with a role.</summary>
    public static OneTimeLink Invitation(
        Guid id,
        byte[] hash,
        string email,
        string name,
        Guid organisationId,
        string role,
        DateTimeOffset now,
        Guid? directoryPersonId = null,
        Guid? invitedById = null
    ) =>
        new(id, LinkPurpose.Invitation, hash, email, now, InvitationLife)
        {
            Name = name,
            OrganisationId = organisationId,
            Role = role,
            DirectoryPersonId = directoryPersonId,
            InvitedById = invitedById,
        };

    /// <summary>For the account of an address.</summary>
    public static OneTimeLink Reset(Guid id, byte[] hash, string email, Guid personId, DateTimeOffset now) =>
        new(id, LinkPurpose.PasswordReset, hash, email, now, TimeSpan.FromMinutes(30)) { PersonId = personId };

    public Guid Id { get; private set; }
    public LinkPurpose Purpose { get; private set; }
    public byte[] Hash { get; private set; } = [];
    public string Email { get; private set; } = "";

    /// <summary>Name of the invited person, as the inviter wrote it.</summary>
    public string? Name { get; private set; }
    public Guid? OrganisationId { get; private set; }
    public string? Role { get; private set; }

    /// <summary>The professional of the directory whom an invitation is for: who accepts it is that one.</summary>
    public Guid? DirectoryPersonId { get; private set; }
    public Guid? PersonId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>Who invites; null for whom the installation itself does.</summary>
    public Guid? InvitedById { get; private set; }

    /// <summary>Another administrator agrees to the role (S25), before it is accepted.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>Taken back by who invites.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>When it was given again; the link before is void since.</summary>
    public DateTimeOffset? RenewedAt { get; private set; }

    /// <summary>When it was to be given again by itself; once.</summary>
    public DateTimeOffset? RemindedAt { get; private set; }

    /// <summary>Changes when used, given again or taken back: of two at once one fails.</summary>
    public int Version { get; private set; }

    public bool IsLive(DateTimeOffset now) => UsedAt is null && WithdrawnAt is null && now < ExpiresAt;

    /// <summary>Neither used nor taken back; it may have run out.</summary>
    public bool Waits => UsedAt is null && WithdrawnAt is null;

    /// <summary>Somebody gave it again by hand, whose link must stay good: not <see cref="RemindBy"/>, which is at both times.</summary>
    public bool IsGivenByHand => RenewedAt is not null && RenewedAt != RemindedAt;

    /// <summary>Another secret for the mail that reminds; while no mail leaves, another each time.</summary>
    public void RemindBy(byte[] hash, DateTimeOffset now)
    {
        RemindedAt ??= now;
        Renew(hash, now);
        RenewedAt = RemindedAt;
    }

    /// <summary>Another secret for the same invitation, as long as the first was.</summary>
    public void Renew(byte[] hash, DateTimeOffset now)
    {
        (Hash, RenewedAt, ExpiresAt) = (hash, now, now + InvitationLife);
        Version++;
    }

    /// <summary>It ran out and nobody gave it again: it is, by itself, this once.</summary>
    public void Remind(DateTimeOffset now)
    {
        RemindedAt = now;
        Version++;
    }

    public void Confirm(DateTimeOffset now)
    {
        ConfirmedAt = now;
        Version++;
    }

    public void Withdraw(DateTimeOffset now)
    {
        WithdrawnAt = now;
        Version++;
    }

    public void Use(DateTimeOffset now)
    {
        UsedAt = now;
        Version++;
    }
}
