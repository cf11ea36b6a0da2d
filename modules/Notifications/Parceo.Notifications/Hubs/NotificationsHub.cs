using Microsoft.AspNetCore.SignalR;
using Parceo.Notifications.Data;
using Parceo.Platform;

namespace Parceo.Notifications.Hubs;

/// <summary>Tells a person's open pages how many notices wait: <c>count(n, urgent, when the newest urgent one came)</c>, and <c>changed</c> to their list. No text. Nothing is accepted from clients.</summary>
internal sealed class NotificationsHub(ICurrentUser user, NotificationsDb db) : Hub
{
    public override async Task OnConnectedAsync()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, Person(user.Id), Context.ConnectionAborted);
        var waiting = await Waiting.Of(db, [user.Id], Context.ConnectionAborted);
        if (waiting.Count > 0)
            await Clients.Caller.SendAsync("count", waiting[0].Count, false, waiting[0].Urgent, Context.ConnectionAborted);
        await base.OnConnectedAsync();
    }

    public static string Person(Guid id) => $"person:{id:n}";
}
