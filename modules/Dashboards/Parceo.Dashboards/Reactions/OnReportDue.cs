using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Feedback.Contracts;
using Parceo.Platform.Events;

namespace Parceo.Dashboards.Reactions;

/// <summary>A report to the médecin traitant is owed (I9).</summary>
internal sealed class OnReportDue(FactStore facts) : IReaction<ReportDue, DashboardsDb>
{
    public async Task Handle(ReportDue e, CancellationToken ct) => (await facts.Booking(e.BookingId, ct)).Owe(e.FulfilledAt);
}
