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
