using Parceo.Platform.Events;
using Parceo.Slots.Contracts;
using Parceo.Slots.Events;
using Parceo.Slots.Services;

namespace Parceo.Slots.Reactions;

/// <summary>A hint to open pages, after the commit.</summary>
internal sealed class TellOpenPages(SlotHints hints)
    : IEffect<RangeClosed>,
        IEffect<HoldChanged>,
        IEffect<SlotBooked>,
        IEffect<PatientCompleted>,
        IEffect<BookingCancelled>,
        IEffect<OutcomeRecorded>,
        IEffect<AvailabilityChanged>
{
    public Task Handle(RangeClosed e, Guid eventId, CancellationToken ct) =>
        hints.Range(e.CalendarId, e.RangeId, 0, e.PractitionerId, e.Departement, ct);

    public Task Handle(HoldChanged e, Guid eventId, CancellationToken ct) =>
        hints.Range(e.CalendarId, e.RangeId, e.PlacesLeft, e.PractitionerId, e.Departement, ct);

    public Task Handle(SlotBooked e, Guid eventId, CancellationToken ct) =>
        hints.Range(e.CalendarId, e.RangeId, e.PlacesLeft, e.PractitionerId, e.Departement, ct);

    public Task Handle(PatientCompleted e, Guid eventId, CancellationToken ct) =>
        hints.Range(e.CalendarId, e.RangeId, null, e.PractitionerId, e.Departement, ct);

    public Task Handle(BookingCancelled e, Guid eventId, CancellationToken ct) =>
        hints.Range(e.CalendarId, e.RangeId, e.PlacesLeft, e.PractitionerId, e.Departement, ct);

    public Task Handle(OutcomeRecorded e, Guid eventId, CancellationToken ct) =>
        hints.Range(e.CalendarId, e.RangeId, null, e.PractitionerId, e.Departement, ct);

    public Task Handle(AvailabilityChanged e, Guid eventId, CancellationToken ct) => hints.Agenda(e.PractitionerId, e.Departements, ct);
}

/// <summary>
/// The same hint for new slots, by a subscriber of its own: eight weeks of a plan are hundreds at once, and no booking
/// waits behind them. It names no places left: somebody may have booked meanwhile.
/// </summary>
internal sealed class TellOfNewSlots(SlotHints hints) : IEffect<RangePublished>
{
    public Task Handle(RangePublished e, Guid eventId, CancellationToken ct) =>
        hints.Range(e.CalendarId, e.RangeId, null, e.PractitionerId, e.Departement, ct);
}
