using Parceo.Platform;

namespace Parceo.SecureMail.Domain;

/// <summary>Kinds of mailbox (BAL) of the référentiel socle MSSanté #2.</summary>
internal enum MailboxKind
{
    /// <summary>BAL applicative: an application of a structure sends by itself.</summary>
    App = 1,

    /// <summary>BAL organisationnelle: people of a structure use it under a named responsible professional.</summary>
    Org = 2,

    /// <summary>BAL personnelle: one professional's.</summary>
    Per = 3,
}

/// <summary>An MSSanté mailbox of an organisation, and who opens it. Its address and kind never change: another one is another mailbox.</summary>
internal sealed class Mailbox : IOwned
{
    private readonly List<MailboxMember> members = [];

    private Mailbox() { }

    /// <param name="address">Already checked and in lower case.</param>
    /// <param name="name">As recipients see it.</param>
    /// <param name="holderId">The account whose box it is, for a PER; else null.</param>
    public Mailbox(Guid id, Guid organisationId, string address, MailboxKind kind, string name, Guid? holderId)
    {
        Id = id;
        OrganisationId = organisationId;
        Address = address;
        Kind = kind;
        Name = name;
        if ((kind == MailboxKind.Per) != holderId is not null)
            throw InvalidException.Of("holderId", "mailbox_holder_missing");
        if (holderId is { } holder)
            members.Add(new MailboxMember(id, organisationId, holder, true));
    }

    public Guid Id { get; private set; }

    /// <inheritdoc/>
    public Guid OrganisationId { get; private set; }

    /// <summary>MSSanté address, lower case.</summary>
    public string Address { get; private set; } = "";

    public MailboxKind Kind { get; private set; }

    /// <summary>As recipients see it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Closed: neither read nor written any more.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>UIDVALIDITY of its INBOX (RFC 3501) when it was last read.</summary>
    public long UidValidity { get; private set; }

    /// <summary>The last UID that was taken in.</summary>
    public long LastUid { get; private set; }

    /// <summary>Since when the operator answers without trouble.</summary>
    public DateTimeOffset? CheckedAt { get; private set; }

    /// <summary>Why it cannot be read now (an error code); null when it can.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Stale writers look again.</summary>
    public int Version { get; private set; }

    /// <summary>Who opens it.</summary>
    public IReadOnlyList<MailboxMember> Members => members;

    /// <summary>Says who opens it. A personal box is its holder's alone.</summary>
    public void Open(IReadOnlyCollection<(Guid PersonId, bool MaySend)> people)
    {
        if (Kind == MailboxKind.Per)
            throw new ConflictException("mailbox_personal");
        members.RemoveAll(m => people.All(p => p.PersonId != m.PersonId));
        foreach (var (person, send) in people)
        {
            if (members.Find(m => m.PersonId == person) is { } known)
                known.Let(send);
            else
                members.Add(new MailboxMember(Id, OrganisationId, person, send));
        }
        Version++;
    }

    /// <summary>Another name for recipients to see.</summary>
    public void Call(string name)
    {
        Name = name;
        Version++;
    }

    /// <summary>Nobody uses it any more; what it holds stays readable.</summary>
    public void Close(DateTimeOffset now)
    {
        ClosedAt ??= now;
        Version++;
    }

    /// <summary>The operator answered. Written only when that is news: a look every minute would fill the audit trail.</summary>
    public void Checked(long uidValidity, DateTimeOffset now)
    {
        if (uidValidity == UidValidity && Trouble is null && CheckedAt is not null)
            return;
        if (uidValidity != UidValidity)
            (UidValidity, LastUid) = (uidValidity, 0);
        (CheckedAt, Trouble) = (now, null);
        Version++;
    }

    /// <summary>A message was taken in, or is known already.</summary>
    public void Passed(long uidValidity, long uid)
    {
        if (uidValidity != UidValidity || uid <= LastUid)
            return;
        LastUid = uid;
        Version++;
    }

    /// <summary>It could not be read.</summary>
    public void Failed(string code)
    {
        if (Trouble == code)
            return;
        Trouble = code;
        Version++;
    }
}

/// <summary>Somebody who opens a mailbox.</summary>
internal sealed class MailboxMember(Guid mailboxId, Guid organisationId, Guid personId, bool maySend) : IOwned
{
    public Guid MailboxId { get; private set; } = mailboxId;

    /// <inheritdoc/>
    public Guid OrganisationId { get; private set; } = organisationId;

    public Guid PersonId { get; private set; } = personId;

    /// <summary>Whether they also send from it.</summary>
    public bool MaySend { get; private set; } = maySend;

    /// <summary>Changes whether they send.</summary>
    public void Let(bool send) => MaySend = send;
}
