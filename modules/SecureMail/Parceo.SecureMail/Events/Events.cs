using Parceo.SecureMail.Contracts;

namespace Parceo.SecureMail.Events;

/// <summary>A mail is due at the operator: wakes the delivery, which looks into the table.</summary>
[EventName("securemail.mail-due.v1")]
internal sealed record MailDue(Guid MailId) : IIntegrationEvent;

/// <summary>A mail came in.</summary>
/// <param name="OrganisationId">Of the mailbox.</param>
/// <param name="At">When it was collected; UTC.</param>
[EventName("securemail.mail-received.v1")]
internal sealed record MailReceived(Guid MailId, Guid MailboxId, Guid OrganisationId, DateTimeOffset At) : IIntegrationEvent;

/// <summary>A mailbox was opened to somebody who did not open it before.</summary>
[EventName("securemail.mailbox-opened.v1")]
internal sealed record MailboxOpened(Guid MailboxId, Guid OrganisationId) : IIntegrationEvent;

/// <summary>Files of a mail, sent or received, wait for the antivirus.</summary>
[EventName("securemail.mail-files-arrived.v1")]
internal sealed record MailFilesArrived(Guid MailId) : IIntegrationEvent;
