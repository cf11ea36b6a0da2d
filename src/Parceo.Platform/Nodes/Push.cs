using System.Text.Json;

namespace Parceo.Platform.Nodes;

/// <summary>To whom a push goes.</summary>
internal enum PushTo
{
    All,
    Groups,
    Users,
}

/// <summary>What one node asks of the others: to say something to their pages. Without a hub it is a sign of life only.</summary>
/// <param name="Node">Who asks.</param>
/// <param name="Number">Of that node's pushes, one after the other: a gap tells that one was lost.</param>
/// <param name="Hub">Whose connections.</param>
/// <param name="To">Which of them.</param>
/// <param name="Names">Groups or users; empty for all.</param>
/// <param name="Except">Connections left out.</param>
/// <param name="Method">What is said.</param>
/// <param name="Arguments">Ids and counts: hubs carry no content.</param>
internal sealed record Push(
    Guid Node,
    long Number,
    string? Hub,
    PushTo To,
    IReadOnlyList<string> Names,
    IReadOnlyList<string> Except,
    string Method,
    IReadOnlyList<JsonElement> Arguments
);
