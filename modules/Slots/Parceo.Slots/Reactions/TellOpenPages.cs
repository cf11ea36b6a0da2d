using Microsoft.AspNetCore.SignalR;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;
using Parceo.Slots.Hubs;

namespace Parceo.Slots.Reactions;

/// <summary>
/// A hint to pages after the commit: <c>changed(calendarId, rangeId, placesLeft)</c>. No patient data, no name. Losing
/// one is harmless: pages catch up by themselves when their connection returns.
/// </summary>
internal sealed class TellOpenPages(IHubContext<SlotsHub> hub) :
    IEffect<RangePublished>, IEffect<RangeClosed>, IEffect<HoldChanged>, IEffect<SlotBooked>, IEffect<BookingCancelled>, IEffect<OutcomeRecorded>, IEffect<AvailabilityChanged>
{
    public Task Handle(RangePublished e, Guid eventId, CancellationToken ct) => Tell(e.CalendarId, e.RangeId, e.Capacity, e.PractitionerId, e.Departement, ct);
    public Task Handle(RangeClosed e, Guid eventId, CancellationToken ct) => Tell(e.CalendarId, e.RangeId, 0, e.PractitionerId, e.Departement, ct);
    public Task Handle(HoldChanged e, Guid eventId, CancellationToken ct) => Tell(e.CalendarId, e.RangeId, e.PlacesLeft, e.PractitionerId, e.Departement, ct);
    public Task Handle(SlotBooked e, Guid eventId, CancellationToken ct) => Tell(e.CalendarId, e.RangeId, e.PlacesLeft, e.PractitionerId, e.Departement, ct);
    public Task Handle(BookingCancelled e, Guid eventId, CancellationToken ct) => Tell(e.CalendarId, e.RangeId, e.PlacesLeft, e.PractitionerId, e.Departement, ct);
    public Task Handle(OutcomeRecorded e, Guid eventId, CancellationToken ct) =>
        hub.Clients.Groups(SlotsHub.Territory(e.Departement), SlotsHub.Agenda(e.PractitionerId)).SendAsync("changed", e.CalendarId, e.RangeId, null, ct);

    public Task Handle(AvailabilityChanged e, Guid eventId, CancellationToken ct) =>
        hub.Clients.Groups([.. e.Departements.Select(SlotsHub.Territory), SlotsHub.Agenda(e.PractitionerId)]).SendAsync("changed", null, null, null, ct);

    private Task Tell(Guid calendar, Guid range, int placesLeft, Guid practitioner, string departement, CancellationToken ct) =>
        hub.Clients.Groups(SlotsHub.Territory(departement), SlotsHub.Agenda(practitioner)).SendAsync("changed", calendar, range, placesLeft, ct);
}
