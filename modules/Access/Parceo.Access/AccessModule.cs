using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Features;
using Parceo.Access.Mail;
using Parceo.Access.Pages;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Platform.Web;

namespace Parceo.Access;

/// <summary>People, organisations, memberships, roles, sign-in.</summary>
public sealed class AccessModule : IParceoModule
{
    internal const string ModuleName = "access";

    /// <inheritdoc/>
    public string Name => ModuleName;

    /// <inheritdoc/>
    public void AddServices(ModuleBuilder module)
    {
        module.AddDb<AccessDb>().AddSealed(KeepUnsentForm.Columns);
        module.AddAddresses(
            "/connexion",
            "/reprendre",
            "/deconnexion",
            "/confirmer",
            "/mot-de-passe-oublie",
            "/invitation",
            "/compte",
            "/organisation",
            "/administration",
            "/connect"
        );
        module.AddLastingKey(OpenIdConnect.SigningKey).AddLastingKey(OpenIdConnect.EncryptionKey);
        module.Grant(AccessPermissions.SeePeople, Roles.Administrator, Roles.Coordinator, Roles.PrivacyOfficer);
        module.GrantSensitive(AccessPermissions.ManagePeople, Roles.Administrator);
        module.GrantSensitive(AccessPermissions.ManageOrganisations, Roles.Administrator);
        module.GrantSensitive(AccessPermissions.SeeService, Roles.Administrator);
        module.GrantSensitive(AccessPermissions.ReadJournal, Roles.PrivacyOfficer);
        module.AddJob<NoteReminders.Command>(
            "access.remind-invitations",
            "Relancer une fois les invitations sans réponse",
            "27 * * * *",
            Parceo.Platform.Jobs.JobLane.Lengthy
        );
        module.AddSlicedJob<PruneAccess.Command>("access.prune", "Effacer les sessions et les liens périmés", "4 1-4 * * *");

        var services = module.Services;
        services.AddSingleton<CredentialCache>().AddSingleton<IUserRightsSource>(sp => sp.GetRequiredService<CredentialCache>());
        services
            .AddSingleton<LastSeen>()
            .AddSingleton<PersonalTokenIndex>()
            .AddSingleton<Workplaces>()
            .AddSingleton<SecondPerson>()
            .AddSingleton<Installation>()
            .AddSingleton<Tickets>()
            .AddSingleton<PasskeyStates>()
            .AddSingleton<IUnsentForms, UnsentForms>()
            .AddSingleton<DummyPassword>();
        services
            .AddScoped<CredentialReader>()
            .AddScoped<SessionCookie>()
            .AddScoped<IUnsentForms, UnsentForms>()
            .AddScoped<Proofs>()
            .AddScoped<PasskeyProof>()
            .AddScoped<RecentProof>()
            .AddScoped<Authorizations>()
            .AddScoped<IRecentProof>(sp => sp.GetRequiredService<RecentProof>())
            .AddScoped<Passwords>()
            .AddScoped<Factors>();
        services.AddSingleton<MailOut>().AddHostedService(sp => sp.GetRequiredService<MailOut>()).AddScoped<IPersonMail, PersonMail>();
        Schemes.Add(services);
        OpenIdConnect.Add(services, module.Configuration);
        AddIdentity(services);
        Limits.Add(services);
        services
            .AddSingleton<IAuthorizationHandler, EnrolledHandler>()
            .AddSingleton<IAuthorizationMiddlewareResultHandler, EnrolmentRedirect>();
        services.PostConfigure<AuthorizationOptions>(o =>
            o.FallbackPolicy = new AuthorizationPolicyBuilder(o.FallbackPolicy!).AddRequirements(new Enrolled()).Build()
        );
        module.AddCommand(new("Mon compte", "user", "/compte", "mot de passe second facteur appareils sessions profil"));
        module.AddCommand(
            new(
                "Inviter quelqu’un",
                "user-plus",
                "/administration/invitations",
                "invitation nouveau membre collègue compte",
                AccessPermissions.ManagePeople
            )
        );
        module.AddMenu(
            new("Administration", "settings", "/administration", 90, AccessPermissions.SeePeople)
            {
                Hotkey = "g u",
                Group = "Administration",
            }
        );
        module.AddHomePart<ProposedRolesPart>("roles", "/administration", AccessPermissions.ManagePeople);
        module.AddHomePart<FirstDayPart>("demarrage", "/administration", AccessPermissions.ManagePeople);
        module
            .AddAdministration("Mise en route", "/administration", 10, AccessPermissions.ManagePeople)
            .AddAdministration("Personnes", "/administration/personnes", 20, AccessPermissions.SeePeople)
            .AddAdministration("Invitations", "/administration/invitations", 30, AccessPermissions.ManagePeople)
            .AddAdministration("Rôles à confirmer", "/administration/roles", 35, AccessPermissions.ManagePeople)
            .AddAdministration("Organisations et territoires", "/administration/organisations", 40, AccessPermissions.SeePeople)
            .AddAdministration("Journal", "/administration/journal", 80, AccessPermissions.ReadJournal)
            .AddAdministration("Intégrations", "/administration/integrations", 85, AccessPermissions.ManagePeople)
            .AddAdministration("État du service", "/administration/service", 90, AccessPermissions.SeeService);
        module
            .Services.AddSingleton(new PersonPanel(typeof(Communities), 10, PersonPlace.Facts))
            .AddSingleton(new PersonPanel(typeof(InviteThem), 40, PersonPlace.Acts));
        AddFirstSteps(module);
    }

