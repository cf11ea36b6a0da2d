using Microsoft.Extensions.DependencyInjection;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Pages;
using Parceo.Rosters.Services;

namespace Parceo.Rosters;

/// <summary>Permanent care (PDSA, W14): sectors, periods of duty, rosters, swaps, lines of regulation, duty houses, the continuity sheet.</summary>
public sealed class RostersModule : IParceoModule
{
    /// <inheritdoc/>
    public string Name => "rosters";

    /// <inheritdoc/>
    public void AddServices(ModuleBuilder module)
    {
        module.AddDb<RostersDb>();
        module.AddAddresses("/gardes");
        module.AddNoticeSubject(NoticeSubjects.Roster, "Les gardes et les échanges", "calendar-event");
        module.Grant(
            RostersPermissions.Read,
            Roles.Coordinator,
            Roles.Professional,
            Roles.Effector,
            Roles.Regulator,
            Roles.SingleNumberDesk,
            Roles.SasReferent
        );
        module.Grant(RostersPermissions.Sheet, Roles.Coordinator, Roles.Regulator, Roles.SingleNumberDesk, Roles.SasReferent);
        module.Grant(RostersPermissions.Plan, Roles.Coordinator, Roles.SasReferent);
        module.Grant(RostersPermissions.Take, Roles.Professional, Roles.Effector, Roles.Regulator);
        module.AddMenu(new("Gardes", "calendar-event", "/gardes", 17, RostersPermissions.Read) { Hotkey = "g g" });
        module.AddHomePart<DutiesPart>("gardes", "/gardes", RostersPermissions.Take);
        module.AddCommand(
            new("Qui est de garde", "phone-call", "/gardes", "astreinte permanence secteur médecin de garde", RostersPermissions.Read)
        );
        module.AddCommand(
            new("Échanger une garde", "arrows-exchange", "/gardes/mes-gardes", "proposer mes gardes", RostersPermissions.Take)
        );
        module.Services.AddScoped<Duties>();
    }
}
