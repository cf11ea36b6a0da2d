using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>A patient is received in town (I3).</summary>
internal sealed class OnSlotBooked(FactStore facts) : IReaction<SlotBooked, DashboardsDb>
{
    public async Task Handle(SlotBooked e, CancellationToken ct) =>
        (await facts.Booking(e.BookingId, ct)).Booked(e.OrganisationId, e.Departement, e.CommuneCode, e.Start, e.OrientationId);
}
