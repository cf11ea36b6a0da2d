using Microsoft.AspNetCore.SignalR;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Nodes;

namespace Parceo.Messaging.Hubs;

/// <summary>The messaging hub (docs/messaging-protocol.md): each method is one request, refused by its code.</summary>
internal sealed class MessagingHub(
    ISender sender,
    ICurrentUser user,
    MessagingConnections connections,
    Rooms rooms,
    NodeHints nodes,
    Presence presence
) : Hub
{
    public override async Task OnConnectedAsync()
    {
        if (!user.Can(MessagingPermissions.Use) || connections.Enrol(Context.ConnectionId, user.Id) is not { } connection)
        {
            Context.Abort();
            return;
        }
        await rooms.Enter(connection, Context.ConnectionAborted);
        if (!nodes.IsWhole)
            await Clients.Caller.SendAsync("live", false, Context.ConnectionAborted);
        presence.Came(user.Id);
        await base.OnConnectedAsync();
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (connections.Find(Context.ConnectionId) is { } connection)
        {
            connections.Dismiss(connection);
            rooms.Leave(connection);
            presence.Went(connection.PersonId);
        }
        await base.OnDisconnectedAsync(exception);
    }

    /// <summary>Adds an entry; the answer comes after the commit.</summary>
    public Task<PostEntry.Response> Post(PostEntry.Command entry) => sender.Send(entry, Context.ConnectionAborted);

    /// <summary>Entries after a sequence number.</summary>
    public Task<ListEntries.Response> After(Guid conversationId, long seq, int limit) =>
        sender.Send(new ListEntries.Query(conversationId, seq, limit), Context.ConnectionAborted);

    /// <summary>Which of these have more.</summary>
    public Task<IReadOnlyList<ListMissed.Position>> Since(IReadOnlyList<ListMissed.Position> known) =>
        sender.Send(new ListMissed.Query(known), Context.ConnectionAborted);

    /// <summary>Read up to there, on all devices.</summary>
    public Task Read(Guid conversationId, long seq) => sender.Send(new MarkRead.Command(conversationId, seq), Context.ConnectionAborted);

    /// <summary>Is writing.</summary>
    public Task Typing(Guid conversationId) => sender.Send(new ShowTyping.Query(conversationId), Context.ConnectionAborted);

    /// <summary>Whose presence this connection wants to hear; null for nobody's.</summary>
    public async Task Watch(Guid? conversationId)
    {
        if (connections.Find(Context.ConnectionId) is not { } connection)
            return;
        connection.Watched = null;
        if (conversationId is not { } id)
            return;
        var here = await sender.Send(new ShowPresence.Query(id), Context.ConnectionAborted);
        connection.Watched = id;
        await Clients.Caller.SendAsync("present", id, here, Context.ConnectionAborted);
    }
}
