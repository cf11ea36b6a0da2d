using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Cli;
using Parceo.Platform.Events;
using Parceo.Platform.Jobs;
using Parceo.Platform.Sending;

namespace Parceo.Platform.Modules;

/// <summary>An enabled module and what the scan of its assembly found.</summary>
public sealed class ModuleInfo(IParceoModule module)
{
    /// <summary>The module.</summary>
    public IParceoModule Module { get; } = module;

    /// <summary>Its name.</summary>
    public string Name => Module.Name;

    /// <summary>Its implementation assembly.</summary>
    public Assembly Assembly { get; } = module.GetType().Assembly;

    /// <summary>Its database context (the engine-neutral type), if it has one.</summary>
    public Type? Db { get; internal set; }

    /// <summary>Request types it handles.</summary>
    public List<Type> Requests { get; } = [];
    internal List<MethodInfo> Maps { get; } = [];
}

/// <summary>The enabled modules. Built before the host; checks what must hold before anything is served.</summary>
public sealed class ModuleCatalog
{
    private readonly Dictionary<Type, ModuleInfo> byRequest = [];

    /// <summary>In the order of the host's list.</summary>
    public List<ModuleInfo> Modules { get; } = [];

    /// <summary>The context type of the module that handles a request.</summary>
    public Type? DbOf(Type request) => byRequest.TryGetValue(request, out var module) ? module.Db : null;

    /// <summary>Every request type with the module that handles it.</summary>
    public IEnumerable<KeyValuePair<Type, ModuleInfo>> Requests => byRequest;

