using Parceo.Platform.Events;
using Parceo.Regulation.Data;
using Parceo.Regulation.Services;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Reactions;

/// <summary>Whether the patient came (W1.8); a report to the MT may be owed from now on (D22).</summary>
internal sealed class OnOutcomeRecorded(RegulationDb db, ConcernedOrientation concerned, TimeProvider clock)
    : IReaction<OutcomeRecorded, RegulationDb>
{
    public async Task Handle(OutcomeRecorded e, CancellationToken ct)
    {
        if (
            e.Outcome is not ("fulfilled" or "noshow")
            || await concerned.Of(e.OrientationId, e.OrganisationId, ct) is not var (orientation, _)
        )
            return;
        orientation.NoteOutcome(e.BookingId, e.Outcome == "fulfilled", clock.GetUtcNow());
        foreach (var happened in orientation.TakeHappened())
            db.Publish(happened, orientation.Id);
    }
}
