using System.Collections.Concurrent;
using Parceo.Platform.Nodes;

namespace Parceo.Messaging.Hubs;

/// <summary>
/// Who is connected now, told to whoever watches a conversation of theirs, and to nobody else: it costs nothing while
/// nobody looks. Kept in memory; other nodes say who is with them, and again from time to time: one that was killed
/// says nothing any more, and its people are forgotten.
/// </summary>
internal sealed class Presence(MessagingConnections connections, Rooms rooms, NodeHints nodes, TimeProvider clock)
{
    public const string Topic = "messaging.presence";
    private const int MostTold = 500;
    private static readonly TimeSpan AnnounceEvery = TimeSpan.FromSeconds(20),
        Forget = TimeSpan.FromSeconds(50);
    private readonly ConcurrentDictionary<Guid, long> onOtherNodes = new();
    private long announcedAt;

    public void Came(Guid person) => Changed(person, here: true);

    public void Went(Guid person)
    {
        if (connections.Of(person).Count == 0)
            Changed(person, here: false);
    }

    /// <summary>What another node says of people of its own.</summary>
    public void Receive(IReadOnlyList<Guid> people, bool here)
    {
        foreach (var person in people)
        {
            var news = here ? !onOtherNodes.ContainsKey(person) : onOtherNodes.TryRemove(person, out _);
            if (here)
                onOtherNodes[person] = clock.GetTimestamp();
            if (news)
                Tell(person);
        }
    }

    /// <summary>Without news of the others nobody is known to be there.</summary>
    public void ForgetOtherNodes() => Drop(_ => true);

    /// <summary>The others may have missed who is here.</summary>
    public void Announce()
    {
        Volatile.Write(ref announcedAt, clock.GetTimestamp());
        foreach (var some in connections.All.Where(c => c.Shown).Select(c => c.PersonId).Distinct().Chunk(MostTold))
            nodes.Tell(Topic, some, true);
    }

    /// <summary>Announces again who is here, and forgets whom nobody speaks of any more.</summary>
    public void Refresh()
    {
        if (clock.GetElapsedTime(Volatile.Read(ref announcedAt)) > AnnounceEvery)
            Announce();
        Drop(at => clock.GetElapsedTime(at) > Forget);
    }

    /// <summary>Who of a conversation is there, on any node.</summary>
    public IReadOnlyList<Guid> In(Guid conversation) =>
        [.. rooms.PresentIn(conversation).Concat(onOtherNodes.Keys.Where(p => rooms.Has(conversation, p))).Distinct()];

    private void Changed(Guid person, bool here)
    {
        if (here && connections.Of(person).All(c => !c.Shown))
            return;
        nodes.Tell(Topic, new[] { person }, here);
        Tell(person);
    }

    private void Drop(Func<long, bool> which)
    {
        foreach (var (person, at) in onOtherNodes)
            if (which(at) && onOtherNodes.TryRemove(person, out _))
                Tell(person);
    }

    private void Tell(Guid person)
    {
        foreach (var watcher in connections.All)
            if (watcher.Watched is { } conversation && rooms.Has(conversation, person))
                watcher.Send(MessagingConnections.Message("present", conversation, In(conversation)));
    }
}
