using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>Hours that an absence takes away, or that come back (I8, D28).</summary>
internal sealed class OnRangesHidden(FactStore facts) : IReaction<RangesHidden, DashboardsDb>
{
    public async Task Handle(RangesHidden e, CancellationToken ct)
    {
        foreach (var offer in await facts.Ranges(e.RangeIds, ct))
            offer.Hide(e.Hidden, e.At);
    }
}
