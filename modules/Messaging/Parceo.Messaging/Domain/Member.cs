using Parceo.Platform;

namespace Parceo.Messaging.Domain;

/// <summary>What somebody is in a conversation. Stored by number: append only.</summary>
internal enum MemberRole
{
    /// <summary>Reads, writes, brings others.</summary>
    Member = 1,

    /// <summary>Also renames, removes, sets how long it is kept.</summary>
    Owner = 2,

    /// <summary>From outside the organisation: marked, sees from the joining on, brings nobody.</summary>
    Guest = 3,

    /// <summary>Answers for the desk.</summary>
    Desk = 4,
}

/// <summary>How much of a conversation somebody is told of when they are not there. Stored by number.</summary>
internal enum TellLevel
{
    All = 1,
    Mentions = 2,
    Nothing = 3,
}

/// <summary>Somebody's part in a conversation; stays when they leave, so that old entries keep a name.</summary>
internal sealed class Member
{
    private Member() { }

    public Member(
        Guid conversationId,
        Guid personId,
        Guid organisationId,
        string name,
        string line,
        MemberRole role,
        long fromSeq,
        long readSeq,
        DateTimeOffset now
    )
    {
        ConversationId = conversationId;
        PersonId = personId;
        OrganisationId = organisationId;
        Call(name);
        Line = line;
        Role = role;
        FromSeq = fromSeq;
        ReadSeq = readSeq;
        ToldSeq = readSeq;
        JoinedAt = now;
        Level = TellLevel.All;
    }

    public Guid ConversationId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Where they work, as whom they take part: leaving it ends this too.</summary>
    public Guid OrganisationId { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>Name as lists are in order of it, without title, capitals and accents.</summary>
    public string SortKey { get; private set; } = "";

    /// <summary>« infirmière libérale, CPTS du Val ».</summary>
    public string Line { get; private set; } = "";
    public MemberRole Role { get; private set; }

    /// <summary>Entries from here on are theirs to read.</summary>
    public long FromSeq { get; private set; }
    public long ReadSeq { get; private set; }

    /// <summary>Told of messages up to here.</summary>
    public long ToldSeq { get; private set; }
    public TellLevel Level { get; private set; }
    public DateTimeOffset JoinedAt { get; private set; }
    public DateTimeOffset? LeftAt { get; private set; }

    /// <summary>Taken out by whoever manages the conversation: nobody else brings them back.</summary>
    public bool Removed { get; private set; }

    public bool IsIn => LeftAt is null;

    public void Rejoin(Guid organisationId, string name, string line, MemberRole role, long fromSeq, long lastSeq, DateTimeOffset now)
    {
        OrganisationId = organisationId;
        Call(name);
        Line = line;
        Role = role;
        FromSeq = fromSeq;
        ReadSeq = lastSeq;
        ToldSeq = lastSeq;
        JoinedAt = now;
        (LeftAt, Removed) = (null, false);
    }

    public void Leave(DateTimeOffset now, bool removed) => (LeftAt, Removed) = (now, removed);

    /// <summary>Never backwards: the furthest of all devices counts.</summary>
    public bool Read(long seq)
    {
        if (seq <= ReadSeq)
            return false;
        ReadSeq = seq;
        return true;
    }

    public void Told(long seq) => ToldSeq = Math.Max(ToldSeq, seq);

    public void Choose(TellLevel level) => Level = level;

    public void Become(MemberRole role) => Role = role;

    private void Call(string name) => (Name, SortKey) = (name, TextRules.Fold(TextRules.WithoutTitle(name)));
}
