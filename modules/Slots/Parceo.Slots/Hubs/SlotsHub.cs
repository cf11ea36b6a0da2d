using Microsoft.AspNetCore.SignalR;
using Parceo.Platform;
using Parceo.Slots.Contracts;

namespace Parceo.Slots.Hubs;

/// <summary>
/// Tells open pages that something changed; what they then show comes from the server. Regulators hear of their
/// territory, professionals (and who acts for them) of their own agenda. Nothing is accepted from clients.
/// </summary>
internal sealed class SlotsHub(ICurrentUser user) : Hub
{
    public override async Task OnConnectedAsync()
    {
        if (user.Can(SlotsPermissions.Search))
        {
            foreach (var code in user.Rights.Departements.Concat(user.Rights.Communes))
                await Groups.AddToGroupAsync(Context.ConnectionId, Territory(code), Context.ConnectionAborted);
        }
        foreach (var practitioner in user.Rights.PractitionersFor(SlotsPermissions.Publish))
            await Groups.AddToGroupAsync(Context.ConnectionId, Agenda(practitioner), Context.ConnectionAborted);
        await base.OnConnectedAsync();
    }

    /// <summary>Regulators of a département or of a commune: their codes are of different length.</summary>
    public static string Territory(string code) => $"territory:{code}";

    public static string Agenda(Guid practitioner) => $"agenda:{practitioner:n}";
}
