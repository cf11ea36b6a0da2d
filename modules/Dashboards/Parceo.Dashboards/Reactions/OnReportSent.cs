using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Feedback.Contracts;
using Parceo.Platform.Events;

namespace Parceo.Dashboards.Reactions;

/// <summary>It was sent (I9); when it is read, or how often, changes nothing.</summary>
internal sealed class OnReportSent(Facts facts) : IReaction<ReportSent, DashboardsDb>
{
    public async Task Handle(ReportSent e, CancellationToken ct) => (await facts.Visit(e.BookingId, ct)).Reported(e.FulfilledAt, e.SentAt);
}
