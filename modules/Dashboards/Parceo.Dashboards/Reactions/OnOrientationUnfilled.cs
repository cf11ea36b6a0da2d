using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>Nobody could (I5).</summary>
internal sealed class OnOrientationUnfilled(FactStore facts) : IReaction<OrientationUnfilled, DashboardsDb>
{
    public async Task Handle(OrientationUnfilled e, CancellationToken ct) =>
        (await facts.Orientation(e.OrientationId, ct)).Unfilled(e.OrganisationId, e.Departement, e.Commune, e.At, e.OutsideSnp);
}
