using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>Somebody is asked (I6).</summary>
internal sealed class OnInvitationSent(FactStore facts) : IReaction<InvitationSent, DashboardsDb>
{
    public async Task Handle(InvitationSent e, CancellationToken ct) =>
        (await facts.Invitation(e.InvitationId, ct)).Sent(e.OrganisationId, e.Departement, e.Commune, e.Wave, e.SentAt);
}
