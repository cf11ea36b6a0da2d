namespace Parceo.SecureMail.Contracts;

/// <summary>Where a mail that was sent stands.</summary>
public enum MailState
{
    /// <summary>Waits for the operator, or for the next try.</summary>
    Waiting = 1,

    /// <summary>Taken by the operator.</summary>
    Sent = 2,

    /// <summary>The recipient's software says that it has it (RFC 8098).</summary>
    Received = 3,

    /// <summary>The operator refused it for good.</summary>
    Refused = 4,

    /// <summary>It came back: no such mailbox, or it is full.</summary>
    Bounced = 5,

    /// <summary>The recipient's software could not take it in (codes 100–207, 900–905).</summary>
    IntegrationError = 6,

    /// <summary>No operator took it in three days, or the antivirus gave no answer: given up.</summary>
    GivenUp = 7,
}

/// <summary>A mail that was sent has another state.</summary>
/// <param name="Origin">Which module asked for it (<see cref="MailOrigin.Module"/>); empty for one that a person wrote here.</param>
/// <param name="OriginId">The thing there.</param>
/// <param name="OrganisationId">Of the mailbox.</param>
/// <param name="AuthorId">Who wrote it; empty for the host itself.</param>
/// <param name="State">From now on.</param>
/// <param name="Code">Integration code, SMTP status or stable reason; null when there is none.</param>
/// <param name="At">When; UTC.</param>
[EventName("securemail.mail-state-changed.v1")]
public sealed record MailStateChanged(
    Guid MailId,
    string Origin,
    Guid OriginId,
    Guid OrganisationId,
    Guid AuthorId,
    MailState State,
    string? Code,
    DateTimeOffset At
) : IIntegrationEvent;

/// <summary>Somebody answered a mail that a module had asked for: <see cref="ReadAnswer"/> gives what they wrote.</summary>
/// <param name="AnswerId">The received mail.</param>
/// <param name="MailId">The mail that it answers.</param>
/// <param name="Origin">Which module had asked for that one.</param>
/// <param name="OriginId">The thing there.</param>
/// <param name="OrganisationId">Of the mailbox.</param>
/// <param name="At">When it was collected; UTC.</param>
[EventName("securemail.answer-received.v1")]
public sealed record AnswerReceived(Guid AnswerId, Guid MailId, string Origin, Guid OriginId, Guid OrganisationId, DateTimeOffset At)
    : IIntegrationEvent;
