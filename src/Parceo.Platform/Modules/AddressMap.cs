using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Parceo.Platform.Modules;

/// <summary>A beginning of addresses that belongs to one module.</summary>
internal sealed record ModuleAddress(string Module, string Prefix);

/// <summary>Whose an address is: of the prefixes that fit the longest one says it.</summary>
internal sealed class AddressMap(IReadOnlyCollection<ModuleAddress> declared)
{
    /// <summary>Why this page or endpoint of the module stops the start; null where it is the module's own.</summary>
    public string? Stray(string module, string what, string path)
    {
        path = "/" + path.TrimStart('/');
        var owner = declared.Where(a => Holds(a.Prefix, path)).MaxBy(a => a.Prefix.Length);
        return owner?.Module == module ? null
            : owner is null ? $"The {what} '{path}' lies outside the addresses that '{module}' declares."
            : $"The {what} '{path}' of '{module}' lies in '{owner.Prefix}', which '{owner.Module}' declares.";
    }

    private static bool Holds(string prefix, string path) =>
        path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (path.Length == prefix.Length || path[prefix.Length] == '/');
}

/// <summary>What one module maps, looked at before it joins the host's endpoints.</summary>
internal sealed class ModuleRoutes(IEndpointRouteBuilder host) : IEndpointRouteBuilder
{
    public IServiceProvider ServiceProvider => host.ServiceProvider;

    public ICollection<EndpointDataSource> DataSources { get; } = [];

    public IApplicationBuilder CreateApplicationBuilder() => host.CreateApplicationBuilder();

    /// <exception cref="StartRefusedException">Something lies outside the module's addresses.</exception>
    public void Join(string module, AddressMap addresses)
    {
        var strays = DataSources
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(e => addresses.Stray(module, "endpoint", e.RoutePattern.RawText ?? ""))
            .OfType<string>()
            .ToList();
        if (strays.Count > 0)
            throw new StartRefusedException(string.Join(Environment.NewLine, strays));
        foreach (var source in DataSources)
            host.DataSources.Add(source);
    }
}
