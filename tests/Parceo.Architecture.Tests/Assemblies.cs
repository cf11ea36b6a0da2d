using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Parceo.Platform;

namespace Parceo.Architecture.Tests;

/// <summary>A module as built: its two assemblies.</summary>
internal sealed record BuiltModule(string Folder, Assembly Implementation, Assembly Contracts)
{
    /// <summary>The classes that introduce it to the host; there should be one.</summary>
    public ImmutableArray<Type> ModuleClasses { get; } =
    [.. Implementation.GetTypes().Where(t => t.IsAssignableTo(typeof(IParceoModule)) && !t.IsAbstract)];

    /// <summary><c>slots</c></summary>
    public string Name => ModuleClasses is [var only] ? ((IParceoModule)Activator.CreateInstance(only)!).Name : Folder.ToLowerInvariant();

    /// <summary>Types that people wrote, in both assemblies: without the compiler's and the migrations'.</summary>
    public IEnumerable<Type> Types => Written(Implementation).Concat(Written(Contracts));

    /// <summary>Types that people wrote in one folder of the module, for example <c>Domain</c>.</summary>
    public IEnumerable<Type> In(string folder) => Written(Implementation).Where(t => IsIn(t.Namespace, folder));

    public static bool IsIn(string? name, string folder) =>
        name is not null
        && (name.EndsWith($".{folder}", StringComparison.Ordinal) || name.Contains($".{folder}.", StringComparison.Ordinal));

    public static bool IsIn(Type type, string folder) => IsIn(type.Namespace, folder);

    private static IEnumerable<Type> Written(Assembly assembly) =>
        assembly
            .GetTypes()
            .Where(t => !IsGenerated(t) && !IsIn(t, "Migrations") && t.Namespace?.StartsWith("Parceo", StringComparison.Ordinal) == true);

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), false)
        || type.Name.Contains('<')
        || (type.DeclaringType is { } outer && IsGenerated(outer));
}

internal static class Assemblies
{
    public static ImmutableArray<BuiltModule> Modules { get; } =
    [.. Repository.Modules.Select(m => new BuiltModule(m, Assembly.Load($"Parceo.{m}"), Assembly.Load($"Parceo.{m}.Contracts")))];
}