    private static void AddFirstSteps(ModuleBuilder module)
    {
        module.AddFirstStep<AccessDb>(
            (
                "territory",
                10,
                "Dire votre territoire",
                "Sans territoire, personne ne trouve les créneaux de vos professionnels, et les distances ne partent de nulle part.",
                "/administration/organisations",
                "Choisir les communes"
            ),
            (db, day, ct) => Task.FromResult(day.Departements.Count + day.Communes.Count > 0)
        );
        module.AddFirstStep<AccessDb>(
            (
                "own-role",
                30,
                "Prendre votre propre rôle",
                "Administrer ne donne ni messagerie, ni pilotage : il vous faut aussi un rôle dans la communauté.",
                "/administration#role",
                "Choisir mon rôle"
            ),
            (db, day, ct) =>
                db.Memberships.AnyAsync(
                    m =>
                        m.PersonId == day.PersonId
                        && m.OrganisationId == day.OrganisationId
                        && m.Role != Roles.Administrator
                        && m.Until == null,
                    ct
                )
        );
        module.AddFirstStep<AccessDb>(
            (
                "mail",
                40,
                "Essayer le courriel",
                "Les invitations et les avis partent par courriel ; sans lui, chaque lien se remet en main propre.",
                "/administration#courriel",
                "Envoyer un essai"
            ),
            (db, day, ct) => db.Organisations.AnyAsync(o => o.Id == day.OrganisationId && o.MailTestedAt != null, ct)
        );
        module.AddFirstStep<AccessDb>(
            (
                "invitations",
                50,
                "Inviter les premières personnes",
                "Une communauté d’une seule personne ne reçoit ni n’oriente personne. Invitez aussi un second administrateur.",
                "/administration/invitations",
                "Inviter"
            ),
            (db, day, ct) => db.Memberships.AnyAsync(m => m.OrganisationId == day.OrganisationId && m.PersonId != day.PersonId, ct)
        );
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        OpenIdConnect.Map(routes);
        SessionRoutes.Map(routes);
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddIdentityCore<Person>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        // The pipeline saves once, with the audit row: the store only changes entities.
        services.AddScoped<IUserStore<Person>>(sp => new UserOnlyStore<Person, AccessDb, Guid>(sp.GetRequiredService<AccessDb>())
        {
            AutoSaveChanges = false,
        });
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = 210_000); // OWASP for PBKDF2-HMAC-SHA-512
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            o.UserVerificationRequirement = "required";
            o.ResidentKeyRequirement = "required";
            // Our pages send no referrer, so browsers send "Origin: null" with forms; the signed client data says the origin.
            o.ValidateOrigin = c =>
                ValueTask.FromResult(
                    !c.CrossOrigin
                        && Uri.TryCreate(c.Origin, UriKind.Absolute, out var origin)
                        && origin.Scheme == c.HttpContext.Request.Scheme
                        && origin.Authority == c.HttpContext.Request.Host.Value
                );
        });
        services.TryAddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
    }
}
