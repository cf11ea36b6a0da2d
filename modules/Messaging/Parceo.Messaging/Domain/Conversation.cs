using Parceo.Platform;

namespace Parceo.Messaging.Domain;

/// <summary>Kinds of conversations. Stored by number: append only.</summary>
internal enum ConversationKind
{
    /// <summary>Two people; the same two always have the same one.</summary>
    Direct = 1,

    /// <summary>Several people who were chosen.</summary>
    Group = 2,

    /// <summary>Open to the members of an organisation; topics inside.</summary>
    Channel = 3,

    /// <summary>Somebody's thread with a desk that answers as one.</summary>
    DeskThread = 4,
}

/// <summary>
/// A conversation: a log of entries and who may read it. Two writers at once are told apart by <see cref="LastSeq"/> and
/// <see cref="MembersVersion"/>, which are both concurrency tokens: the numbering has no gap, and no entry is accepted
/// from somebody whose leaving was stored first (S24, S54).
/// </summary>
internal sealed class Conversation
{
    /// <summary>Days that entries are kept when nobody chose fewer (D17).</summary>
    public const int DefaultRetentionDays = 365;

    /// <summary>Nobody more is let in then.</summary>
    public const int MostMembers = 500;

    private const int MostNamed = 4;

    private Conversation() { }

    public Conversation(
        Guid id,
        Guid organisationId,
        ConversationKind kind,
        Guid openedBy,
        DateTimeOffset now,
        byte[]? sealedTitle = null,
        string? pairKey = null,
        Guid? deskId = null,
        bool open = false
    )
    {
        Id = id;
        OrganisationId = organisationId;
        Kind = kind;
        OpenedBy = openedBy;
        OpenedAt = now;
        LastAt = now;
        SealedTitle = sealedTitle;
        PairKey = pairKey;
        DeskId = deskId;
        Open = open;
        RetentionDays = DefaultRetentionDays;
    }

    public Guid Id { get; private set; }

    /// <summary>Whose it is: its key seals it, its bounds keep it.</summary>
    public Guid OrganisationId { get; private set; }
    public ConversationKind Kind { get; private set; }
    public Guid OpenedBy { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Sealed: a title may name somebody. Null for two people, and for a group that nobody gave a name.</summary>
    public byte[]? SealedTitle { get; private set; }

    /// <summary>Both people's ids, smaller first: unique.</summary>
    public string? PairKey { get; private set; }
    public Guid? DeskId { get; private set; }

    /// <summary>A channel that members of its organisation may enter by themselves.</summary>
    public bool Open { get; private set; }
    public long LastSeq { get; private set; }

    /// <summary>Newest message that is not deleted… or was the newest when it was: what lists show.</summary>
    public long LastMessageSeq { get; private set; }
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>Goes up whenever somebody joins or leaves.</summary>
    public int MembersVersion { get; private set; }

    /// <summary>Everything before was removed by retention.</summary>
    public long FirstSeq { get; private set; } = 1;
    public int RetentionDays { get; private set; }

    /// <summary>Nothing is removed while it is set (D17).</summary>
    public bool LegalHold { get; private set; }

    /// <summary>Why and since when, while it is set; sealed.</summary>
    public byte[]? SealedHoldReason { get; private set; }
    public DateTimeOffset? HeldAt { get; private set; }
    public Guid? AssignedTo { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>Messages since then may have to be told to absent people; null when nothing is left to look at.</summary>
    public DateTimeOffset? TellFrom { get; private set; }

    public List<Member> Members { get; private set; } = [];

    /// <summary>The pair of two people, whoever begins.</summary>
    public static string PairOf(Guid a, Guid b) => a.CompareTo(b) < 0 ? $"{a:n}{b:n}" : $"{b:n}{a:n}";

    /// <summary>What a group without a name is called: its other members, by name.</summary>
    public static string NamedAfter(IReadOnlyList<string> others) =>
        others.Count switch
        {
            0 => "Groupe sans autre membre",
            <= MostNamed => FrenchText.List(others),
            _ => FrenchText.List([.. others.Take(MostNamed - 1), $"{others.Count - MostNamed + 1} autres"]),
        };

    /// <summary>The next place in the order.</summary>
    public long Next(EntryKind kind, DateTimeOffset now)
    {
        LastSeq++;
        if (kind.IsWriting())
        {
            LastMessageSeq = LastSeq;
            TellFrom ??= now;
        }
        if (now > LastAt)
            LastAt = now;
        return LastSeq;
    }

    /// <summary>Lets somebody in, or in again; they see what follows, and what came before only if told so.</summary>
    public Member Join(Guid personId, string name, string line, Guid organisationId, MemberRole role, bool withHistory, DateTimeOffset now)
    {
        var from = withHistory ? FirstSeq : LastSeq + 1;
        var member = Members.Find(m => m.PersonId == personId);
        if (member is null)
            Members.Add(member = new Member(Id, personId, organisationId, name, line, role, from, LastSeq, now));
        else
            member.Rejoin(organisationId, name, line, role, from, LastSeq, now);
        MembersVersion++;
        return member;
    }

    /// <summary>Whether all that is kept is somebody's to read: who joined without what came before has nothing of it to give.</summary>
    public bool ShowsAllTo(Member member) => member.FromSeq <= FirstSeq;

    /// <summary>Whether somebody was let in without what came before, now or then: only whoever manages the conversation undoes that.</summary>
    public bool Limits(Guid personId) => Members.Exists(m => m.PersonId == personId && !ShowsAllTo(m));

    /// <summary>Whether somebody was taken out by whoever manages the conversation.</summary>
    public bool Bars(Guid personId) => Members.Exists(m => m.PersonId == personId && m.Removed);

    /// <summary>Ends somebody's access to all that follows (S24).</summary>
    /// <param name="removed">By another than themselves.</param>
    public void Leave(Guid personId, DateTimeOffset now, bool removed = false)
    {
        var member = Members.Find(m => m.PersonId == personId && m.IsIn) ?? throw new NotFoundException("not_member");
        member.Leave(now, removed);
        MembersVersion++;
    }

    public void Call(byte[] sealedTitle) => SealedTitle = sealedTitle;

    public void Assign(Guid? personId)
    {
        AssignedTo = personId;
        DoneAt = null;
    }

    public void Finish(DateTimeOffset? at) => DoneAt = at;

    /// <summary>Shorter than the community's bound, never longer (D17).</summary>
    public void Keep(int days) => RetentionDays = days;

    /// <summary>Keeps all of it until it is released, whatever the retention (D17).</summary>
    public void Hold(byte[] sealedReason, DateTimeOffset now) =>
        (LegalHold, SealedHoldReason, HeldAt) = (true, sealedReason, HeldAt ?? now);

    public void Release() => (LegalHold, SealedHoldReason, HeldAt) = (false, null, null);

    public void Told(DateTimeOffset? again) => TellFrom = again;

    public void Pruned(long firstSeq) => FirstSeq = firstSeq;
}
