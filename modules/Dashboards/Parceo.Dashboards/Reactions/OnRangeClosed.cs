using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>Withdrawn before anybody came: not visible after all (I8).</summary>
internal sealed class OnRangeClosed(Facts facts) : IReaction<RangeClosed, DashboardsDb>
{
    public async Task Handle(RangeClosed e, CancellationToken ct) => (await facts.Offer(e.RangeId, ct)).Closed(e.Booked);
}
