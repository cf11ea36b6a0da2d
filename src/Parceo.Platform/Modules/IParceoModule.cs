using Microsoft.AspNetCore.Routing;

namespace Parceo.Platform;

/// <summary>
/// A module of the monolith: a folder one could delete. The platform scans its assembly for handlers, validators,
/// access rules, reactions, effects, commands of the command line and <c>Map</c> methods; the module says the rest here.
/// </summary>
public interface IParceoModule
{
    /// <summary><c>slots</c>: database schema, table prefix, route prefix and permission prefix.</summary>
    string Name { get; }

    /// <summary>Databases, permissions, jobs, menu entries, services of its own.</summary>
    void AddServices(ModuleBuilder module);

    /// <summary>Hubs and the like; features map themselves.</summary>
    void MapEndpoints(IEndpointRouteBuilder routes) { }
}
