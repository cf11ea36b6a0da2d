using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Events;
using Parceo.Regulation.Hubs;

namespace Parceo.Regulation.Reactions;

/// <summary>
/// A hint to pages after the commit, <c>changed(orientationId)</c>: no patient data, no name. Losing one is harmless, pages
/// catch up by themselves. What is told to each professional says nothing of the others.
/// </summary>
internal sealed class TellOpenPages(IHubContext<RegulationHub> hub, RegulationDb db)
    : IEffect<OrientationOpened>,
        IEffect<TreatingPhysicianChanged>,
        IEffect<PatientIdentified>,
        IEffect<OrientationHeld>,
        IEffect<WaveStarted>,
        IEffect<InvitationAnswered>,
        IEffect<OrientationAccepted>,
        IEffect<OrientationBooked>,
        IEffect<OrientationUnfilled>,
        IEffect<OrientationEscalated>,
        IEffect<OrientationClosed>
{
    public Task Handle(OrientationOpened e, Guid eventId, CancellationToken ct) => Regulators(e.OrganisationId, e.OrientationId, ct);

    public Task Handle(TreatingPhysicianChanged e, Guid eventId, CancellationToken ct) => Regulators(e.OrganisationId, e.OrientationId, ct);

    public Task Handle(PatientIdentified e, Guid eventId, CancellationToken ct) => Regulators(e.OrganisationId, e.OrientationId, ct);

    public Task Handle(OrientationHeld e, Guid eventId, CancellationToken ct) => Regulators(e.OrganisationId, e.OrientationId, ct);

    public Task Handle(OrientationUnfilled e, Guid eventId, CancellationToken ct) => Regulators(e.OrganisationId, e.OrientationId, ct);

    public Task Handle(OrientationEscalated e, Guid eventId, CancellationToken ct) => Regulators(e.OrganisationId, e.OrientationId, ct);

    public Task Handle(OrientationClosed e, Guid eventId, CancellationToken ct) => Regulators(e.OrganisationId, e.OrientationId, ct);

    public Task Handle(OrientationBooked e, Guid eventId, CancellationToken ct) =>
        Both(e.OrganisationId, e.OrientationId, e.PractitionerId, ct);

    // Of the answers that the end of a wave makes by the dozen, regulators hear by the wave's own event; those who were too late
    // have heard with the acceptance.
    public Task Handle(InvitationAnswered e, Guid eventId, CancellationToken ct) =>
        e.Answer switch
        {
            "declined" or "withdrawn" => Both(e.OrganisationId, e.OrientationId, e.PractitionerId, ct),
            "taken" => Task.CompletedTask,
            _ => hub.Clients.Group(RegulationHub.Asked(e.PractitionerId)).SendAsync("changed", e.OrientationId, ct),
        };

    /// <summary>Everybody whom the wave asks hears at once, not one after the other as their invitations are delivered.</summary>
    public async Task Handle(WaveStarted e, Guid eventId, CancellationToken ct)
    {
        var asked = await db
            .Invitations.Where(i => i.OrientationId == e.OrientationId && i.Round == e.Round && i.Wave == e.Wave)
            .Select(i => i.PractitionerId)
            .Distinct()
            .ToListAsync(ct);
        await hub
            .Clients.Groups([RegulationHub.Organisation(e.OrganisationId), .. asked.Select(RegulationHub.Asked)])
            .SendAsync("changed", e.OrientationId, ct);
    }

    /// <summary>Everybody who was asked hears at once that it is taken, not one after the other as their invitations are settled.</summary>
    public async Task Handle(OrientationAccepted e, Guid eventId, CancellationToken ct)
    {
        var late = await db
            .Invitations.Where(i =>
                i.OrientationId == e.OrientationId && (i.State == InvitationState.Sent || i.State == InvitationState.Taken)
            )
            .Select(i => i.PractitionerId)
            .Distinct()
            .ToListAsync(ct);
        await hub
            .Clients.Groups([
                RegulationHub.Organisation(e.OrganisationId),
                RegulationHub.Asked(e.PractitionerId),
                .. late.Select(RegulationHub.Asked),
            ])
            .SendAsync("changed", e.OrientationId, ct);
    }

    private Task Regulators(Guid organisation, Guid orientation, CancellationToken ct) =>
        hub.Clients.Group(RegulationHub.Organisation(organisation)).SendAsync("changed", orientation, ct);

    private Task Both(Guid organisation, Guid orientation, Guid practitioner, CancellationToken ct) =>
        hub
            .Clients.Groups(RegulationHub.Organisation(organisation), RegulationHub.Asked(practitioner))
            .SendAsync("changed", orientation, ct);
}
