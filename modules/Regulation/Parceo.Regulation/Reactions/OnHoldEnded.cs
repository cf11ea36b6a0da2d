using Parceo.Platform.Events;
using Parceo.Regulation.Data;
using Parceo.Regulation.Services;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Reactions;

/// <summary>A place held for the orientation was given back, ran out, or is booked.</summary>
internal sealed class OnHoldEnded(RegulationDb db, ConcernedOrientation concerned, TimeProvider clock) : IReaction<HoldEnded, RegulationDb>
{
    public async Task Handle(HoldEnded e, CancellationToken ct)
    {
        if (await concerned.Of(e.OrientationId, e.OrganisationId, ct) is not var (orientation, _))
            return;
        orientation.NoteHoldEnded(e.Booked, e.At, clock.GetUtcNow());
        foreach (var happened in orientation.TakeHappened())
            db.Publish(happened, orientation.Id);
    }
}
