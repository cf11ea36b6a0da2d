using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;

namespace Parceo.Messaging.Hubs;

/// <summary>An entry as clients get it (docs/messaging-protocol.md §2).</summary>
/// <param name="Seq">Its place in the order.</param>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it says.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">When it was stored, UTC.</param>
/// <param name="ClientId">As its client called it.</param>
/// <param name="Target">The message it is about.</param>
/// <param name="Body">What it says more; null when nothing, or deleted.</param>
internal sealed record WireEntry(
    Guid ConversationId,
    long Seq,
    Guid Id,
    EntryKind Kind,
    Guid By,
    DateTimeOffset At,
    Guid ClientId,
    long? Target,
    EntryBody? Body
)
{
    /// <summary>Opens a stored entry.</summary>
    public static WireEntry Of(Entry e, Guid organisation, MessageSeal seal) =>
        new(e.ConversationId, e.Seq, e.Id, e.Kind, e.SenderId, e.At, e.ClientId, e.Target, seal.OpenBody(e.Body, organisation, e.Id));
}
