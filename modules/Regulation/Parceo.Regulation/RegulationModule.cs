using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Notifications.Contracts;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Features;
using Parceo.Regulation.Hubs;
using Parceo.Regulation.Pages;
using Parceo.Regulation.Services;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation;

/// <summary>Orientations and waves of solicitation (W1): from the call to the booking, when a free slot is not enough.</summary>
public sealed class RegulationModule : IParceoModule
{
    /// <inheritdoc/>
    public string Name => "regulation";

    /// <inheritdoc/>
    public void AddServices(ModuleBuilder module)
    {
        module.AddDb<RegulationDb>().AddSealed(FileSeal.Columns);
        module.AddAddresses(
            "/soins-non-programmes/orientations",
            "/soins-non-programmes/sollicitations",
            "/soins-non-programmes/ressources",
            "/soins-non-programmes/vagues"
        );
        module.AddNoticeSubject(NoticeSubjects.Solicitation, "Une sollicitation", "bell-ringing");
        module.GrantSensitive(RegulationPermissions.Orient, Roles.Regulator, Roles.SingleNumberDesk);
        module.GrantSensitive(RegulationPermissions.Answer, Roles.Effector, Roles.Delegate);
        module.AddDelegable(RegulationPermissions.Answer, "répondre aux sollicitations du SAS");
        module.Grant(RegulationPermissions.Configure, Roles.SasReferent);
        module.Grant(RegulationPermissions.SeePools, Roles.Regulator, Roles.SingleNumberDesk, Roles.SasReferent);
        module.AddMenu(
            new("Dossiers", "list-check", "/soins-non-programmes/orientations", 11, RegulationPermissions.Orient) { Hotkey = "g d" }
        );
        module.AddMenu(
            new("Sollicitations", "bell-ringing", "/soins-non-programmes/sollicitations", 13, RegulationPermissions.Answer)
            {
                Hotkey = "g s",
            }
        );
        module.AddMenu(new("Ressources", "building-hospital", "/soins-non-programmes/ressources", 16, RegulationPermissions.SeePools));
        module.AddMenu(
            new("Vagues", "broadcast", "/soins-non-programmes/vagues", 81, RegulationPermissions.Configure) { Group = "Administration" }
        );
        module.AddHomePart<InvitationsPart>("sollicitations", "/soins-non-programmes/sollicitations", RegulationPermissions.Answer);
        module.AddHomePart<OrientationsPart>("dossiers", "/soins-non-programmes/orientations", RegulationPermissions.Orient);
        module.AddCommand(
            new(
                "Ouvrir un dossier",
                "plus",
                "/soins-non-programmes/orientations/nouveau",
                "nouveau patient appel orientation",
                RegulationPermissions.Orient
            )
        );
        module.Services.AddSingleton(new SearchPanel(typeof(OnDuty), 10)); // on the regulators' search
        module.Services.AddScoped<CaseSource, OwnCases>();
        module.AddPaletteSource<CasesSource>("Dossiers", 20, RegulationPermissions.Orient);
        module.AddJob<AdvanceWaves.Command>("regulation.advance-waves", "Passer aux vagues suivantes", "1/5 * * * * *");
        module.Services.AddScoped<Services.Orientations>().AddScoped<ConcernedOrientation>().AddScoped<Waves>().AddScoped<FileSeal>();
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapHub<RegulationHub>("/hubs/regulation").RequireAuthorization();
}
