using Microsoft.Extensions.DependencyInjection;
using Parceo.Dashboards.Contracts;
using Parceo.Dashboards.Data;
using Parceo.Dashboards.Services;
using Parceo.Platform;

namespace Parceo.Dashboards;

/// <summary>Indicators I3 to I9: counted from what the other modules tell, with their formula, period and sources.</summary>
public sealed class DashboardsModule : IParceoModule
{
    /// <inheritdoc/>
    public string Name => "dashboards";

    /// <inheritdoc/>
    public void AddServices(ModuleBuilder module)
    {
        module.AddDb<DashboardsDb>();
        module.AddAddresses("/pilotage");
        module.Grant(
            DashboardsPermissions.Read,
            Roles.Regulator,
            Roles.SingleNumberDesk,
            Roles.SasReferent,
            Roles.Coordinator,
            Roles.Treasurer,
            Roles.AgencyReader
        );
        module.Grant(DashboardsPermissions.ReadOwn, Roles.Regulator, Roles.SingleNumberDesk, Roles.SasReferent);
        module.Grant(DashboardsPermissions.ReadTerritory, Roles.SasReferent, Roles.Coordinator, Roles.Treasurer, Roles.AgencyReader);
        module.Grant(DashboardsPermissions.Sources, Roles.Regulator, Roles.SasReferent, Roles.Coordinator, Roles.Treasurer);
        module.Grant(DashboardsPermissions.SetTargets, Roles.SasReferent, Roles.Coordinator);
        module.AddMenu(new("Pilotage", "chart-bar", "/pilotage", 31, DashboardsPermissions.Read) { Hotkey = "g p" });
        module.AddCommand(
            new("Voir les indicateurs", "chart-bar", "/pilotage", "chiffres tableau de bord ACI activité", DashboardsPermissions.Read)
        );
        module.Services.AddScoped<FactStore>().AddScoped<IndicatorCalculator>();
    }
}
