using Parceo.Directory;
using Parceo.Platform;
using Parceo.Slots;

namespace Parceo.Host;

/// <summary>The modules of Parceo: an explicit list, no scanning of folders. <c>Modules:{name}:Enabled=false</c> leaves one out.</summary>
public static class ModuleList
{
    /// <summary>Every module, in the order in which schemas are migrated.</summary>
    public static IReadOnlyList<IParceoModule> All { get; } =
    [
        new Access.AccessModule(),
        new Notifications.NotificationsModule(),
        new DirectoryModule(),
        new SlotsModule(),
        new Regulation.RegulationModule(),
        new SecureMail.SecureMailModule(),
        new Feedback.FeedbackModule(),
        new Dashboards.DashboardsModule(),
        new Rosters.RostersModule(),
        new Messaging.MessagingModule(),
    ];
}
