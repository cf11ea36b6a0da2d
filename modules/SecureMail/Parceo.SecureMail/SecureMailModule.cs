using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Directory.Contracts;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.State;
using Parceo.SecureMail.Book;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Features;
using Parceo.SecureMail.Operator;
using Parceo.SecureMail.Pages;
using Parceo.SecureMail.Services;

namespace Parceo.SecureMail;

/// <summary>MSSanté: mail of the French health sector, through a national operator. Parceo is a mail client, never an operator.</summary>
public sealed class SecureMailModule : IParceoModule
{
    /// <inheritdoc/>
    public string Name => "securemail";

    /// <inheritdoc/>
    public void AddServices(ModuleBuilder module)
    {
        module.AddDb<SecureMailDb>().AddSealed(MailSeal.Columns);
        module.AddAddresses("/mssante");
        module.AddNoticeSubject(NoticeSubjects.Mail, "Un message MSSanté", "mail");
        module.GrantSensitive(
            SecureMailPermissions.Read,
            Roles.Effector,
            Roles.Professional,
            Roles.Delegate,
            Roles.SupportCoordinator,
            Roles.CoordinationNurse,
            Roles.SocialProfessional
        );
        module.GrantSensitive(
            SecureMailPermissions.Send,
            Roles.Effector,
            Roles.Professional,
            Roles.Delegate,
            Roles.SupportCoordinator,
            Roles.CoordinationNurse,
            Roles.SocialProfessional
        );
        module.AddDelegable(SecureMailPermissions.Read, "lire les boîtes MSSanté qui lui sont ouvertes");
        module.AddDelegable(SecureMailPermissions.Send, "envoyer depuis les boîtes MSSanté qui lui sont ouvertes");
        module.GrantSensitive(SecureMailPermissions.Manage, Roles.Administrator);
        module
            .Services.AddSingleton(new PersonPanel(typeof(MailTo), 20, PersonPlace.Acts))
            .AddSingleton(new PersonPanel(typeof(MailAddresses), 20, PersonPlace.Facts));
        module.AddMenu(new("MSSanté", "mail", "/mssante", 30, SecureMailPermissions.Read) { Hotkey = "g e" });
        module.AddHomePart<MailsPart>("mssante", "/mssante", SecureMailPermissions.Read);
        module.AddCommand(
            new(
                "Écrire par MSSanté",
                "mail",
                "/mssante/ecrire",
                "courriel sécurisé message compte rendu envoyer",
                SecureMailPermissions.Send
            )
        );
        module.AddAdministration("Boîtes MSSanté", "/mssante/boites", 70, SecureMailPermissions.Manage);
        module.AddFigure<SecureMailDb>(
            "due",
            "Courriels MSSanté à remettre",
            "L’opérateur ne répond pas ou refuse : regardez l’état des boîtes MSSanté, puis le journal du serveur. Rien n’est perdu.",
            FigureUnit.Count,
            50,
            async (db, now, ct) => await db.Sent.CountAsync(m => m.State == MailState.Waiting && m.NextAttemptAt <= now, ct)
        );
        module.AddSlicedJob<PruneMails.Command>("securemail.prune", "Effacer les anciens courriels MSSanté", "44 1-4 * * *");
        module.Services.AddSingleton(OperatorSettings.From(module.Configuration));
        module
            .Services.AddSingleton<TrustedDomains>()
            .AddSingleton<OperatorLink>()
            .AddSingleton<DeliverySignal>()
            .AddSingleton<InspectionSignal>();
        module.Services.AddScoped<MailSeal>().AddScoped<Outgoing>().AddScoped<Incoming>().AddScoped<BookImporter>();
        module.Services.AddHostedService<DeliveryWorker>().AddHostedService<CollectionWorker>().AddHostedService<InspectionWorker>();
    }
}
