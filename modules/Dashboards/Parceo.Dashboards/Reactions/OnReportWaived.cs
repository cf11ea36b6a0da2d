using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Feedback.Contracts;
using Parceo.Platform.Events;

namespace Parceo.Dashboards.Reactions;

/// <summary>It is not owed after all (I9).</summary>
internal sealed class OnReportWaived(FactStore facts) : IReaction<ReportWaived, DashboardsDb>
{
    public async Task Handle(ReportWaived e, CancellationToken ct) => (await facts.Booking(e.BookingId, ct)).Waive();
}
