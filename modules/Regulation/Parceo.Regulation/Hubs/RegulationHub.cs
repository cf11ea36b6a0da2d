using Microsoft.AspNetCore.SignalR;
using Parceo.Platform;
using Parceo.Regulation.Contracts;

namespace Parceo.Regulation.Hubs;

/// <summary>
/// Tells open pages that something changed; what they then show comes from the server. Regulators hear of their organisation's
/// cases, professionals (and who answers for them) of what they are asked. Nothing is accepted from clients.
/// </summary>
internal sealed class RegulationHub(ICurrentUser user) : Hub
{
    public override async Task OnConnectedAsync()
    {
        if (user.Can(RegulationPermissions.Orient))
            await Groups.AddToGroupAsync(Context.ConnectionId, Organisation(user.OrganisationId), Context.ConnectionAborted);
        foreach (var practitioner in user.Rights.PractitionersFor(RegulationPermissions.Answer))
            await Groups.AddToGroupAsync(Context.ConnectionId, Asked(practitioner), Context.ConnectionAborted);
        await base.OnConnectedAsync();
    }

    public static string Organisation(Guid organisation) => $"organisation:{organisation:n}";

    public static string Asked(Guid practitioner) => $"asked:{practitioner:n}";
}
