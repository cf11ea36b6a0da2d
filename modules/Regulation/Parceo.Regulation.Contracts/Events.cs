namespace Parceo.Regulation.Contracts;

/// <summary>The MT question was answered otherwise than at the opening (D24).</summary>
[EventName("regulation.treating-physician-changed.v1")]
public sealed record TreatingPhysicianChanged(Guid OrientationId, Guid OrganisationId, Guid? MtPractitionerId, bool OpposedToReport)
    : IIntegrationEvent;

/// <summary>A professional is asked whether they can see a patient: whoever tells people of things tells them.</summary>
[EventName("regulation.invitation-sent.v1")]
public sealed record InvitationSent(
    Guid InvitationId,
    Guid OrientationId,
    Guid OrganisationId,
    string Departement,
    Guid PractitionerId,
    int Wave,
    DateTimeOffset SentAt,
    DateTimeOffset Deadline,
    string? Commune = null
) : IIntegrationEvent;

/// <summary>An invitation is settled. Never shown by name to anybody but its regulators and the professional themselves (D31).</summary>
/// <param name="Answer"><c>accepted</c>, <c>declined</c>, <c>no_answer</c>, <c>taken</c> (somebody else was first) or <c>withdrawn</c>.</param>
[EventName("regulation.invitation-answered.v1")]
public sealed record InvitationAnswered(
    Guid InvitationId,
    Guid OrientationId,
    Guid OrganisationId,
    string Departement,
    Guid PractitionerId,
    int Wave,
    string Answer,
    DateTimeOffset SentAt,
    DateTimeOffset At
) : IIntegrationEvent;

/// <summary>The orientation has its booking (I3, I4).</summary>
/// <param name="Solicited">It came of a wave, not of a published slot.</param>
/// <param name="Commune">INSEE code of the place the patient called from, when known.</param>
/// <param name="Reopened">It had been closed or sent elsewhere at the same moment: whoever did so is told.</param>
/// <param name="PatientId">Reference to the patient.</param>
[EventName("regulation.orientation-booked.v1")]
public sealed record OrientationBooked(
    Guid OrientationId,
    Guid OrganisationId,
    string Departement,
    CareKind Kind,
    Guid BookingId,
    Guid PractitionerId,
    DateTimeOffset Start,
    DateTimeOffset OpenedAt,
    DateTimeOffset BookedAt,
    bool Solicited,
    bool OutsideSnp,
    Guid? MtPractitionerId,
    bool OpposedToReport,
    string? Commune = null,
    bool Reopened = false,
    Guid? PatientId = null
) : IIntegrationEvent;

/// <summary>All waves passed without an acceptance (I5).</summary>
[EventName("regulation.orientation-unfilled.v1")]
public sealed record OrientationUnfilled(
    Guid OrientationId,
    Guid OrganisationId,
    string Departement,
    CareKind Kind,
    DateTimeOffset OpenedAt,
    DateTimeOffset At,
    int Asked,
    bool OutsideSnp,
    string? Commune = null
) : IIntegrationEvent;
