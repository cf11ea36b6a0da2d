using System.Net;
using Microsoft.EntityFrameworkCore;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Data;
using Parceo.Notifications.Events;
using Parceo.Notifications.Features;
using Parceo.Notifications.Push;
using Parceo.Platform;
using Parceo.Platform.Events;

namespace Parceo.Notifications.Reactions;

/// <summary>
/// Asks a push service to wake a device (RFC 8030), without any content. The outbox tries again while the service is
/// away; the service's own <c>Topic</c> replaces what it has not delivered yet, so a repeat wakes nobody twice.
/// </summary>
[SlowEffect]
internal sealed class WakeDevice(
    NotificationsDb db,
    SystemSender system,
    IHttpClientFactory http,
    PushServices services,
    Vapid vapid,
    TimeProvider clock
) : IEffect<PushWanted>
{
    public const string Client = "push";

    public async Task Handle(PushWanted e, Guid eventId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (e.Until <= now)
            return;
        var endpoint = await db.Devices.AsNoTracking().Where(d => d.Id == e.DeviceId).Select(d => d.Endpoint).SingleOrDefaultAsync(ct);
        var waits = await db.Notices.AnyAsync(n => n.Id == e.NoticeId && n.ReadAt == null, ct);
        if (endpoint is null || !waits || !services.Knows(endpoint))
            return;

        var address = new Uri(endpoint);
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.TryAddWithoutValidation("Authorization", vapid.Authorization(address));
        request.Headers.Add(
            "TTL",
            ((int)Math.Clamp(((e.Until ?? now.AddHours(12)) - now).TotalSeconds, 30, 86_400)).ToString(
                System.Globalization.CultureInfo.InvariantCulture
            )
        );
        request.Headers.Add("Urgency", e.Urgent ? "high" : "normal");
        request.Headers.Add("Topic", e.NoticeId.ToString("n"));
        using var client = http.CreateClient(Client);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            // The browser dropped the subscription.
            try
            {
                await system.Send(new ForgetDevice.Command(e.DeviceId), $"push-{eventId:n}", ct);
            }
            catch (NotFoundException)
            { /* somebody forgot it meanwhile */
            }
            return;
        }
        if ((int)answer.StatusCode is >= 400 and < 500 and not 429)
            return; // refused for good: trying again would change nothing
        answer.EnsureSuccessStatusCode();
    }
}
