using Parceo.Platform.Events;
using Parceo.Regulation.Data;
using Parceo.Regulation.Services;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Reactions;

/// <summary>The place is given back; the regulator searches again or closes. The end of a booking that another one has followed changes nothing.</summary>
internal sealed class OnBookingCancelled(RegulationDb db, ConcernedOrientation concerned, TimeProvider clock)
    : IReaction<BookingCancelled, RegulationDb>
{
    public async Task Handle(BookingCancelled e, CancellationToken ct)
    {
        if (await concerned.Of(e.OrientationId, e.OrganisationId, ct) is not var (orientation, file))
            return;
        orientation.NoteCancelled(e.BookingId, clock.GetUtcNow());
        file.OpenTo(orientation.PractitionerId);
        foreach (var happened in orientation.TakeHappened())
            db.Publish(happened, orientation.Id);
    }
}
