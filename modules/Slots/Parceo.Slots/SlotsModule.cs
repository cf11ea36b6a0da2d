using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Directory.Contracts;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Platform.Jobs;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Slots.Hubs;
using Parceo.Slots.Pages;
using Parceo.Slots.Search;
using Parceo.Slots.Services;

namespace Parceo.Slots;

/// <summary>Non-scheduled care: slots that professionals offer, and the bookings that regulators make (W1).</summary>
public sealed class SlotsModule : IParceoModule
{
    /// <inheritdoc/>
    public string Name => "slots";

    /// <inheritdoc/>
    public void AddServices(ModuleBuilder module)
    {
        module.AddDb<SlotsDb>().AddSealed([.. PatientSeal.Columns, .. AgendaSeal.Columns]);
        module.AddAddresses("/soins-non-programmes");
        module.AddNoticeSubject(NoticeSubjects.Agenda, "Mon agenda et les issues à noter", "calendar");
        module.Grant(SlotsPermissions.Search, Roles.Regulator, Roles.SingleNumberDesk, Roles.SasReferent);
        module.GrantSensitive(SlotsPermissions.Book, Roles.Regulator, Roles.SingleNumberDesk);
        module.GrantSensitive(SlotsPermissions.Publish, Roles.Effector, Roles.Delegate);
        module.GrantSensitive(SlotsPermissions.RecordOutcome, Roles.Effector, Roles.Delegate, Roles.Regulator);
        module.AddDelegable(SlotsPermissions.Publish, "publier et fermer ses créneaux, voir qui vient");
        module.AddDelegable(SlotsPermissions.RecordOutcome, "noter si le patient est venu");
        module.Grant(SlotsPermissions.Configure, Roles.SasReferent);
        module.AddMenu(new("Régulation", "stethoscope", "/soins-non-programmes", 10, SlotsPermissions.Search) { Hotkey = "g r" });
        module.AddMenu(new("Créneaux", "calendar-plus", "/soins-non-programmes/creneaux", 12, SlotsPermissions.Publish) { Hotkey = "g c" });
        module.AddMenu(
            new("Réglages", "settings", "/soins-non-programmes/reglages", 80, SlotsPermissions.Configure) { Group = "Administration" }
        );
        module.AddHomePart<OutcomesPart>("issues", "/soins-non-programmes/creneaux", SlotsPermissions.RecordOutcome);
        module.AddCommand(
            new("Chercher un médecin disponible", "stethoscope", "/soins-non-programmes", "réserver créneau place", SlotsPermissions.Search)
        );
        module.AddCommand(
            new(
                "Publier des créneaux",
                "calendar-plus",
                "/soins-non-programmes/creneaux",
                "ajouter offrir place agenda",
                SlotsPermissions.Publish
            )
        );
        module.AddCommand(
            new(
                "Déclarer une absence",
                "beach",
                "/soins-non-programmes/disponibilite",
                "congés vacances absent limites agenda relié",
                SlotsPermissions.Publish
            )
        );
        module.AddFirstStep<SlotsDb>(
            (
                "slot",
                60,
                "Publier le premier créneau",
                "Les régulateurs ne trouvent que ce qui est offert. Un professionnel, ou son secrétariat, publie ses plages.",
                "/soins-non-programmes/creneaux",
                "Voir les créneaux"
            ),
            (db, day, ct) => db.Ranges.AnyAsync(r => day.Departements.Contains(r.Departement) || day.Communes.Contains(r.CommuneCode!), ct),
            SlotsPermissions.Publish
        );
        module.AddJob<ReleaseExpiredHolds.Command>("slots.release-holds", "Rendre les places retenues trop longtemps", "0/5 * * * * *");
        module.AddJob<RefreshCalendars.Command>(
            "slots.refresh-calendars",
            "Relire les lieux d’exercice dans l’annuaire",
            "17 3 * * *",
            JobLane.Lengthy
        );
        module.AddJob<FollowUpOutcomes.Command>("slots.follow-up-outcomes", "Demander si les patients sont venus", "14 */10 * * * *");
        module.AddJob<ReadOutsideAgendas.Command>("slots.read-outside-agendas", "Relire les agendas reliés", "24 */2 * * * *");
        module.AddJob<PublishPlans.Command>(
            "slots.publish-plans",
            "Publier huit semaines des semaines types",
            "7 * * * *",
            JobLane.Lengthy
        );
        module // on a person's page in the directory
            .Services.AddSingleton(new PersonPanel(typeof(NextSlots), 10))
            .AddSingleton(new PersonPanel(typeof(SoonestSlot), 30, PersonPlace.Acts))
            .AddSingleton(new PersonPanel(typeof(AbsentNow), 20, PersonPlace.State));
        module
            .Services.AddScoped<PatientSeal>()
            .AddScoped<SlotChanges>()
            .AddScoped<SlotHints>()
            .AddScoped<Agendas>()
            .AddScoped<Timetable>();
        module.Services.AddSingleton<Outside.AgendaReader>();
        module.Services.AddSingleton(SurchargeFile.Read(module.Configuration["Slots:SnpSurcharge"]));
        module.Services.AddSingleton(SchoolHolidayFile.Read(module.Configuration["Slots:SchoolHolidays"]));
        module.Services.AddSingleton<CellSlotSearch>().AddSingleton<LocationCache>().AddScoped<EffectorSearch>();
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapHub<SlotsHub>("/hubs/slots").RequireAuthorization();
}
