using Microsoft.AspNetCore.Identity;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Data;

/// <summary>
/// An account: ASP.NET Core Identity's user (password hash, passkeys, concurrency stamp) with what Parceo adds. It lives
/// with the data and not in the domain, because its base type is the framework's.
/// </summary>
internal sealed class Person : IdentityUser<Guid>
{
    private Person() { }

    public Person(Guid id, string email, string name, string? title, DateTimeOffset now)
    {
        Id = id;
        Name = name;
        Title = title;
        CreatedAt = now;
        LockoutEnabled = true;
        Rename(email);
        RenewSecurityStamp(id);
    }

    /// <summary>First name and name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>« Dr ».</summary>
    public string? Title { get; private set; }

    /// <summary>The professional in the Directory module, when they are one.</summary>
    public Guid? DirectoryPersonId { get; private set; }

    /// <summary>Name and address without case and accents: lists are searched and sorted by it, on every engine alike.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>Family name first: lists of people are in order of it, on every engine alike.</summary>
    public string SortKey { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? DisabledAt { get; private set; }

    /// <summary>Where they worked last: where the next session starts.</summary>
    public Guid? LastOrganisationId { get; private set; }
    public DateTimeOffset? SignedInAt { get; private set; }

    /// <summary>Protected secret of the authenticator app; null when none was enrolled.</summary>
    public string? TotpSecret { get; private set; }

    /// <summary>Newest time step whose code was used: older codes and this one are refused (S3).</summary>
    public long TotpStep { get; private set; }

    public string FullName => Title is null ? Name : $"{Title}\u00A0{Name}";

    public FailureCounter Failures
    {
        get => new(AccessFailedCount, LockoutEnd);
        private set => (AccessFailedCount, LockoutEnd) = (value.Failures, value.ClosedUntil);
    }

    public bool HasTotp => TotpSecret is not null;

    public void Call(string name, string? title)
    {
        (Name, Title) = (name, title);
        SortKey = PersonName.SortKey(name);
        SearchText = TextRules.Fold($"{Name} {Email}");
    }

    public void Is(Guid? directoryPersonId) => DirectoryPersonId = directoryPersonId;

    public void Rename(string email)
    {
        UserName = Email = email;
        NormalizedUserName = NormalizedEmail = EmailAddress.Normalize(email);
        SearchText = TextRules.Fold($"{Name} {Email}");
    }

    public void Fail(DateTimeOffset now) => Failures = Failures.Fail(now);

    public void SignedIn(DateTimeOffset now, Guid organisationId)
    {
        Failures = default;
        SignedInAt = now;
        if (organisationId != Guid.Empty)
            LastOrganisationId = organisationId;
    }

    public void WorkIn(Guid organisationId) => LastOrganisationId = organisationId;

    public void EnrolTotp(string protectedSecret, long step) => (TotpSecret, TotpStep) = (protectedSecret, step);

    public void UseTotp(long step) => TotpStep = step;

    public void RemoveTotp() => TotpSecret = null;

    public void ChoosePassword(string hash, Guid stamp)
    {
        PasswordHash = hash;
        RenewSecurityStamp(stamp);
    }

    public void Disable(DateTimeOffset now) => DisabledAt ??= now;

    public void Enable() => DisabledAt = null;

    /// <summary>What was opened on the old stamp ends (S9).</summary>
    public void RenewSecurityStamp(Guid stamp) => SecurityStamp = stamp.ToString("n");
}
