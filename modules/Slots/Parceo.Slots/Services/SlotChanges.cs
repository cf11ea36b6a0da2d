using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Events;

namespace Parceo.Slots.Services;

/// <summary>What handlers share: find a range with its holds, and tell others of what became of it.</summary>
internal sealed class SlotChanges(SlotsDb db, Agendas agendas, PatientSeal seal, TimeProvider clock)
{
    public async Task<SlotRange> Range(Guid id, CancellationToken ct) =>
        await db.Ranges.Include(r => r.Holds).SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFoundException("slot_unknown");

    /// <summary>The range, for a booking that its professional's limits allow.</summary>
    /// <exception cref="ConflictException"><c>effector_limit</c></exception>
    public async Task<SlotRange> RangeToBook(Guid id, CancellationToken ct)
    {
        var range = await Range(id, ct);
        await agendas.RefuseBeyondLimit(range, ct);
        return range;
    }

    /// <summary>A booking of the caller's organisation or agenda.</summary>
    public async Task<Booking> Booking(Guid id, CancellationToken ct) =>
        await db.Bookings.SingleOrDefaultAsync(b => b.Id == id, ct) ?? throw new NotFoundException("booking_unknown");

    /// <summary>Whether the caller follows this booking: as a regulator of the organisation that made it, or as the professional who receives and whoever acts for them (S20).</summary>
    public static bool ActsOn(Booking booking, CallContext user) =>
        (booking.OrganisationId == user.OrganisationId && user.Rights.Permissions.Contains(SlotsPermissions.Book))
        || user.ActFor(SlotsPermissions.RecordOutcome, booking.PractitionerId);

    /// <summary>Calls a booking off and frees its place at once (D27).</summary>
    public async Task Cancel(Booking booking, Guid actor, DateTimeOffset now, CancellationToken ct)
    {
        var place = booking.Cancel(actor, now);
        db.Reach(booking.RangeId);
        var range = await Range(booking.RangeId, ct);
        range.FreePlace(place);
        db.Publish(
            new BookingCancelled(
                range.Id,
                booking.Id,
                range.PractitionerId,
                range.CalendarId,
                booking.OrganisationId,
                range.Departement,
                range.PlacesLeft,
                booking.OrientationId
            ),
            range.Id
        );
    }

    /// <summary>How people read who said it, when a regulator did: this module knows no names of regulators.</summary>
    public const string Regulators = "Régulation";

    public static PatientSheet SaidAtBooking(PatientTraits patient, Booking booking) =>
        PatientSheet.Empty.Say(new(patient.Name, patient.Phone), null, Regulators, booking.BookedAt);

    /// <summary>Keeps what is known of the patient by now, and tells of it when that is more than before.</summary>
    /// <param name="reason">A new one; null leaves it.</param>
    public void Know(Booking booking, PatientSheet sheet, string? reason = null)
    {
        var same = sheet.Entries.SequenceEqual(seal.Open(booking).Entries);
        if (same && reason is null)
            return; // repeated, or told by the other side: the round ends here
        if (!same)
            seal.Seal(booking, sheet);
        if (reason is not null)
            seal.SealReason(booking, reason);
        db.Publish(
            new PatientCompleted(
                booking.RangeId,
                booking.Id,
                booking.PractitionerId,
                booking.CalendarId,
                booking.OrganisationId,
                booking.Departement,
                booking.OrientationId
            ),
            booking.RangeId
        );
    }

    /// <summary>Stores a new booking, sealed, and tells of it.</summary>
    public void Booked(Booking booking, SlotRange range, PatientSheet sheet, string? reason)
    {
        seal.Seal(booking, sheet);
        if (!string.IsNullOrWhiteSpace(reason))
            seal.SealReason(booking, reason);
        db.Bookings.Add(booking);
        db.Publish(
            new SlotBooked(
                range.Id,
                booking.Id,
                range.PractitionerId,
                range.CalendarId,
                booking.OrganisationId,
                range.Departement,
                range.Start,
                range.PlacesLeft,
                range.Mode,
                booking.OrientationId,
                range.CommuneCode,
                booking.BookedAt,
                booking.PatientId
            ),
            range.Id
        );
        HoldsEnded(range, booking.BookedAt);
    }

    /// <summary>The agenda of a professional who accepted a patient, and whether that time is promised to somebody else.</summary>
    public async Task<(Agenda Agenda, bool IsPromised)> AgendaAt(
        Guid practitionerId,
        DateTimeOffset start,
        TimeSpan lasts,
        CancellationToken ct
    )
    {
        var agenda = await agendas.Agenda(practitionerId, ct);
        return (agenda, (await agendas.Promises([practitionerId], start, start + lasts, lasts, ct)).Count > 0);
    }

    /// <summary>The same for a patient accepted outside the agenda: the own slots of that time go off offer with it.</summary>
    public async Task BookedOutside(
        Agenda agenda,
        Booking booking,
        SlotRange range,
        PatientSheet sheet,
        string? reason,
        CancellationToken ct
    )
    {
        agenda.Touch(); // two acceptances, or an acceptance and a publication, take turns
        db.Ranges.Add(range);
        await agendas.Refresh(range.PractitionerId, range.Start, range.End, ct);
        Booked(booking, range, sheet, reason);
    }

    /// <summary>Gives a place back that the caller held.</summary>
    public async Task Release(Hold hold, CancellationToken ct)
    {
        db.Reach(hold.RangeId);
        var range = await Range(hold.RangeId, ct);
        if (range.ReleaseHold(hold.Id))
            HoldChanged(range);
    }

    /// <summary>Stores a new hold, and tells of it: the orientation's events are in the orientation's own order.</summary>
    public void Held(Hold hold, SlotRange range)
    {
        db.Holds.Add(hold);
        if (hold.OrientationId is { } orientation)
            db.Publish(
                new PlaceHeld(hold.Id, range.Id, orientation, hold.OrganisationId, hold.RegulatorId, clock.GetUtcNow()),
                orientation
            );
        HoldChanged(range);
    }

    public void HoldChanged(SlotRange range)
    {
        HoldsEnded(range, clock.GetUtcNow());
        db.Publish(new HoldChanged(range.Id, range.PractitionerId, range.CalendarId, range.Departement, range.PlacesLeft), range.Id);
    }

    private void HoldsEnded(SlotRange range, DateTimeOffset at)
    {
        foreach (var (hold, booked) in range.TakeEnded())
            if (hold.OrientationId is { } orientation)
                db.Publish(new HoldEnded(hold.Id, range.Id, orientation, hold.OrganisationId, booked, at), orientation);
    }
}
