using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>Hours that regulators see (I8).</summary>
internal sealed class OnRangePublished(FactStore facts) : IReaction<RangePublished, DashboardsDb>
{
    public async Task Handle(RangePublished e, CancellationToken ct) =>
        (await facts.Range(e.RangeId, ct)).Published(e.PractitionerId, e.Departement, e.CommuneCode, e.Skill, e.Start, e.End);
}
