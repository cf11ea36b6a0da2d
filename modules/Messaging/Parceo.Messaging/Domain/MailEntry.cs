using Parceo.SecureMail.Contracts;

namespace Parceo.Messaging.Domain;

/// <summary>A message of a conversation that leaves by MSSanté. Under its id states and answers come back to their place.</summary>
internal sealed class MailEntry(Guid id, Guid conversationId, long seq, Guid authorId, Guid organisationId, DateTimeOffset stateAt)
{
    public Guid Id { get; private set; } = id;
    public Guid ConversationId { get; private set; } = conversationId;

    /// <summary>Its entry in the log.</summary>
    public long Seq { get; private set; } = seq;
    public Guid AuthorId { get; private set; } = authorId;

    /// <summary>Whose mailbox it leaves from: where its author works, which may not be whose the conversation is.</summary>
    public Guid OrganisationId { get; private set; } = organisationId;
    public MailState State { get; private set; } = MailState.Waiting;
    public DateTimeOffset StateAt { get; private set; } = stateAt;

    /// <summary>Where it stands from now on.</summary>
    /// <returns>True when that is news; late or repeated tidings are none.</returns>
    public bool Become(MailState state, DateTimeOffset at)
    {
        if (state == State || at < StateAt)
            return false;
        (State, StateAt) = (state, at);
        return true;
    }
}
