using System.Text.Json;

namespace Parceo.Platform.Nodes;

/// <summary>
/// Hints between nodes for modules that push content themselves: ids and numbers only, never content (docs/decisions/0008).
/// With one node nothing is sent and the link is always whole.
/// </summary>
public sealed class NodeHints
{
    private readonly NodeLink? link;

    internal NodeHints(NodeLink? link) => this.link = link;

    /// <summary>Whether there can be other nodes.</summary>
    public bool HasOthers => link is not null;

    /// <summary>Whether this node hears the others now.</summary>
    public bool IsWhole => link?.IsWhole ?? true;

    /// <summary>Tells the other nodes; never waits, never fails, may be lost.</summary>
    public void Tell(string topic, params object?[] idsAndNumbers) => link?.Send(topic, PushTo.All, [], [], "hint", idsAndNumbers);

    /// <summary>Listens to a topic.</summary>
    /// <param name="topic">Name, one listener each.</param>
    /// <param name="heard">What another node told.</param>
    /// <param name="live">The link broke (false), or came back or lost something (true: look again).</param>
    public void Listen(string topic, Func<IReadOnlyList<JsonElement>, Task> heard, Func<bool, Task> live) =>
        link?.Join(topic, push => push.Method == NodeLink.Live ? live(push.Arguments[0].GetBoolean()) : heard(push.Arguments));
}
