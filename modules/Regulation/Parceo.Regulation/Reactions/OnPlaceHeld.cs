using Parceo.Platform.Events;
using Parceo.Regulation.Data;
using Parceo.Regulation.Services;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Reactions;

/// <summary>A regulator holds a place for the orientation while they speak (W1.4).</summary>
internal sealed class OnPlaceHeld(RegulationDb db, ConcernedOrientation concerned, TimeProvider clock) : IReaction<PlaceHeld, RegulationDb>
{
    public async Task Handle(PlaceHeld e, CancellationToken ct)
    {
        if (await concerned.Of(e.OrientationId, e.OrganisationId, ct) is not var (orientation, _))
            return;
        orientation.NoteHeld(e.RegulatorId, clock.GetUtcNow());
        foreach (var happened in orientation.TakeHappened())
            db.Publish(happened, orientation.Id);
    }
}
