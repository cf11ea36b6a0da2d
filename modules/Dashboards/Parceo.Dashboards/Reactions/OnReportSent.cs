using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Feedback.Contracts;
using Parceo.Platform.Events;

namespace Parceo.Dashboards.Reactions;

/// <summary>It was sent (I9); when it is read, or how often, changes nothing.</summary>
internal sealed class OnReportSent(FactStore facts) : IReaction<ReportSent, DashboardsDb>
{
    public async Task Handle(ReportSent e, CancellationToken ct) =>
        (await facts.Booking(e.BookingId, ct)).Reported(e.FulfilledAt, e.SentAt);
}
