using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation;

/// <summary>An orientation as the regulators' list shows it.</summary>
internal sealed record OrientationLine(
    Guid Id,
    string CaseReference,
    int Age,
    Sex Sex,
    CareKind Kind,
    ReasonClass Reason,
    string LocationLabel,
    string Departement,
    OrientationState State,
    DateTimeOffset OpenedAt,
    DateTimeOffset WantedBefore,
    bool OutsideSnp,
    Guid? ClaimedBy,
    string? ClaimedName,
    DateTimeOffset? ClaimedUntil,
    int Wave,
    DateTimeOffset? WaveStartedAt,
    DateTimeOffset? WaveEndsAt,
    DateTimeOffset? Start,
    DateTimeOffset? ClosedAt
)
{
    public static OrientationLine Of(Orientation o) =>
        new(
            o.Id,
            o.CaseReference,
            o.Age,
            o.Sex,
            o.Kind,
            o.Reason,
            o.LocationLabel,
            o.Departement,
            o.State,
            o.OpenedAt,
            o.WantedBefore,
            o.OutsideSnp,
            o.ClaimedBy,
            o.ClaimedName,
            o.ClaimedUntil,
            o.Wave,
            o.WaveStartedAt,
            o.WaveEndsAt,
            o.Start,
            o.ClosedAt
        );
}

/// <summary>Somebody asked, as the regulators see them; in the order in which they were asked, never ranked (D31).</summary>
internal sealed record InvitationView(
    Guid InvitationId,
    int Round,
    int Wave,
    Guid PractitionerId,
    string Name,
    string Commune,
    double DistanceKm,
    InvitationState State,
    DateTimeOffset SentAt,
    DateTimeOffset Deadline,
    DateTimeOffset? AnsweredAt,
    DeclineReason? Reason
)
{
    public static InvitationView Of(Invitation i) =>
        new(
            i.Id,
            i.Round,
            i.Wave,
            i.PractitionerId,
            i.Name,
            i.Commune,
            i.DistanceKm,
            i.State,
            i.SentAt,
            i.Deadline,
            i.AnsweredAt,
            i.Reason
        );
}

/// <summary>What comes of asking the médecin traitant.</summary>
/// <param name="First">The next wave asks them first and alone, unless something keeps it from that.</param>
/// <param name="Obstacle">Why they cannot be asked; null when they can.</param>
/// <param name="Declined">They said no already.</param>
/// <param name="Minutes">How long they are asked alone.</param>
internal sealed record MtToAsk(bool First, AskingObstacle? Obstacle, bool Declined, int Minutes)
{
    /// <summary>Whether asking them would reach them.</summary>
    public bool CanBeAsked => Obstacle is null && !Declined;
}

/// <summary>A state reached.</summary>
internal sealed record StepView(OrientationState State, string? ActorName, DateTimeOffset At);

/// <summary>
/// A solicitation as the professional asked sees it. Before the acceptance: age band, class of the reason, commune,
/// deadline, nothing else; <see cref="Patient"/> opens to the acceptor only (W1.6).
/// </summary>
internal sealed record ReceivedInvitation(
    Guid InvitationId,
    Guid PractitionerId,
    string PractitionerName,
    int AgeFrom,
    int? AgeTo,
    ReasonClass Reason,
    CareKind Kind,
    Mode? Mode,
    string Commune,
    double DistanceKm,
    DateTimeOffset WantedBefore,
    DateTimeOffset SentAt,
    DateTimeOffset Deadline,
    int Wave,
    InvitationState State,
    string Zone,
    DateTimeOffset? Start,
    AcceptedPatient? Patient
)
{
    /// <summary>When the professional is promised to another patient, while the answer is open: times not to offer.</summary>
    public IReadOnlyList<Promise> Promised { get; init; } = [];
}

/// <summary>Who is coming: for the acceptor.</summary>
internal sealed record AcceptedPatient(string CaseReference, int Age, Sex Sex, string? Name, string? Phone, string? Text);
