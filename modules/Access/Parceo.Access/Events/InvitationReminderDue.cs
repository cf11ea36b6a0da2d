namespace Parceo.Access.Events;

/// <summary>An invitation ran out unanswered: whoever was invited gets another link, once.</summary>
[EventName("access.invitation-reminder-due.v1")]
internal sealed record InvitationReminderDue(Guid InvitationId) : IIntegrationEvent;
