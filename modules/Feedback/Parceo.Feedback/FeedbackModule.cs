using Microsoft.Extensions.DependencyInjection;
using Parceo.Feedback.Contracts;
using Parceo.Feedback.Data;
using Parceo.Feedback.Features;
using Parceo.Feedback.Pages;
using Parceo.Feedback.Services;
using Parceo.Notifications.Contracts;
using Parceo.Platform;

namespace Parceo.Feedback;

/// <summary>The report to the médecin traitant: owed, written in a minute, delivered, read (W1.9, D22, D23).</summary>
public sealed class FeedbackModule : IParceoModule
{
    /// <inheritdoc/>
    public string Name => "feedback";

    /// <inheritdoc/>
    public void AddServices(ModuleBuilder module)
    {
        module.AddDb<FeedbackDb>().AddSealed(ReportSeal.Columns);
        module.AddAddresses("/soins-non-programmes/retours");
        module.AddNoticeSubject(NoticeSubjects.Report, "Un retour à écrire ou à lire", "file-text");
        module.GrantSensitive(FeedbackPermissions.Write, Roles.Effector);
        module.GrantSensitive(FeedbackPermissions.See, Roles.Effector, Roles.Professional, Roles.Delegate);
        module.GrantSensitive(FeedbackPermissions.Read, Roles.Effector, Roles.Professional, Roles.Delegate);
        module.AddDelegable(FeedbackPermissions.See, "voir qu’un compte rendu attend");
        // The author is told who reads it: that word holds only if nobody but the médecin traitant opens it to somebody.
        module.AddDelegable(FeedbackPermissions.Read, "lire les comptes rendus", personal: true);
        module.AddMenu(new("Retours", "file-text", "/soins-non-programmes/retours", 15, FeedbackPermissions.See) { Hotkey = "g t" });
        module.AddHomePart<ReportsPart>("retours", "/soins-non-programmes/retours", FeedbackPermissions.See);
        module.AddJob<RemindReports.Command>("feedback.remind", "Rappeler les comptes rendus attendus", "9 */5 * * * *");
        module.Services.AddScoped<ReportSeal>().AddScoped<OwedReports>();
    }
}
