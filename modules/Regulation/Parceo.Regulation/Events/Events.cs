using Parceo.Regulation.Contracts;

namespace Parceo.Regulation.Events;

/// <summary>A regulator opened an orientation.</summary>
/// <param name="MtPractitionerId">Directory id of the médecin traitant; null when there is none or they are unknown.</param>
/// <param name="OpposedToReport">The patient refuses a report to the MT.</param>
/// <param name="OutsideSnp">Wanted beyond 48 h: not unscheduled care (D25), left out of the SNP indicators.</param>
[EventName("regulation.orientation-opened.v1")]
internal sealed record OrientationOpened(
    Guid OrientationId,
    Guid OrganisationId,
    string Departement,
    CareKind Kind,
    DateTimeOffset OpenedAt,
    DateTimeOffset WantedBefore,
    bool OutsideSnp,
    Guid? MtPractitionerId,
    bool OpposedToReport
) : IIntegrationEvent;

/// <summary>Who the patient is was said or corrected, here or at the booking (D14). Carries nothing of it.</summary>
[EventName("regulation.patient-identified.v1")]
internal sealed record PatientIdentified(Guid OrientationId, Guid OrganisationId) : IIntegrationEvent;

/// <summary>A place is held for it, or none any more (W1.4): for the regulators' open pages.</summary>
[EventName("regulation.orientation-held.v1")]
internal sealed record OrientationHeld(Guid OrientationId, Guid OrganisationId, bool Held) : IIntegrationEvent;

/// <summary>A wave of solicitation began (I6). Wave 0 is the usual professional, asked alone.</summary>
[EventName("regulation.wave-started.v1")]
internal sealed record WaveStarted(
    Guid OrientationId,
    Guid OrganisationId,
    string Departement,
    int Round,
    int Wave,
    int Asked,
    DateTimeOffset StartedAt,
    DateTimeOffset EndsAt
) : IIntegrationEvent;

/// <summary>A professional accepted and said when; the booking follows.</summary>
/// <param name="Start">When they see the patient.</param>
/// <param name="RegulatorId">Who asked.</param>
[EventName("regulation.orientation-accepted.v1")]
internal sealed record OrientationAccepted(
    Guid OrientationId,
    Guid OrganisationId,
    string Departement,
    Guid InvitationId,
    Guid PractitionerId,
    Guid CalendarId,
    int Wave,
    DateTimeOffset Start,
    Guid RegulatorId,
    DateTimeOffset AcceptedAt
) : IIntegrationEvent;

/// <summary>An acceptance did not become a booking: the patient is not theirs after all.</summary>
/// <param name="PractitionerId">Who had accepted.</param>
/// <param name="RegulatorId">Who asked and must look at the orientation again; null when it has another booking.</param>
[EventName("regulation.acceptance-undone.v1")]
internal sealed record AcceptanceUndone(
    Guid OrientationId,
    Guid OrganisationId,
    Guid InvitationId,
    Guid PractitionerId,
    Guid? RegulatorId,
    DateTimeOffset At
) : IIntegrationEvent;

/// <summary>The regulator sent the patient elsewhere (W1.7).</summary>
/// <param name="To"><c>emergency</c>, <c>duty_house</c>, <c>other_territory</c> or <c>advice_only</c>.</param>
[EventName("regulation.orientation-escalated.v1")]
internal sealed record OrientationEscalated(
    Guid OrientationId,
    Guid OrganisationId,
    string Departement,
    CareKind Kind,
    string To,
    DateTimeOffset OpenedAt,
    DateTimeOffset At,
    bool AfterUnfilled
) : IIntegrationEvent;

/// <summary>Nothing is left to do for it.</summary>
/// <param name="Outcome"><c>fulfilled</c>, <c>noshow</c>, <c>cancelled</c> or <c>escalated</c>.</param>
[EventName("regulation.orientation-closed.v1")]
internal sealed record OrientationClosed(
    Guid OrientationId,
    Guid OrganisationId,
    string Departement,
    CareKind Kind,
    string Outcome,
    DateTimeOffset OpenedAt,
    DateTimeOffset ClosedAt
) : IIntegrationEvent;
