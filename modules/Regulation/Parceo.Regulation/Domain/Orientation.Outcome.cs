using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Events;

namespace Parceo.Regulation.Domain;

/// <summary>From the booking to the end (W1.4, W1.7 to W1.9). Facts of other modules are noted, never refused.</summary>
internal sealed partial class Orientation
{
    /// <summary>A place is held for it (W1.4). Whatever else goes on with it, a wave or a booking, is not disturbed.</summary>
    public void NoteHeld(Guid by, DateTimeOffset now)
    {
        HeldPlaces++;
        Version++;
        if (HeldPlaces <= 0 || State is not (OrientationState.Open or OrientationState.Searching))
            return;
        Become(OrientationState.Held, by, by == ClaimedBy ? ClaimedName : null, now);
        happened.Add(new OrientationHeld(Id, OrganisationId, true));
    }

    /// <summary>One of them is not held any more. After the last the search goes on, unless the booking is about to be told.</summary>
    /// <param name="booked">It ended by the orientation's own booking, made at <paramref name="at"/>.</param>
    public void NoteHoldEnded(bool booked, DateTimeOffset at, DateTimeOffset now)
    {
        HeldPlaces--;
        Version++;
        var bookingToCome = booked && !(BookedAt >= AsStored(at));
        if (State != OrientationState.Held || HeldPlaces > 0 || bookingToCome)
            return;
        Become(OrientationState.Searching, Guid.Empty, null, now);
        happened.Add(new OrientationHeld(Id, OrganisationId, false));
    }

    /// <summary>To the microsecond, as every engine keeps it.</summary>
    private static DateTimeOffset AsStored(DateTimeOffset at) => at.AddTicks(-(at.Ticks % 10));

    private void Search(Guid by, string? byName, DateTimeOffset now) =>
        Become(HeldPlaces > 0 ? OrientationState.Held : OrientationState.Searching, by, byName, now);

    /// <summary>
    /// A booking exists. Whatever was being asked is called off; an acceptance that lost against a slot booked at the
    /// same moment is undone and told so. An orientation has one live booking: of two the later one, in whatever order they are
    /// told. An orientation closed at the same moment is open again: the patient is expected, and whoever closed it is told.
    /// </summary>
    /// <param name="bookedAt">When the booking was made; now when null.</param>
    public void NoteBooked(Guid bookingId, Guid practitioner, DateTimeOffset start, DateTimeOffset now, DateTimeOffset? bookedAt = null)
    {
        var made = AsStored(bookedAt ?? now);
        if (BookingId == bookingId || made < BookedAt || Came is not null)
            return;
        var reopened = State is OrientationState.Closed or OrientationState.Escalated;
        // The booking may be told before the acceptance that it comes from: the others lost to that one, they were not let go.
        if (State == OrientationState.Accepted)
            SettleOthers(now);
        EndSolicitation(now);
        var winner = invitations.Find(i => i.Round == Round && i.State == InvitationState.Accepted);
        var solicited = State == OrientationState.Accepted && winner?.PractitionerId == practitioner;
        if (winner is not null && !solicited)
            Undo(winner, regulator: null, now);
        BookingId = bookingId;
        BookedAt = made;
        PractitionerId = practitioner;
        Start = start;
        EscalatedTo = null;
        ClosedAt = null;
        Become(OrientationState.Booked, Guid.Empty, null, now);
        happened.Add(
            new OrientationBooked(
                Id,
                OrganisationId,
                Departement,
                Kind,
                bookingId,
                practitioner,
                start,
                OpenedAt,
                now,
                solicited,
                OutsideSnp,
                MtPractitionerId,
                OpposedToReport,
                Commune,
                reopened,
                PatientId
            )
        );
    }

    /// <summary>
    /// The acceptance could not become a booking: nobody could, after all. Nobody is asked again by itself, since the
    /// acceptor may have seen the patient by now; the regulator is told and decides.
    /// </summary>
    public void UndoAcceptance(DateTimeOffset now)
    {
        if (State != OrientationState.Accepted)
            return;
        if (invitations.Find(i => i.Round == Round && i.State == InvitationState.Accepted) is { } winner)
            Undo(winner, SolicitedBy ?? OpenedBy, now);
        (PractitionerId, Start) = (null, null);
        BecomeUnfilled(now);
    }

