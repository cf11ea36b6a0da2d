using Parceo.Platform;

namespace Parceo.Slots.Domain;

/// <summary>Values of D29, equal to the national platform's.</summary>
internal enum BookingState
{
    /// <summary>The patient is expected.</summary>
    Booked,

    /// <summary>The patient came.</summary>
    Fulfilled,

    /// <summary>The patient did not come.</summary>
    NoShow,

    /// <summary>Called off; the place is free again.</summary>
    Cancelled,

    /// <summary>Nobody said within 72 hours (W1.8): outside the no-show rate, and still to be put right.</summary>
    Unknown,
}

/// <summary>
/// A patient's place in a range. Belongs to the regulator's organisation; the professional who receives sees it too.
/// Name, phone and reason are stored sealed (S29), see <c>PatientSeal</c>.
/// </summary>
internal sealed class Booking
{
    private Booking() { }

    internal Booking(
        Guid id,
        SlotRange range,
        int place,
        Guid regulatorId,
        Guid organisationId,
        string caseReference,
        PatientTraits patient,
        DateTimeOffset now,
        Guid? orientationId = null
    )
    {
        Id = id;
        RangeId = range.Id;
        Place = place;
        RegulatorId = regulatorId;
        OrganisationId = organisationId;
        PractitionerId = range.PractitionerId;
        CalendarId = range.CalendarId;
        Departement = range.Departement;
        Start = range.Start;
        End = range.End;
        Mode = range.Mode;
        CaseReference = caseReference;
        PatientId = orientationId ?? id;
        Age = patient.Age;
        Sex = patient.Sex;
        BookedAt = now;
        State = BookingState.Booked;
        (ChangedAt, ChangedBy, OrientationId) = (now, regulatorId, orientationId);
    }

    public Guid Id { get; private set; }

    public Guid RangeId { get; private set; }

    /// <summary>1 to capacity, unique in the range; null once cancelled.</summary>
    public int? Place { get; private set; }

    /// <summary>The professional who receives.</summary>
    public Guid PractitionerId { get; private set; }

    /// <summary>At which place.</summary>
    public Guid CalendarId { get; private set; }

    /// <summary>Territory.</summary>
    public string Departement { get; private set; } = "";

    /// <summary>Copied from the range, UTC.</summary>
    public DateTimeOffset Start { get; private set; }

    /// <summary>Copied from the range, UTC.</summary>
    public DateTimeOffset End { get; private set; }

    /// <summary>Copied from the range.</summary>
    public Mode Mode { get; private set; }

    /// <summary>Who booked.</summary>
    public Guid RegulatorId { get; private set; }

    /// <summary>For which organisation: the tenant.</summary>
    public Guid OrganisationId { get; private set; }

    /// <summary>Number of the dispatch case (DRM).</summary>
    public string CaseReference { get; private set; } = "";

    /// <summary>The orientation it answers, when there is one; at most one live booking each.</summary>
    public Guid? OrientationId { get; private set; }

    /// <summary>The professional is the patient's médecin traitant, as far as was told (D26).</summary>
    public bool OwnPatient { get; private set; }

    public int Age { get; private set; }

    public Sex Sex { get; private set; }

    /// <summary>Reference to the patient: made by the orientation, or here when there is none.</summary>
    public Guid PatientId { get; private set; }

    /// <summary>Who the patient is and who said so, sealed; null while nobody has.</summary>
    public byte[]? SealedIdentity { get; private set; }

    /// <summary>Why they come and what the regulators noted, sealed; null while nobody has said.</summary>
    public byte[]? SealedReason { get; private set; }

    public BookingState State { get; private set; }

    /// <summary>When it was booked.</summary>
    public DateTimeOffset BookedAt { get; private set; }

    /// <summary>Last change of state (D29: actor and time).</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Who made it.</summary>
    public Guid ChangedBy { get; private set; }

    /// <summary>Stale writers lose (S57).</summary>
    public int Version { get; private set; }

    /// <summary>Takes the sealed form of the patient's identity, the only one that is stored.</summary>
    public void Seal(byte[] identity)
    {
        SealedIdentity = identity;
        Version++;
    }

    /// <summary>Takes the sealed form of the reason.</summary>
    public void SealReason(byte[] reason)
    {
        SealedReason = reason;
        Version++;
    }

    /// <summary>Whether the professional is the patient's médecin traitant; may be learnt long after the booking.</summary>
    public void NoteOwnPatient(bool own)
    {
        if (OwnPatient == own)
            return;
        OwnPatient = own;
        Version++;
    }

    /// <summary>Calls the booking off; the caller frees the place in the range.</summary>
    /// <returns>The place it had.</returns>
    public int Cancel(Guid actor, DateTimeOffset now)
    {
        if (State != BookingState.Booked)
            throw new ConflictException("booking_closed");
        var place = Place!.Value;
        Place = null;
        Become(BookingState.Cancelled, actor, now);
        return place;
    }

    /// <summary>After the slot's end, the outcome is asked for again (W1.8).</summary>
    public static readonly TimeSpan RemindAfter = TimeSpan.FromHours(24),
        UnknownAfter = TimeSpan.FromHours(72);

    /// <summary>When the professional was reminded of the missing outcome.</summary>
    public DateTimeOffset? RemindedAt { get; private set; }

    /// <summary>Time has passed: reminds once at 24 h, gives up at 72 h.</summary>
    /// <returns>Whether a reminder is due.</returns>
    public bool FollowUp(DateTimeOffset now)
    {
        if (State != BookingState.Booked || now < End + RemindAfter)
            return false;
        if (now >= End + UnknownAfter)
        {
            Become(BookingState.Unknown, Guid.Empty, now);
            return false;
        }
        if (RemindedAt is not null)
            return false;
        RemindedAt = now;
        Version++;
        return true;
    }

    /// <summary>Says whether the patient came; a slip can be put right (fulfilled ⇄ noshow).</summary>
    public void RecordOutcome(BookingState outcome, Guid actor, DateTimeOffset now)
    {
        if (outcome is not (BookingState.Fulfilled or BookingState.NoShow))
            throw InvalidException.Of("outcome", "outcome_unknown");
        if (State == BookingState.Cancelled)
            throw new ConflictException("booking_closed");
        if (Start > now)
            throw new ConflictException("outcome_too_early");
        if (State == outcome)
            return;
        Become(outcome, actor, now);
    }

    private void Become(BookingState state, Guid actor, DateTimeOffset now)
    {
        (State, ChangedAt, ChangedBy) = (state, now, actor);
        Version++;
    }
}
