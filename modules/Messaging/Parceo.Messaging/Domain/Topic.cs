namespace Parceo.Messaging.Domain;

/// <summary>A subject inside a channel: followed, resolved, reopened.</summary>
internal sealed class Topic
{
    private Topic() { }

    public Topic(Guid id, Guid conversationId, Guid openedBy, byte[] sealedTitle, DateTimeOffset now)
    {
        Id = id;
        ConversationId = conversationId;
        OpenedBy = openedBy;
        SealedTitle = sealedTitle;
        OpenedAt = now;
    }

    public Guid Id { get; private set; }
    public Guid ConversationId { get; private set; }
    public Guid OpenedBy { get; private set; }
    public byte[] SealedTitle { get; private set; } = [];
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }

    /// <summary>False when it already was.</summary>
    public bool Resolve(bool resolved, DateTimeOffset now)
    {
        if (resolved == ResolvedAt is not null)
            return false;
        ResolvedAt = resolved ? now : null;
        return true;
    }
}

/// <summary>Somebody who wants to be told of a topic, whatever they chose for its channel.</summary>
internal sealed class TopicFollow
{
    private TopicFollow() { }

    public TopicFollow(Guid topicId, Guid personId) => (TopicId, PersonId) = (topicId, personId);

    public Guid TopicId { get; private set; }
    public Guid PersonId { get; private set; }
}
