using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>Hours that an absence takes away, or that come back (I8, D28).</summary>
internal sealed class OnRangesHidden(Facts facts) : IReaction<RangesHidden, DashboardsDb>
{
    public async Task Handle(RangesHidden e, CancellationToken ct)
    {
        foreach (var offer in await facts.Offers(e.RangeIds, ct))
            offer.Hide(e.Hidden, e.At);
    }
}