    private void Undo(Invitation winner, Guid? regulator, DateTimeOffset now)
    {
        winner.Settle(InvitationState.Withdrawn, null, now);
        Answered(winner, "withdrawn", now);
        happened.Add(new AcceptanceUndone(Id, OrganisationId, winner.Id, winner.PractitionerId, regulator, now));
    }

    /// <summary>The booking was called off; the regulator searches again or closes.</summary>
    public void NoteCancelled(Guid bookingId, DateTimeOffset now)
    {
        if (BookingId != bookingId || State == OrientationState.Cancelled)
            return;
        BookingId = null;
        PractitionerId = null;
        Start = null;
        ClosedAt = null;
        if (invitations.Find(i => i.State == InvitationState.Accepted) is { } winner)
            winner.Settle(InvitationState.Withdrawn, null, now);
        Become(OrientationState.Cancelled, Guid.Empty, null, now);
    }

    /// <summary>Whether the patient came; a slip put right is followed. A known, non-opposed MT is owed a report (D22).</summary>
    public void NoteOutcome(Guid bookingId, bool came, DateTimeOffset now)
    {
        if (BookingId != bookingId)
            return;
        if (Came == came)
            return;
        Came = came;
        Become(came ? OrientationState.Fulfilled : OrientationState.NoShow, Guid.Empty, null, now);
        ClosedAt = null;
        if (!came)
            Close("noshow", Guid.Empty, null, now);
        else if (OwesReport)
            Become(OrientationState.FeedbackDue, Guid.Empty, null, now);
        else
            Close("fulfilled", Guid.Empty, null, now);
    }

    /// <summary>The MT has the report.</summary>
    public void NoteReported(DateTimeOffset now)
    {
        if (State == OrientationState.FeedbackDue)
            Close("fulfilled", Guid.Empty, null, now);
    }

    /// <summary>Sends the patient elsewhere, after the waves or instead of them (W1.7).</summary>
    public void Escalate(EscalatedTo to, Guid by, string? byName, DateTimeOffset now)
    {
        if (
            State
            is not (
                OrientationState.Open
                or OrientationState.Searching
                or OrientationState.Held
                or OrientationState.Soliciting
                or OrientationState.Unfilled
                or OrientationState.Cancelled
            )
        )
            throw new ConflictException("escalation_impossible");
        var unfilled = State == OrientationState.Unfilled;
        EndSolicitation(now);
        EscalatedTo = to;
        Become(OrientationState.Escalated, by, byName, now);
        ClosedAt = now;
        Release();
        happened.Add(new OrientationEscalated(Id, OrganisationId, Departement, Kind, CodeOf(to), OpenedAt, now, unfilled));
        happened.Add(new OrientationClosed(Id, OrganisationId, Departement, Kind, "escalated", OpenedAt, now));
    }

    /// <summary>The regulator ends an orientation that leads to nothing more: called off before or after a booking.</summary>
    public void CallOff(Guid by, string? byName, DateTimeOffset now)
    {
        if (
            State
            is not (
                OrientationState.Open
                or OrientationState.Searching
                or OrientationState.Held
                or OrientationState.Soliciting
                or OrientationState.Unfilled
                or OrientationState.Cancelled
            )
        )
            throw new ConflictException("close_impossible");
        EndSolicitation(now);
        if (State != OrientationState.Cancelled)
            Become(OrientationState.Cancelled, by, byName, now);
        Close("cancelled", by, byName, now);
    }

    /// <summary>Searches again after a cancelled booking or a no from everybody.</summary>
    public void Reopen(Guid by, string? byName, DateTimeOffset now)
    {
        if (State is not (OrientationState.Cancelled or OrientationState.Unfilled or OrientationState.Escalated))
            throw new ConflictException("reopen_impossible");
        (EscalatedTo, ClosedAt) = (null, null);
        Search(by, byName, now);
    }

    internal static string CodeOf(EscalatedTo to) =>
        to switch
        {
            Domain.EscalatedTo.Emergency => "emergency",
            Domain.EscalatedTo.DutyHouse => "duty_house",
            Domain.EscalatedTo.OtherTerritory => "other_territory",
            _ => "advice_only",
        };
}
