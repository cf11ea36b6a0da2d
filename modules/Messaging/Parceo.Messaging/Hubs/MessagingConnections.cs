using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Nodes;

namespace Parceo.Messaging.Hubs;

/// <summary>An open page or client of somebody.</summary>
internal sealed class OpenConnection(HubConnectionContext context, Guid personId)
{
    private readonly HubOutlet outlet = new(context);

    public string Id => context.ConnectionId;
    public Guid PersonId => personId;

    /// <summary>The conversation whose presence it wants to hear.</summary>
    public Guid? Watched { get; set; }

    /// <summary>Others may see that this person is there.</summary>
    public bool Shown { get; set; } = true;

    /// <summary>Never waits: too slow a reader is cut and resumes by itself.</summary>
    public void Send(SerializedHubMessage message) => outlet.Send(message);
}

/// <summary>
/// The connections of this node, by person. Content goes to them directly, written once for all: other nodes hear that
/// there is something and read it from the database, so that Redis never carries a word (docs/decisions/0008).
/// </summary>
internal sealed class MessagingConnections(IHubProtocolResolver protocols, ILogger<DefaultHubLifetimeManager<MessagingHub>> log)
    : DefaultHubLifetimeManager<MessagingHub>(log)
{
    private readonly IHubProtocol json = protocols.GetProtocol("json", null)!; // the only one that is spoken (S54)
    private readonly ConcurrentDictionary<string, HubConnectionContext> arrived = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OpenConnection> open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, OpenConnection[]> people = new();
    private readonly Lock gate = new();

    public IEnumerable<OpenConnection> All => open.Values;

    public OpenConnection? Find(string connectionId) => open.GetValueOrDefault(connectionId);

    public IReadOnlyList<OpenConnection> Of(Guid personId) => people.GetValueOrDefault(personId) ?? [];

    public static SerializedHubMessage Message(string method, params object?[] arguments) => new(new InvocationMessage(method, arguments));

    /// <summary>Entries that were stored together leave in one write: each connection costs one, not one an entry.</summary>
    public SerializedHubMessage Entries(IEnumerable<WireEntry> entries)
    {
        var frames = new ArrayBufferWriter<byte>(1024);
        foreach (var entry in entries)
            json.WriteMessage(new InvocationMessage("entry", [entry]), frames);
        return new([new SerializedMessage(json.Name, frames.WrittenMemory)]);
    }

    /// <summary>To all pages of some people.</summary>
    public void Send(IEnumerable<Guid> to, string method, params object?[] arguments)
    {
        var message = Message(method, arguments);
        foreach (var person in to)
        foreach (var connection in Of(person))
            connection.Send(message);
    }

    /// <summary>Lets a connection hear, once its rights were looked at.</summary>
    public OpenConnection? Enrol(string connectionId, Guid personId)
    {
        if (!arrived.TryGetValue(connectionId, out var context))
            return null;
        var added = new OpenConnection(context, personId);
        open[connectionId] = added;
        lock (gate)
            people[personId] = [.. Of(personId), added];
        return added;
    }

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        arrived[connection.ConnectionId] = connection;
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        arrived.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }

    /// <summary>It hears no more.</summary>
    public void Dismiss(OpenConnection gone)
    {
        open.TryRemove(gone.Id, out _);
        lock (gate)
        {
            OpenConnection[] left = [.. Of(gone.PersonId).Where(c => c != gone)];
            if (left.Length == 0)
                people.TryRemove(gone.PersonId, out _);
            else
                people[gone.PersonId] = left;
        }
    }
}
