using Microsoft.AspNetCore.SignalR;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Data;
using Parceo.Notifications.Events;
using Parceo.Notifications.Hubs;
using Parceo.Platform.Events;

namespace Parceo.Notifications.Reactions;

/// <summary>Tells the open pages of these people what their bell shows now. No text.</summary>
internal sealed class ShowNoticeCounts(NotificationsDb db, IHubContext<NotificationsHub> hub) : IEffect<NoticesChanged>
{
    public async Task Handle(NoticesChanged e, Guid eventId, CancellationToken ct)
    {
        foreach (var person in await Waiting.Of(db, e.People, ct))
        {
            var pages = hub.Clients.Group(NotificationsHub.Person(person.PersonId));
            await pages.SendAsync("count", person.Count, person.Urgent > 0, person.Urgent, ct);
            await pages.SendAsync("changed", ct);
        }
    }
}
