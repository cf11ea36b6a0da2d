using Parceo.Notifications.Contracts;

namespace Parceo.Notifications.Events;

/// <summary>The lists of these accounts changed: their bells look again.</summary>
[EventName("notifications.notices-changed.v1")]
internal sealed record NoticesChanged(IReadOnlyList<Guid> People) : IIntegrationEvent;

/// <summary>A device is to be woken. Carries no text: the device asks Parceo what waits.</summary>
/// <param name="NoticeId">For what.</param>
/// <param name="Urgent">Passes through a phone's own saving of energy.</param>
/// <param name="Until">Of no use after it; UTC.</param>
[EventName("notifications.push-wanted.v1")]
internal sealed record PushWanted(Guid DeviceId, Guid NoticeId, bool Urgent, DateTimeOffset? Until) : IIntegrationEvent;

/// <summary>A person is to be told by e-mail that something waits. Carries no text, and no address.</summary>
/// <param name="PersonId">Account.</param>
[EventName("notifications.mail-wanted.v1")]
internal sealed record MailWanted(Guid PersonId) : IIntegrationEvent;
