namespace Parceo.Slots.Contracts;

/// <summary>A slot or range was offered to regulators (I8).</summary>
/// <param name="CommuneCode">INSEE code of the place, when known.</param>
/// <param name="Skill">Group of specialties, <c>MEDECINE_GENERALE</c>.</param>
[EventName("slots.range-published.v1")]
public sealed record RangePublished(
    Guid RangeId,
    Guid PractitionerId,
    Guid CalendarId,
    string Departement,
    DateTimeOffset Start,
    DateTimeOffset End,
    int Capacity,
    string? CommuneCode = null,
    string? Skill = null
) : IIntegrationEvent;

/// <summary>It was withdrawn; bookings made before stay.</summary>
/// <param name="Booked">Somebody had taken a place by then: its hours were of use (I8).</param>
[EventName("slots.range-closed.v1")]
public sealed record RangeClosed(Guid RangeId, Guid PractitionerId, Guid CalendarId, string Departement, bool Booked = false)
    : IIntegrationEvent;

/// <summary>A regulator holds a place for an orientation (W1.4). Exactly one <see cref="HoldEnded"/> follows, in the orientation's own order.</summary>
/// <param name="OrganisationId">The regulator's: an orientation of another organisation is not meant.</param>
[EventName("slots.place-held.v1")]
public sealed record PlaceHeld(Guid HoldId, Guid RangeId, Guid OrientationId, Guid OrganisationId, Guid RegulatorId, DateTimeOffset At)
    : IIntegrationEvent;

/// <summary>It was given back, ran out or was booked.</summary>
/// <param name="Booked">By the orientation's own booking, of which <see cref="SlotBooked"/> tells; <paramref name="At"/> is when that was made.</param>
[EventName("slots.hold-ended.v1")]
public sealed record HoldEnded(Guid HoldId, Guid RangeId, Guid OrientationId, Guid OrganisationId, bool Booked, DateTimeOffset At)
    : IIntegrationEvent;

/// <summary>A patient was booked (I3: counted as redirected to town).</summary>
/// <param name="CommuneCode">INSEE code of the place, when known.</param>
/// <param name="BookedAt">When: of two bookings of an orientation the later one lives, whichever is told first.</param>
/// <param name="PatientId">Reference to the patient.</param>
[EventName("slots.slot-booked.v1")]
public sealed record SlotBooked(
    Guid RangeId,
    Guid BookingId,
    Guid PractitionerId,
    Guid CalendarId,
    Guid OrganisationId,
    string Departement,
    DateTimeOffset Start,
    int PlacesLeft,
    Mode Mode,
    Guid? OrientationId = null,
    string? CommuneCode = null,
    DateTimeOffset? BookedAt = null,
    Guid? PatientId = null
) : IIntegrationEvent;

/// <summary>Name or phone of a booking's patient were given or corrected. What they are is asked with <see cref="ExchangePatient"/>.</summary>
[EventName("slots.patient-completed.v1")]
public sealed record PatientCompleted(
    Guid RangeId,
    Guid BookingId,
    Guid PractitionerId,
    Guid CalendarId,
    Guid OrganisationId,
    string Departement,
    Guid? OrientationId
) : IIntegrationEvent;

/// <summary>A booking was cancelled; its place is free again if the slot is still to come (D27).</summary>
[EventName("slots.booking-cancelled.v1")]
public sealed record BookingCancelled(
    Guid RangeId,
    Guid BookingId,
    Guid PractitionerId,
    Guid CalendarId,
    Guid OrganisationId,
    string Departement,
    int PlacesLeft,
    Guid? OrientationId = null
) : IIntegrationEvent;

/// <summary>Whether the patient came is known (D29: <c>fulfilled</c>, <c>noshow</c>), or nobody said within 72 hours (<c>unknown</c>; may still be put right).</summary>
/// <param name="At">When it was said: the latest counts, whatever arrives first.</param>
[EventName("slots.outcome-recorded.v1")]
public sealed record OutcomeRecorded(
    Guid RangeId,
    Guid BookingId,
    Guid PractitionerId,
    Guid CalendarId,
    Guid OrganisationId,
    string Departement,
    string Outcome,
    Guid? OrientationId = null,
    DateTimeOffset? At = null,
    Guid? PatientId = null
) : IIntegrationEvent;

/// <summary>A professional takes nobody for a time (D28): what they are asked meanwhile is withdrawn.</summary>
/// <param name="To">Open-ended when null.</param>
[EventName("slots.absence-declared.v1")]
public sealed record AbsenceDeclared(Guid AbsenceId, Guid PractitionerId, DateTimeOffset From, DateTimeOffset? To) : IIntegrationEvent;

/// <summary>Ranges that an absence or an outside agenda hides from regulators, or that show again (D28, I8).</summary>
/// <param name="RangeIds">At most 200; a longer list comes in several events.</param>
/// <param name="At">When: the latest counts for each range.</param>
[EventName("slots.ranges-hidden.v1")]
public sealed record RangesHidden(Guid PractitionerId, IReadOnlyList<Guid> RangeIds, bool Hidden, DateTimeOffset At) : IIntegrationEvent;