    internal void Scan(ModuleInfo module, IServiceCollection services, EventCatalog events)
    {
        Modules.Add(module);
        foreach (
            var type in module
                .Assembly.GetTypes()
                .Where(t => t is { IsAbstract: false, IsInterface: false, ContainsGenericParameters: false })
        )
        {
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType))
            {
                var definition = contract.GetGenericTypeDefinition();
                var arguments = contract.GetGenericArguments();
                if (definition == typeof(IRequestHandler<,>))
                {
                    if (!byRequest.TryAdd(arguments[0], module))
                        throw new StartRefusedException($"{arguments[0].FullName} has two handlers.");
                    module.Requests.Add(arguments[0]);
                    services.AddTransient(contract, type);
                }
                else if (definition == typeof(IValidator<>))
                {
                    // Once: building its rules costs more than a whole search. A validator therefore asks for singletons only.
                    services.AddSingleton(contract, type);
                }
                else if (definition == typeof(IAccessRule<>))
                {
                    services.AddTransient(contract, type);
                }
                else if (definition == typeof(IReaction<,>) || definition == typeof(IEffect<>))
                {
                    services.AddTransient(type);
                    events.Subscribe(module.Name, type, arguments[0], definition == typeof(IReaction<,>) ? arguments[1] : null);
                }
            }
            if (typeof(IParceoCommand).IsAssignableFrom(type))
                services.AddTransient(typeof(IParceoCommand), type);
        }
        foreach (var type in module.Assembly.GetTypes().Where(t => t.Namespace?.EndsWith(".Features", StringComparison.Ordinal) == true))
        {
            // Features are static classes; their Map methods get the group /api/{module}. What else is called Map maps itself.
            if (type.GetMethod("Map", BindingFlags.Public | BindingFlags.Static, [typeof(IEndpointRouteBuilder)]) is { } map)
                module.Maps.Add(map);
        }
    }

    /// <summary>Whose addresses are whose, once the modules are known.</summary>
    internal AddressMap Addresses { get; private set; } = new([]);

    /// <summary>
    /// Stops the start when two modules claim the same name, order, label, address or keys, the same subject of notices, part of
    /// the home page or words of the palette, or when a page lies outside its module's addresses.
    /// </summary>
    internal void CheckUnique(IServiceCollection services)
    {
        var menu = Declared<MenuEntry>(services);
        var home = Declared<HomeEntry>(services);
        var addresses = Modules
            .Select(m => m.Name)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(name => new ModuleAddress[] { new(name, $"/api/{name}"), new(name, $"/hubs/{name}") })
            .Concat(Declared<ModuleAddress>(services))
            .ToList();
        Addresses = new AddressMap(addresses);
        var problems = Twice("module name", Modules.Select(m => (m.Name, m.Assembly.GetName().Name!)))
            .Concat(Twice("menu order", menu.Select(e => ($"{e.Order}", e.Module))))
            .Concat(Twice("menu label", menu.Select(e => (e.Label, e.Module))))
            .Concat(Twice("menu address", menu.Select(e => (e.Href, e.Module))))
            .Concat(Twice("shortcut", menu.Where(e => e.Hotkey is not null).Select(e => (e.Hotkey!, e.Module))))
            .Concat(Twice("place of administration", Declared<AdministrationEntry>(services).Select(e => ($"{e.Order}", e.Module))))
            .Concat(Twice("first step", Declared<FirstStep>(services).Select(s => ($"{s.Order}", s.Name))))
            .Concat(Twice("address", addresses.Select(a => (a.Prefix, a.Module))))
            .Concat(Twice("notice subject", Declared<NoticeSubject>(services).Select(s => (s.Name, s.Module))))
            .Concat(Twice("home part", home.Select(h => (h.Name, h.Module))))
            .Concat(
                home.Where(h => menu.TrueForAll(e => e.Href != h.Place))
                    .Select(h => $"The home part '{h.Name}' of '{h.Module}' counts at '{h.Place}', which is in no menu.")
            )
            .Concat(Twice("command", Declared<PaletteCommand>(services).Select(c => (c.Label, c.Module))))
            .Concat(Twice("palette group", Declared<PaletteEntry>(services).Select(p => (p.Group, p.Module))))
            .Concat(
                from module in Modules
                from page in module.Assembly.GetTypes()
                from route in page.GetCustomAttributes<RouteAttribute>(inherit: false)
                select Addresses.Stray(module.Name, "page", route.Template) into stray
                where stray is not null
                select stray
            )
            .ToList();
        if (problems.Count > 0)
            throw new StartRefusedException(string.Join(Environment.NewLine, problems));
    }

    private static List<T> Declared<T>(IServiceCollection services) =>
        [.. services.Where(s => !s.IsKeyedService).Select(s => s.ImplementationInstance).OfType<T>()];

    private static IEnumerable<string> Twice(string what, IEnumerable<(string Value, string By)> declared) =>
        declared
            .GroupBy(d => d.Value, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => $"The {what} '{g.Key}' is declared twice, by {string.Join(" and ", g.Select(d => $"'{d.By}'"))}.");

    /// <summary>Stops the start when a request has no access attribute, no handler, or names an unknown permission.</summary>
    internal void Check(PermissionCatalog permissions)
    {
        var problems = permissions.DelegationProblems().ToList();
        var enabled = Modules.Select(m => m.Assembly.GetName().Name).ToHashSet(StringComparer.Ordinal);
        foreach (var module in Modules)
        {
            // Whoever asks another module must find it: better no start than failing requests later. Contracts that ask nothing
            // (Patients, so far) are words only.
            foreach (
                var asked in module
                    .Assembly.GetReferencedAssemblies()
                    .Where(a =>
                        a.Name!.EndsWith(".Contracts", StringComparison.Ordinal)
                        && !enabled.Contains(a.Name[..^".Contracts".Length])
                        && Assembly.Load(a).GetTypes().Any(IsRequest)
                    )
            )
                problems.Add(
                    $"Modules:{asked.Name!.Split('.')[^2].ToLowerInvariant()}:Enabled is false, but the module '{module.Name}' needs it."
                );
        }
        foreach (var module in Modules)
        {
            var declared = module
                .Assembly.GetTypes()
                .Where(IsRequest)
                .Concat(ContractsOf(module.Assembly).SelectMany(a => a.GetTypes()).Where(IsRequest))
                .Distinct();
            foreach (var request in declared)
            {
                var access = RequestAccess.Of(request);
                if (access.Kind == AccessKind.Missing)
                    problems.Add($"{request.FullName} says nothing of who may send it.");
                if (access.Permission is { } p && !permissions.Knows(p))
                    problems.Add($"{request.FullName} requires '{p}', which no module declares.");
                if (!byRequest.ContainsKey(request))
                    problems.Add($"{request.FullName} has no handler.");
            }
        }
        if (problems.Count > 0)
            throw new StartRefusedException(string.Join(Environment.NewLine, problems));
    }

    private static bool IsRequest(Type t) =>
        !t.IsAbstract && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>));

    private static IEnumerable<Assembly> ContractsOf(Assembly module)
    {
        var name = module.GetName().Name + ".Contracts";
        return module.GetReferencedAssemblies().Where(a => a.Name == name).Select(Assembly.Load);
    }
}
