using Microsoft.EntityFrameworkCore;
using Parceo.Feedback.Data;
using Parceo.Feedback.Domain;
using Parceo.Feedback.Services;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;

namespace Parceo.Feedback.Reactions;

/// <summary>The MT question was answered anew (D24).</summary>
internal sealed class OnTreatingPhysicianChanged(FeedbackDb db, OwedReports reports) : IReaction<TreatingPhysicianChanged, FeedbackDb>
{
    public async Task Handle(TreatingPhysicianChanged e, CancellationToken ct)
    {
        foreach (var report in await db.Reports.Where(r => r.OrientationId == e.OrientationId).ToListAsync(ct))
        {
            var owed = report.State == ReportState.Due;
            if (report.Answer(e.MtPractitionerId, e.OpposedToReport))
                reports.Owe(report);
            else if (owed && report.State == ReportState.NotOwed)
                reports.Waive(report);
        }
    }
}
