using Parceo.Messaging.Contracts;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Events;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;

namespace Parceo.Messaging.Reactions;

/// <summary>Notices of who wrote and where, without content (S66): one a conversation and person, gone from every device once it is read.</summary>
internal sealed class TellPeople(SystemSender system) : IEffect<MessagesWaiting>, IEffect<ConversationRead>
{
    private const int MostAtOnce = 500, // what NotifyPeople takes
        LongestName = 60;

    public async Task Handle(MessagesWaiting e, Guid eventId, CancellationToken ct)
    {
        var text = Text(e);
        foreach (var people in e.People.Chunk(MostAtOnce))
            // The newest replaces what waited: twenty messages are one line, not twenty. Told twice, the second changes nothing.
            await system.Send(
                new NotifyPeople(
                    eventId,
                    e.ConversationId,
                    Recipients.Of(people),
                    NoticeSubjects.Message,
                    text,
                    $"/messages/{e.ConversationId}",
                    e.Urgent,
                    Replaces: true
                ),
                Reference(eventId),
                ct
            );
    }

    public Task Handle(ConversationRead e, Guid eventId, CancellationToken ct) =>
        e.ToEnd
            ? system.Send(new ClearNotices(e.ConversationId, NoticeSubjects.Message, e.PersonId), Reference(eventId), ct)
            : Task.CompletedTask;

    /// <summary>Who, and in what kind of conversation; its name is said where the notice is shown (<see cref="NoticeNames"/>), and nothing of what they wrote anywhere.</summary>
    private static string Text(MessagesWaiting e)
    {
        var who =
            e.By is not { } name ? "Quelqu’un"
            : name.Length <= LongestName ? name
            : $"{name[..LongestName]}…";
        if (e.Others > 0)
            who += e.Others == 1 ? " et une autre personne" : $" et {e.Others}\u00A0autres";
        var where = e.Kind switch
        {
            ConversationKind.Group => " dans un groupe",
            ConversationKind.Channel => " dans un canal",
            ConversationKind.DeskThread => " au guichet",
            _ => "",
        };
        var many = e.Others > 0;
        return e.Urgent ? $"Message prioritaire de {who}{where}\u00A0: votre accusé de réception est attendu."
            : e.Mentioned ? $"{who} {(many ? "vous citent" : "vous cite")}{where}."
            : e.Kind == ConversationKind.Channel ? $"{who} {(many ? "ont écrit" : "a écrit")}{where}."
            : $"{who} {(many ? "vous ont écrit" : "vous a écrit")}{where}.";
    }

    private static string Reference(Guid eventId) => $"messaging-{eventId:n}";
}
