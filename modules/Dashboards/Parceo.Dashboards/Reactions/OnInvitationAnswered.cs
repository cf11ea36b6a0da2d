using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;

namespace Parceo.Dashboards.Reactions;

/// <summary>They answered, or not (I6).</summary>
internal sealed class OnInvitationAnswered(FactStore facts) : IReaction<InvitationAnswered, DashboardsDb>
{
    public async Task Handle(InvitationAnswered e, CancellationToken ct) =>
        (await facts.Invitation(e.InvitationId, ct)).Settled(e.OrganisationId, e.Departement, e.Wave, e.Answer, e.SentAt, e.At);
}
