using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Data;
using Parceo.Notifications.Features;
using Parceo.Notifications.Hubs;
using Parceo.Notifications.Push;
using Parceo.Notifications.Reactions;
using Parceo.Notifications.Services;
using Parceo.Platform;
using Parceo.Platform.State;

namespace Parceo.Notifications;

/// <summary>How people are told: their list of notices, the bell, and pushes without content to the devices they chose.</summary>
public sealed class NotificationsModule : IParceoModule
{
    /// <inheritdoc/>
    public string Name => "notifications";

    /// <inheritdoc/>
    public void AddServices(ModuleBuilder module)
    {
        module.AddDb<NotificationsDb>();
        module.AddAddresses("/notifications", "/parceo-worker.js");
        module.Services.AddScoped<NamesOfNotices>();
        module.AddNoticeSubject(NoticeSubjects.Rights, "Un droit pris dans mon organisation", "user-check");
        module.AddLastingKey(Vapid.KeyName);
        module.AddFigure<NotificationsDb>(
            "mail_due",
            "Courriels d’avis à écrire",
            "Le travail « notifications.mail-waiting » ne suit pas ou le serveur de courriel ne répond pas : regardez le journal du serveur.",
            FigureUnit.Count,
            500,
            async (db, now, ct) => await db.Notices.CountAsync(n => n.MailAt <= now, ct)
        );
        module.AddJob<PushDue.Command>("notifications.push-due", "Envoyer les notifications aux appareils", "4/15 * * * * *");
        module.AddJob<MailWaiting.Command>("notifications.mail-waiting", "Envoyer les avis par courriel", "29 * * * * *");
        module.AddSlicedJob<PruneNotices.Command>("notifications.prune", "Effacer les anciennes notifications", "34 1-4 * * *");
        module.Services.AddSingleton<PushServices>().AddSingleton<Vapid>();
        module
            .Services.AddHttpClient(WakeDevice.Client, c => c.Timeout = TimeSpan.FromSeconds(10))
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    ConnectTimeout = TimeSpan.FromSeconds(5),
                }
            );
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapHub<NotificationsHub>("/hubs/notifications").RequireAuthorization();
        // At the root, because a service worker may only serve the folder that it comes from.
        routes
            .MapGet("/parceo-worker.js", (HttpContext http) =>
            {
                http.Response.Headers.CacheControl = "no-cache";
                return Results.Stream(
                    typeof(NotificationsModule).Assembly.GetManifestResourceStream("Parceo.Notifications.Push.worker.js")!,
                    "text/javascript"
                );
            })
            .AllowAnonymous()
            .ExcludeFromDescription();
    }
}
