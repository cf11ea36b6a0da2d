using Parceo.Messaging.Contracts;
using Parceo.Messaging.Domain;

namespace Parceo.Messaging.Events;

/// <summary>Entries were stored by something else than the messaging queue: open pages are told up to this one.</summary>
/// <param name="Seq">Its last sequence number.</param>
[EventName("messaging.entries-added.v1")]
internal sealed record EntriesAdded(Guid ConversationId, long Seq) : IIntegrationEvent;

/// <summary>The list of these people changed: a conversation was added, ended, or its settings are others.</summary>
/// <param name="People">Whose pages look again.</param>
[EventName("messaging.list-changed.v1")]
internal sealed record ListChanged(Guid ConversationId, IReadOnlyList<Guid> People) : IIntegrationEvent;

/// <summary>Messages wait unread for these people, who were not there to see them: they are told without content (S66).</summary>
/// <param name="Mentioned">Whether they are named in it.</param>
/// <param name="Urgent">A priority message not yet confirmed: repeated until it is.</param>
/// <param name="By">Name of who wrote to them last, or named them; null when it is not known.</param>
/// <param name="Others">How many others did, themselves left out.</param>
/// <param name="Kind">Of the conversation.</param>
[EventName("messaging.messages-waiting.v1")]
internal sealed record MessagesWaiting(
    Guid ConversationId,
    IReadOnlyList<Guid> People,
    bool Mentioned,
    bool Urgent,
    string? By = null,
    int Others = 0,
    ConversationKind? Kind = null
) : IIntegrationEvent;

/// <summary>Somebody has read further: what waited no longer does, on every device.</summary>
/// <param name="Seq">Up to there.</param>
/// <param name="ToEnd">Nothing is left unread.</param>
/// <param name="Shown">They let others see it.</param>
/// <param name="Others">The other members who see such things of each other; empty when not shown.</param>
[EventName("messaging.conversation-read.v1")]
internal sealed record ConversationRead(Guid ConversationId, Guid PersonId, long Seq, bool ToEnd, bool Shown, IReadOnlyList<Guid> Others)
    : IIntegrationEvent;

/// <summary>A file came in and waits for the antivirus.</summary>
[EventName("messaging.file-arrived.v1")]
internal sealed record FileArrived(Guid FileId) : IIntegrationEvent;

/// <summary>Who answers for a desk may be others: its threads follow.</summary>
[EventName("messaging.desk-staffed.v1")]
internal sealed record DeskStaffed(Guid DeskId) : IIntegrationEvent;

/// <summary>A message of a conversation is to leave by MSSanté.</summary>
[EventName("messaging.letter-written.v1")]
internal sealed record MailWritten(Guid MailId) : IIntegrationEvent;
