using Microsoft.AspNetCore.SignalR;
using Parceo.Directory.Contracts;
using Parceo.Platform;

namespace Parceo.Directory.Hubs;

/// <summary>Tells administrators that an import moved on; the page then asks for its state. Nothing travels here.</summary>
internal sealed class DirectoryHub(ICurrentUser user) : Hub
{
    public override Task OnConnectedAsync()
    {
        if (!user.Can(DirectoryPermissions.Import))
        {
            Context.Abort();
        }
        return Task.CompletedTask;
    }
}
