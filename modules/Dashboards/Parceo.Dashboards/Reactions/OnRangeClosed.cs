using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>Withdrawn before anybody came: not visible after all (I8).</summary>
internal sealed class OnRangeClosed(FactStore facts) : IReaction<RangeClosed, DashboardsDb>
{
    public async Task Handle(RangeClosed e, CancellationToken ct) => (await facts.Range(e.RangeId, ct)).Closed(e.Booked);
}
