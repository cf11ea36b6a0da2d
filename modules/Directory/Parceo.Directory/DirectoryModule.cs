using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parceo.Directory.Contracts;
using Parceo.Directory.Data;
using Parceo.Directory.Hubs;
using Parceo.Directory.Import;
using Parceo.Directory.Pages;
using Parceo.Directory.Reference;
using Parceo.Directory.Search;
using Parceo.Platform;

namespace Parceo.Directory;

/// <summary>The directory of health professionals: national open data, searched by name, profession, place and distance.</summary>
public sealed class DirectoryModule : IParceoModule
{
    /// <summary>Where the import page sends its file.</summary>
    internal const string UploadPath = "/administration/annuaire/fichier";

    /// <inheritdoc/>
    public string Name => "directory";

    /// <inheritdoc/>
    public void AddServices(ModuleBuilder module)
    {
        module.AddDb<DirectoryDb>();
        module.AddAddresses("/annuaire", "/administration/annuaire", "/administration/lieux");
        module.Grant(DirectoryPermissions.NamePlaces, Roles.Administrator, Roles.Coordinator, Roles.SasReferent);
        module.GrantOfInstallation(DirectoryPermissions.Import, Roles.Administrator); // it changes what all communities read
        module.AddMenu(new("Annuaire", "address-book", "/annuaire", 40) { Hotkey = "g a" });
        module.AddPaletteSource<PeopleSource>("Annuaire", 10, people: true);
        module.AddAdministration("Quartiers et lieux", "/administration/lieux", 45, DirectoryPermissions.NamePlaces);
        module.AddAdministration("Import de l’annuaire", "/administration/annuaire", 60, DirectoryPermissions.Import);
        module.AddFirstStep<DirectoryDb>(
            (
                "import",
                20,
                "Importer l’annuaire",
                "Les professionnels viennent de l’Annuaire Santé : sans lui, ni recherche, ni invitation par nom, ni créneau.",
                "/administration/annuaire",
                "Importer un fichier"
            ),
            (db, _, ct) => db.People.AnyAsync(ct),
            DirectoryPermissions.Import
        );
        // Reference tables are read once, at the first question.
        module.Services.AddSingleton<CommuneIndex>();
        module.Services.AddSingleton<SearchRadii>();
        module.Services.AddSingleton<Nos>().AddSingleton<EverydayWords>();
        module.Services.AddSingleton<LocationResolver>();
        module.Services.AddScoped<Places>().AddScoped<PeopleSearch>().AddScoped<PeopleCards>();
        module.Services.TryAddSingleton<ImportProgress>();
        module.Services.AddSingleton<DirectoryImporter>();
        module.Services.AddSingleton<ImportQueue>().AddSingleton<Uploads>();
        module.Services.AddHostedService<ImportWorker>();
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapHub<DirectoryHub>("/hubs/directory").RequireAuthorization();
        routes.MapPost(UploadPath, Upload.Take).RequireAuthorization().ExcludeFromDescription();
    }
}
