namespace Parceo.Messaging.Domain;

/// <summary>One event of a conversation's log (S54): its place in the order is given by the transaction that stores it.</summary>
internal sealed class Entry
{
    private Entry() { }

    public Entry(
        Guid id,
        Guid conversationId,
        long seq,
        EntryKind kind,
        Guid senderId,
        Guid clientId,
        DateTimeOffset at,
        long? target,
        Guid? topicId,
        byte[]? body
    )
    {
        Id = id;
        ConversationId = conversationId;
        Seq = seq;
        Kind = kind;
        SenderId = senderId;
        ClientId = clientId;
        At = at;
        Target = target;
        TopicId = topicId;
        Body = body;
    }

    public Guid ConversationId { get; private set; }

    /// <summary>1, 2, 3… in the conversation, without a gap.</summary>
    public long Seq { get; private set; }
    public Guid Id { get; private set; }
    public EntryKind Kind { get; private set; }
    public Guid SenderId { get; private set; }

    /// <summary>Made by the client: the same one is stored once, for ever.</summary>
    public Guid ClientId { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>The message that an edit, a deletion, a reaction… is about.</summary>
    public long? Target { get; private set; }
    public Guid? TopicId { get; private set; }

    /// <summary>Sealed <see cref="EntryBody"/>; null when it says nothing more, or was deleted.</summary>
    public byte[]? Body { get; private set; }

    /// <summary>Deleted by its author: nothing of what it said is left.</summary>
    public bool Erased { get; private set; }

    /// <summary>What it said is gone for good; that it was there stays.</summary>
    public void Erase() => (Body, Erased) = (null, true);

    /// <summary>Sealed anew under another key (S30).</summary>
    public void Reseal(byte[] body) => Body = body;
}
