using System.Collections.Concurrent;
using Parceo.Platform.Nodes;

namespace Parceo.Messaging.Hubs;

/// <summary>
/// Who is connected now, told to whoever watches a conversation of theirs, and to nobody else: it costs nothing while
/// nobody looks. Kept in memory; other nodes say who is with them.
/// </summary>
internal sealed class Presence(MessagingConnections connections, Rooms rooms, NodeHints nodes)
{
    public const string Topic = "messaging.presence";
    private readonly ConcurrentDictionary<Guid, byte> elsewhere = new();

    public void Came(Guid person) => Changed(person, here: true);

    public void Went(Guid person)
    {
        if (connections.Of(person).Count == 0) Changed(person, here: false);
    }

    /// <summary>What another node says of somebody of its own.</summary>
    public void Heard(Guid person, bool here)
    {
        if (here) elsewhere[person] = 0;
        else elsewhere.TryRemove(person, out _);
        Tell(person);
    }

    /// <summary>Without news of the others nobody is known to be there.</summary>
    public void Deaf()
    {
        elsewhere.Clear();
    }

    /// <summary>The others may have missed who is here.</summary>
    public void SayAgain()
    {
        foreach (var person in connections.All.Where(c => c.Shown).Select(c => c.PersonId).Distinct()) nodes.Tell(Topic, person, true);
    }

    /// <summary>Who of a conversation is there, on any node.</summary>
    public IReadOnlyList<Guid> In(Guid conversation) => [.. rooms.PresentIn(conversation).Concat(elsewhere.Keys.Where(p => rooms.Has(conversation, p))).Distinct()];

    private void Changed(Guid person, bool here)
    {
        if (here && connections.Of(person).All(c => !c.Shown)) return;
        nodes.Tell(Topic, person, here);
        Tell(person);
    }

    private void Tell(Guid person)
    {
        foreach (var watcher in connections.All)
            if (watcher.Watched is { } conversation && rooms.Has(conversation, person)) watcher.Send(MessagingConnections.Message("present", conversation, In(conversation)));
    }
}
