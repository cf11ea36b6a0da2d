using MediatR;
using Parceo.Messaging.Features;
using Parceo.Platform;

namespace Parceo.Messaging.Pages;

/// <summary>One's conversations, in the palette.</summary>
internal sealed class ConversationsSource(ISender sender) : PaletteSource
{
    public override async Task<IReadOnlyList<PaletteHit>> Find(string words, CancellationToken ct) =>
        [
            .. (await sender.Send(new FindConversations.Query(words, Most), ct)).Select(c => new PaletteHit(
                "message",
                c.Title,
                c.Line,
                $"/messages/{c.Id}"
            )),
        ];
}
