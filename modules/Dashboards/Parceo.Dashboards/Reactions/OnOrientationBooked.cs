using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>How long the patient waited (I4), and that the search found a place (I5).</summary>
internal sealed class OnOrientationBooked(FactStore facts) : IReaction<OrientationBooked, DashboardsDb>
{
    public async Task Handle(OrientationBooked e, CancellationToken ct)
    {
        (await facts.Booking(e.BookingId, ct)).Oriented(
            e.OrganisationId,
            e.Departement,
            e.Commune,
            e.Start,
            e.OrientationId,
            e.OpenedAt,
            e.OutsideSnp
        );
        (await facts.Orientation(e.OrientationId, ct)).Booked(e.OrganisationId, e.Departement, e.Commune, e.BookedAt, e.OutsideSnp);
    }
}
