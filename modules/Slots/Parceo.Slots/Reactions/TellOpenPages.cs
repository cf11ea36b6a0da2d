using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Events;
using Parceo.Slots.Hubs;

namespace Parceo.Slots.Reactions;

/// <summary>
/// A hint to pages after the commit: <c>changed(calendarId, rangeId, placesLeft)</c>. No patient data, no name. Losing
/// one is harmless: pages catch up by themselves when their connection returns.
/// </summary>
internal sealed class TellOpenPages(IHubContext<SlotsHub> hub, SlotsDb db)
    : IEffect<RangeClosed>,
        IEffect<HoldChanged>,
        IEffect<SlotBooked>,
        IEffect<PatientCompleted>,
        IEffect<BookingCancelled>,
        IEffect<OutcomeRecorded>,
        IEffect<AvailabilityChanged>
{
    public Task Handle(RangeClosed e, Guid eventId, CancellationToken ct) =>
        Tell(e.CalendarId, e.RangeId, 0, e.PractitionerId, e.Departement, ct);

    public Task Handle(HoldChanged e, Guid eventId, CancellationToken ct) =>
        Tell(e.CalendarId, e.RangeId, e.PlacesLeft, e.PractitionerId, e.Departement, ct);

    public Task Handle(SlotBooked e, Guid eventId, CancellationToken ct) =>
        Tell(e.CalendarId, e.RangeId, e.PlacesLeft, e.PractitionerId, e.Departement, ct);

    public Task Handle(PatientCompleted e, Guid eventId, CancellationToken ct) =>
        Tell(e.CalendarId, e.RangeId, null, e.PractitionerId, e.Departement, ct);

    public Task Handle(BookingCancelled e, Guid eventId, CancellationToken ct) =>
        Tell(e.CalendarId, e.RangeId, e.PlacesLeft, e.PractitionerId, e.Departement, ct);

    public Task Handle(OutcomeRecorded e, Guid eventId, CancellationToken ct) =>
        Tell(e.CalendarId, e.RangeId, null, e.PractitionerId, e.Departement, ct);

    public async Task Handle(AvailabilityChanged e, Guid eventId, CancellationToken ct)
    {
        var communes = await db
            .Calendars.Where(c => c.PractitionerId == e.PractitionerId && c.CommuneCode != null)
            .Select(c => c.CommuneCode!)
            .Distinct()
            .ToListAsync(ct);
        await hub
            .Clients.Groups([.. e.Departements.Concat(communes).Select(SlotsHub.Territory), SlotsHub.Agenda(e.PractitionerId)])
            .SendAsync("changed", null, null, null, ct);
    }

    private Task Tell(Guid calendar, Guid range, int? placesLeft, Guid practitioner, string departement, CancellationToken ct) =>
        Tell(hub, db, calendar, range, placesLeft, practitioner, departement, ct);

    // Events name the département only; the commune is the calendar's.
    internal static async Task Tell(
        IHubContext<SlotsHub> hub,
        SlotsDb db,
        Guid calendar,
        Guid range,
        int? placesLeft,
        Guid practitioner,
        string departement,
        CancellationToken ct
    )
    {
        var commune = await db.Calendars.Where(c => c.Id == calendar).Select(c => c.CommuneCode).SingleOrDefaultAsync(ct);
        string[] codes = commune is null ? [departement] : [departement, commune];
        await hub
            .Clients.Groups([.. codes.Select(SlotsHub.Territory), SlotsHub.Agenda(practitioner)])
            .SendAsync("changed", calendar, range, placesLeft, ct);
    }
}

/// <summary>
/// The same hint for new slots, by a subscriber of its own: eight weeks of a plan are hundreds at once, and no booking
/// waits behind them. It names no places left: somebody may have booked meanwhile.
/// </summary>
internal sealed class TellOfNewSlots(IHubContext<SlotsHub> hub, SlotsDb db) : IEffect<RangePublished>
{
    public Task Handle(RangePublished e, Guid eventId, CancellationToken ct) =>
        TellOpenPages.Tell(hub, db, e.CalendarId, e.RangeId, null, e.PractitionerId, e.Departement, ct);
}
