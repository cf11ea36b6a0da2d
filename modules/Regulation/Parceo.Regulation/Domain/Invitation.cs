using Parceo.Platform;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Domain;

/// <summary>
/// One professional asked in one wave. Carries copies of who and where, nothing of the patient. The professional sees
/// their own, the regulators' organisation sees all of its orientation.
/// </summary>
internal sealed class Invitation
{
    private Invitation() { }

    internal Invitation(Guid id, Orientation of, int wave, EffectorToAsk who, DateTimeOffset now, DateTimeOffset deadline)
    {
        Id = id;
        OrientationId = of.Id;
        OrganisationId = of.OrganisationId;
        Departement = of.Departement;
        Round = of.Round;
        Wave = wave;
        PractitionerId = who.PractitionerId;
        CalendarId = who.CalendarId;
        Name = who.Name;
        LocationLabel = who.LocationLabel;
        Commune = who.Commune;
        Zone = who.Zone;
        DistanceKm = who.DistanceKm;
        (SentAt, Deadline, State) = (now, deadline, InvitationState.Sent);
    }

    public Guid Id { get; private set; }

    /// <summary>Of which orientation.</summary>
    public Guid OrientationId { get; private set; }

    /// <summary>The regulators' organisation.</summary>
    public Guid OrganisationId { get; private set; }

    /// <summary>Territory.</summary>
    public string Departement { get; private set; } = "";

    /// <summary>Which solicitation of the orientation, from 1.</summary>
    public int Round { get; private set; }

    /// <summary>0 the usual professional alone, then 1, 2, 3.</summary>
    public int Wave { get; private set; }

    /// <summary>Directory id of the professional.</summary>
    public Guid PractitionerId { get; private set; }

    /// <summary>Directory id of the activity: where they would see the patient.</summary>
    public Guid CalendarId { get; private set; }

    /// <summary>With the title.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Structure or street.</summary>
    public string LocationLabel { get; private set; } = "";

    /// <summary>Name of the commune.</summary>
    public string Commune { get; private set; } = "";

    /// <summary>IANA zone of the place.</summary>
    public string Zone { get; private set; } = "";

    /// <summary>From the patient, as the crow flies.</summary>
    public double DistanceKm { get; private set; }

    public DateTimeOffset SentAt { get; private set; }

    /// <summary>End of the wave, server time.</summary>
    public DateTimeOffset Deadline { get; private set; }

    /// <summary>Where it stands.</summary>
    public InvitationState State { get; private set; }

    /// <summary>When it was settled.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>The person who answered; null when time did.</summary>
    public Guid? AnsweredBy { get; private set; }

    /// <summary>Why not.</summary>
    public DeclineReason? Reason { get; private set; }

    /// <summary>1 for the accepted one, else null: at most one in a round, by a unique index.</summary>
    public int? Winner { get; private set; }

    /// <summary>Stale writers lose.</summary>
    public int Version { get; private set; }

    /// <summary>Whether it may still be answered.</summary>
    public bool IsOpen(DateTimeOffset now) => State == InvitationState.Sent && now < Deadline;

    /// <summary>Says no. Nobody is asked to justify it towards peers (D31).</summary>
    public void Decline(DeclineReason reason, Guid by, DateTimeOffset now)
    {
        Answerable(now);
        Reason = reason;
        Settle(InvitationState.Declined, by, now);
    }

    internal void Accept(Guid by, DateTimeOffset now)
    {
        Answerable(now);
        Winner = 1;
        Settle(InvitationState.Accepted, by, now);
    }

    internal void Settle(InvitationState state, Guid? by, DateTimeOffset now)
    {
        if (state != InvitationState.Accepted)
            Winner = null;
        (State, AnsweredBy, AnsweredAt) = (state, by, now);
        Version++;
    }

    /// <summary>Refuses with what happened meanwhile.</summary>
    /// <exception cref="ConflictException"><c>solicitation_taken</c>, <c>solicitation_over</c> or <c>solicitation_answered</c>.</exception>
    internal void Answerable(DateTimeOffset now)
    {
        if (State == InvitationState.Taken)
            throw new ConflictException("solicitation_taken");
        if (State is InvitationState.Accepted or InvitationState.Declined)
            throw new ConflictException("solicitation_answered");
        if (!IsOpen(now))
            throw new ConflictException("solicitation_over");
    }
}
