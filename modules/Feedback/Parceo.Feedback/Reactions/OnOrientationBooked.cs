using Parceo.Feedback.Data;
using Parceo.Feedback.Services;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;

namespace Parceo.Feedback.Reactions;

/// <summary>Whose patient is expected, and who their médecin traitant is.</summary>
internal sealed class OnOrientationBooked(OwedReports reports) : IReaction<OrientationBooked, FeedbackDb>
{
    public async Task Handle(OrientationBooked e, CancellationToken ct)
    {
        var report = await reports.Of(e.BookingId, ct);
        report.About(e.PatientId);
        if (
            report.Learn(e.OrientationId, e.OrganisationId, e.Departement, e.PractitionerId, e.MtPractitionerId, e.OpposedToReport, e.Start)
        )
            reports.Owe(report);
    }
}
