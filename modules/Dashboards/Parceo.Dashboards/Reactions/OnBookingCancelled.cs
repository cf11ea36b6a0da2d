using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>A cancelled booking counts nowhere.</summary>
internal sealed class OnBookingCancelled(FactStore facts) : IReaction<BookingCancelled, DashboardsDb>
{
    public async Task Handle(BookingCancelled e, CancellationToken ct) => (await facts.Booking(e.BookingId, ct)).Cancel();
}
