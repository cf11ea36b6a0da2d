using MediatR;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Messaging.Services;
using Parceo.Platform;

namespace Parceo.Messaging.Pages;

/// <summary>On « À traiter »: who wrote and waits. Nothing of what they wrote.</summary>
internal sealed class ConversationsPart(ISender sender) : HomePart
{
    public override Task<int> Count(CancellationToken ct) => sender.Send(new CountWaitingConversations.Query(), ct);

    public override async Task<IReadOnlyList<HomeItem>> List(CancellationToken ct) =>
        [
            .. (await sender.Send(new ListWaitingConversations.Query(Most), ct))
                .OrderByDescending(c => c.ToConfirm > 0)
                .Select(c => new HomeItem(
                    c.Id,
                    c.ToConfirm > 0 ? "alert-square-rounded" : "message",
                    Title(c),
                    Detail(c),
                    $"/messages/{c.Id}",
                    "Lire"
                )
                {
                    Urgent = c.ToConfirm > 0,
                }),
        ];

    private static string Title(ConversationLine c) =>
        c.ToConfirm > 0 ? $"Message prioritaire, {Of(c)}"
        : c.Mentions > 0 ? $"{c.LastByName ?? Of(c)} vous nomme, {Of(c)}"
        : c.Kind == ConversationKind.Direct ? $"{c.Title} vous a écrit"
        : $"Demande au guichet, {Of(c)}";

    private static string Of(ConversationLine c) => c.Title.Length > 0 ? c.Title : "conversation sans nom";

    private static string Detail(ConversationLine c) =>
        $"{c.Line} · {(c.Unread >= 100 ? "plus de 99 messages non lus" : FrenchText.Count(c.Unread, "message non lu", "messages non lus"))}";
}
