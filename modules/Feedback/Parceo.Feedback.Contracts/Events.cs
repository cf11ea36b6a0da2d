namespace Parceo.Feedback.Contracts;

/// <summary>A patient was seen whose médecin traitant is known and not refused: a report is owed within 48 h (D22).</summary>
/// <param name="FulfilledAt">When the professional said that the patient came; UTC.</param>
/// <param name="DueAt">48 h later.</param>
[EventName("feedback.report-due.v1")]
public sealed record ReportDue(
    Guid BookingId,
    Guid? OrientationId,
    Guid OrganisationId,
    string Departement,
    Guid PractitionerId,
    Guid MtPractitionerId,
    DateTimeOffset FulfilledAt,
    DateTimeOffset DueAt
) : IIntegrationEvent;

/// <summary>It is no longer owed: the outcome was put right, or the patient refuses.</summary>
[EventName("feedback.report-waived.v1")]
public sealed record ReportWaived(Guid BookingId, Guid OrganisationId, string Departement) : IIntegrationEvent;

/// <summary>It is late, or soon will be (D22: 24 h, 48 h, 5 days after the visit).</summary>
/// <param name="Number">1, 2 or 3.</param>
[EventName("feedback.report-reminder.v1")]
public sealed record ReportReminder(Guid BookingId, Guid PractitionerId, int Number) : IIntegrationEvent;

/// <summary>It was sent to the médecin traitant (I9).</summary>
[EventName("feedback.report-sent.v1")]
public sealed record ReportSent(
    Guid BookingId,
    Guid? OrientationId,
    Guid OrganisationId,
    string Departement,
    Guid PractitionerId,
    Guid MtPractitionerId,
    DateTimeOffset? FulfilledAt,
    DateTimeOffset SentAt
) : IIntegrationEvent;

/// <summary>The médecin traitant, or somebody for them, opened it: the receipt (D23).</summary>
[EventName("feedback.report-read.v1")]
public sealed record ReportRead(Guid BookingId, Guid? OrientationId, Guid PractitionerId, Guid MtPractitionerId, DateTimeOffset ReadAt)
    : IIntegrationEvent;
