using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Directory.Contracts;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Messaging.Hubs;
using Parceo.Messaging.Pages;
using Parceo.Messaging.Services;
using Parceo.Notifications.Contracts;
using Parceo.Platform;

namespace Parceo.Messaging;

/// <summary>Conversations between professionals: a log that never loses an acknowledged message (S54), told in real time.</summary>
public sealed class MessagingModule : IParceoModule
{
    // Regulators have no chat (S22), agencies see aggregates only, and an administrator as such reads nobody's messages (S25).
    private static readonly string[] Writers =
    [
        Roles.Coordinator,
        Roles.Treasurer,
        Roles.ProjectLead,
        Roles.Professional,
        Roles.Effector,
        Roles.Delegate,
        Roles.SupportCoordinator,
        Roles.CoordinationNurse,
        Roles.SocialProfessional,
        Roles.PrivacyOfficer,
    ];

    /// <inheritdoc/>
    public string Name => "messaging";

    /// <inheritdoc/>
    public void AddServices(ModuleBuilder module)
    {
        module.AddDb<MessagingDb>().AddSealed(MessageSeal.Columns);
        module.AddAddresses("/messages");
        module.AddNoticeSubject<ConversationNames>(NoticeSubjects.Message, "Un message non lu", "message");
        module.GrantSensitive(MessagingPermissions.Use, Writers);
        module.AddDelegable(MessagingPermissions.Use, "écrire et lire dans la messagerie");
        module.Grant(MessagingPermissions.Manage, Roles.Coordinator, Roles.SupportCoordinator);
        module.GrantSensitive(MessagingPermissions.Hold, Roles.PrivacyOfficer);
        module.AddMenu(new("Messages", "message", "/messages", 14, MessagingPermissions.Use) { Hotkey = "g m" });
        module.AddHomePart<ConversationsPart>("messages", "/messages", MessagingPermissions.Use);
        module.AddCommand(
            new("Écrire à quelqu’un", "message-plus", "/messages/nouveau", "nouveau message conversation groupe", MessagingPermissions.Use)
        );
        module.AddCommand(new("Chercher dans les messages", "search", "/messages/recherche", "retrouver", MessagingPermissions.Use));
        module.AddCommand(
            new("Annoncer une absence", "beach", "/messages/reglages", "congés réponse remplaçant messages", MessagingPermissions.Use)
        );
        module.AddPaletteSource<ConversationsSource>("Conversations", 30, MessagingPermissions.Use);
        module.AddAdministration("Conservation", "/messages/conservation", 50, MessagingPermissions.Hold);
        module.AddFirstStep<MessagingDb>(
            (
                "channel",
                70,
                "Ouvrir le premier canal",
                "Un canal est l’endroit où toute la communauté lit la même chose. La coordination l’ouvre.",
                "/messages/canaux",
                "Ouvrir un canal"
            ),
            (db, day, ct) =>
                db.Conversations.AnyAsync(c => c.OrganisationId == day.OrganisationId && c.Kind == ConversationKind.Channel, ct),
            MessagingPermissions.Manage
        );
        module.AddJob<TellUnread.Command>("messaging.tell-unread", "Prévenir des messages non lus", "2/5 * * * * *");
        module.AddJob<AlertUnconfirmed.Command>(
            "messaging.alert-unconfirmed",
            "Relancer les messages prioritaires sans accusé",
            "3/5 * * * * *"
        );
        module.AddSlicedJob<RemoveUnsentFiles.Command>(
            "messaging.remove-unsent-files",
            "Retirer les fichiers jamais envoyés",
            "14 1-4 * * *"
        );
        module.AddSlicedJob<EndStaleMemberships.Command>(
            "messaging.end-stale-memberships",
            "Retirer des conversations qui a quitté l’organisation",
            "52 2 * * *"
        );
        module.AddSlicedJob<PruneMessages.Command>(
            "messaging.prune",
            "Effacer les messages au terme de leur conservation",
            "24,54 1-4 * * *"
        );
        module
            .Services.AddSingleton(new PersonPanel(typeof(WriteTo), 10, PersonPlace.Acts))
            .AddSingleton(new PersonPanel(typeof(CoveredBy), 10, PersonPlace.State));
        module
            .Services.AddScoped<SealedFiles>()
            .AddScoped<FileIntake>()
            .AddScoped<MessageSeal>()
            .AddScoped<ConversationLines>()
            .AddScoped<EntryBatch>();
        module.Services.AddScoped<ConversationLog>().AddScoped<Retention>().AddScoped<RoleRecipients>();
        module
            .Services.AddSingleton<Rooms>()
            .AddSingleton<Presence>()
            .AddSingleton<EntryQueue>()
            .AddSingleton<OtherNodes>()
            .AddSingleton<QuarantineSignal>();
        module.Services.AddHostedService(sp => sp.GetRequiredService<EntryQueue>());
        module.Services.AddHostedService(sp => sp.GetRequiredService<OtherNodes>());
        module.Services.AddHostedService<QuarantineWorker>();
        // Content goes to this node's connections only; see MessagingConnections.
        module
            .Services.AddSingleton<MessagingConnections>()
            .AddSingleton<HubLifetimeManager<MessagingHub>>(sp => sp.GetRequiredService<MessagingConnections>());
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapHub<MessagingHub>("/hubs/messaging").RequireAuthorization();
}
