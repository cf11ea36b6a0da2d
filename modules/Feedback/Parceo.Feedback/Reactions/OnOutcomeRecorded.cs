using Parceo.Feedback.Data;
using Parceo.Feedback.Services;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Feedback.Reactions;

/// <summary>The patient came, or did not: a slip may be put right.</summary>
internal sealed class OnOutcomeRecorded(OwedReports reports, TimeProvider clock) : IReaction<OutcomeRecorded, FeedbackDb>
{
    public async Task Handle(OutcomeRecorded e, CancellationToken ct)
    {
        var report = await reports.Of(e.BookingId, ct);
        report.About(e.PatientId);
        if (e.Outcome == "fulfilled")
        {
            if (report.Fulfil(e.OrganisationId, e.Departement, e.PractitionerId, clock.GetUtcNow()))
                reports.Owe(report);
        }
        else if (report.NotSeen())
            reports.Waive(report);
    }
}
