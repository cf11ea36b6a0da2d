using Parceo.Messaging.Contracts;
using Parceo.Messaging.Events;
using Parceo.Messaging.Hubs;
using Parceo.Platform.Events;
using Parceo.Platform.Nodes;

namespace Parceo.Messaging.Reactions;

/// <summary>Open pages of all nodes hear of what was stored by requests, not by the queue.</summary>
internal sealed class TellOpenPages(Rooms rooms, MessagingConnections connections, NodeHints nodes)
    : IEffect<EntriesAdded>,
        IEffect<ListChanged>,
        IEffect<ConversationRead>
{
    public Task Handle(EntriesAdded e, Guid eventId, CancellationToken ct) => rooms.CatchUp(e.ConversationId, tellOthers: true, ct);

    public async Task Handle(ListChanged e, Guid eventId, CancellationToken ct)
    {
        await rooms.CatchUp(e.ConversationId, tellOthers: true, ct); // members may be others: who left hears no more
        Say(e.People, "changed", e.ConversationId);
    }

    public Task Handle(ConversationRead e, Guid eventId, CancellationToken ct)
    {
        Say(e.Shown ? e.Others.Append(e.PersonId) : [e.PersonId], "read", e.ConversationId, e.PersonId, e.Seq);
        return Task.CompletedTask;
    }

    private void Say(IEnumerable<Guid> people, string method, params object?[] arguments)
    {
        var to = people.ToList();
        connections.Send(to, method, arguments);
        nodes.Tell(OtherNodes.Pushed, [to, method, .. arguments]);
    }
}
