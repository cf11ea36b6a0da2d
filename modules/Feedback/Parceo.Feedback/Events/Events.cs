using Parceo.Feedback.Contracts;

namespace Parceo.Feedback.Events;

/// <summary>It is late, or soon will be (D22: 24 h, 48 h, 5 days after the appointment).</summary>
/// <param name="Number">1, 2 or 3.</param>
[EventName("feedback.report-reminder.v1")]
internal sealed record ReportReminder(Guid BookingId, Guid PractitionerId, int Number) : IIntegrationEvent;

/// <summary>The médecin traitant, or somebody for them, opened it: the receipt (D23).</summary>
[EventName("feedback.report-read.v1")]
internal sealed record ReportRead(Guid BookingId, Guid? OrientationId, Guid PractitionerId, Guid MtPractitionerId, DateTimeOffset ReadAt)
    : IIntegrationEvent;
