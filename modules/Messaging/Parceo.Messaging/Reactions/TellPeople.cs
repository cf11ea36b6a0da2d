using System.Security.Cryptography;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Events;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Events;

namespace Parceo.Messaging.Reactions;

/// <summary>Notices without content (S66): one a conversation and person, gone from every device once it is read.</summary>
internal sealed class TellPeople(SystemSender system) : IEffect<MessagesWaiting>, IEffect<ConversationRead>
{
    public async Task Handle(MessagesWaiting e, Guid eventId, CancellationToken ct)
    {
        var text =
            e.Urgent ? "Un message prioritaire attend votre accusé de réception."
            : e.Mentioned ? "On vous cite dans une conversation."
            : "Un message vous attend.";
        foreach (var person in e.People)
        {
            var topic = TopicOf(e.ConversationId, person);
            // The newest replaces what waited: twenty messages are one line, not twenty. Told twice, the second changes nothing.
            await system.Send(
                new NotifyPeople(
                    eventId,
                    topic,
                    Recipients.Of(person),
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
    }

    public Task Handle(ConversationRead e, Guid eventId, CancellationToken ct) =>
        e.ToEnd ? system.Send(new ClearNotices(TopicOf(e.ConversationId, e.PersonId)), Reference(eventId), ct) : Task.CompletedTask;

    /// <summary>Notices are cleared by topic, for everybody: so each person has their own.</summary>
    private static Guid TopicOf(Guid conversation, Guid person)
    {
        Span<byte> both = stackalloc byte[32];
        conversation.TryWriteBytes(both);
        person.TryWriteBytes(both[16..]);
        return new Guid(SHA256.HashData(both).AsSpan(0, 16));
    }

    private static string Reference(Guid eventId) => $"messaging-{eventId:n}";
}
