using Parceo.Platform.Events;
using Parceo.Regulation.Data;
using Parceo.Regulation.Services;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Reactions;

/// <summary>The orientation has its booking, whichever way it came. Bookings of two ranges may be told in any order: the later one counts.</summary>
internal sealed class OnSlotBooked(RegulationDb db, ConcernedOrientation concerned, TimeProvider clock)
    : IReaction<SlotBooked, RegulationDb>
{
    public async Task Handle(SlotBooked e, CancellationToken ct)
    {
        if (await concerned.Of(e.OrientationId, e.OrganisationId, ct) is not var (orientation, file))
            return;
        orientation.NoteBooked(e.BookingId, e.PractitionerId, e.Start, clock.GetUtcNow(), e.BookedAt);
        file.OpenTo(orientation.PractitionerId);
        foreach (var happened in orientation.TakeHappened())
            db.Publish(happened, orientation.Id);
    }
}
