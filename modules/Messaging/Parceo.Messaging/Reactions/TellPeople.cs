using Parceo.Messaging.Contracts;
using Parceo.Messaging.Events;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;

namespace Parceo.Messaging.Reactions;

/// <summary>Notices without content (S66): one a conversation and person, gone from every device once it is read.</summary>
internal sealed class TellPeople(SystemSender system) : IEffect<MessagesWaiting>, IEffect<ConversationRead>
{
    private const int MostAtOnce = 500; // what NotifyPeople takes

    public async Task Handle(MessagesWaiting e, Guid eventId, CancellationToken ct)
    {
        var text =
            e.Urgent ? "Un message prioritaire attend votre accusé de réception."
            : e.Mentioned ? "On vous cite dans une conversation."
            : "Un message vous attend.";
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

    private static string Reference(Guid eventId) => $"messaging-{eventId:n}";
}
