using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Events;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Reactions;

/// <summary>The others learn that it is taken, and the patient's identity opens to the acceptor only (W1.6).</summary>
internal sealed class OnOrientationAccepted(RegulationDb db, ConcernedOrientation concerned, TimeProvider clock)
    : IReaction<OrientationAccepted, RegulationDb>
{
    public async Task Handle(OrientationAccepted e, CancellationToken ct)
    {
        if (await concerned.Of(e.OrientationId, e.OrganisationId, ct) is not var (orientation, file))
            return;
        orientation.SettleOthers(clock.GetUtcNow());
        file.OpenTo(orientation.PractitionerId);
        foreach (var happened in orientation.TakeHappened())
            db.Publish(happened, orientation.Id);
    }
}
