using Parceo.Slots.Contracts;

namespace Parceo.Slots.Events;

/// <summary>A place was held for a regulator, or a hold ended without a booking.</summary>
[EventName("slots.hold-changed.v1")]
internal sealed record HoldChanged(Guid RangeId, Guid PractitionerId, Guid CalendarId, string Departement, int PlacesLeft)
    : IIntegrationEvent;

/// <summary>What a professional offers changed as a whole: absence, limit, over capacity. Pages look again.</summary>
[EventName("slots.availability-changed.v1")]
internal sealed record AvailabilityChanged(Guid PractitionerId, IReadOnlyList<string> Departements) : IIntegrationEvent;

/// <summary>A day after its end nobody has said whether the patient came (W1.8): once a booking.</summary>
[EventName("slots.outcome-reminder-due.v1")]
internal sealed record OutcomeReminderDue(
    Guid BookingId,
    Guid PractitionerId,
    Guid CalendarId,
    Guid OrganisationId,
    string Departement,
    DateTimeOffset End,
    Guid? OrientationId = null
) : IIntegrationEvent;

/// <summary>An outside agenda is to be read now. Carries no address.</summary>
[EventName("slots.outside-agenda-due.v1")]
internal sealed record OutsideAgendaDue(Guid AgendaId) : IIntegrationEvent;
