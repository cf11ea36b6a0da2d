namespace Parceo.Messaging.Domain;

/// <summary>A priority message that somebody has to confirm; alerted again and again until they do.</summary>
internal sealed class Confirmation
{
    private Confirmation() { }

    public Confirmation(Guid conversationId, long seq, Guid personId, DateTimeOffset nextAt)
    {
        ConversationId = conversationId;
        Seq = seq;
        PersonId = personId;
        NextAt = nextAt;
    }

    public Guid ConversationId { get; private set; }
    public long Seq { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>When they are alerted next; null when no more.</summary>
    public DateTimeOffset? NextAt { get; private set; }
    public int Alerts { get; private set; }

    public void Confirm(DateTimeOffset at) => (ConfirmedAt, NextAt) = (ConfirmedAt ?? at, null);

    public void Alerted(DateTimeOffset? next) => (Alerts, NextAt) = (Alerts + 1, next);
}

/// <summary>Somebody is named in a message: counted apart from what is merely unread.</summary>
internal sealed class Mention
{
    private Mention() { }

    public Mention(Guid conversationId, long seq, Guid personId) => (ConversationId, Seq, PersonId) = (conversationId, seq, personId);

    public Guid ConversationId { get; private set; }
    public long Seq { get; private set; }
    public Guid PersonId { get; private set; }
}

/// <summary>Who sees to a message: one person at a time, by the key of this row.</summary>
internal sealed class Assignment
{
    private Assignment() { }

    public Assignment(Guid conversationId, long seq, Guid personId) => (ConversationId, Seq, PersonId) = (conversationId, seq, personId);

    public Guid ConversationId { get; private set; }

    public long Seq { get; private set; }
    public Guid PersonId { get; private set; }
}
