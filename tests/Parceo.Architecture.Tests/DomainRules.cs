using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;

namespace Parceo.Architecture.Tests;

/// <summary>What the domain may use, seen in the compiled method bodies: values in, values out.</summary>
public sealed class DomainRules
{
    private static readonly string[] BannedNamespaces =
    [
        "Microsoft.EntityFrameworkCore",
        "Microsoft.AspNetCore",
        "Microsoft.Extensions",
        "MediatR",
        "FluentValidation",
        "System.IO.File",
        "System.IO.Directory",
        "System.Net.Http",
        "System.Threading.Tasks",
    ];

    private static readonly string[] BannedTypes = ["System.TimeProvider", "System.Random", "System.Environment"];

    private static readonly string[] BannedCalls =
    [
        "System.Guid::NewGuid",
        "System.Guid::CreateVersion7",
        "System.DateTime::get_Now",
        "System.DateTime::get_UtcNow",
        "System.DateTime::get_Today",
        "System.DateTimeOffset::get_Now",
        "System.DateTimeOffset::get_UtcNow",
    ];

    [Test]
    public void The_domain_knows_no_database_web_clock_or_chance()
    {
        var architecture = new ArchLoader().LoadAssemblies([.. Assemblies.Modules.Select(m => m.Implementation)]).Build();

        Rule.Holds(
            "Handlers pass values into the domain, so that a seeded simulator replays everything (S62).",
            from type in architecture.Types
            where BuiltModule.IsIn(type.Namespace?.FullName, "Domain")
            from dependency in type.Dependencies
            where IsBanned(dependency)
            select $"{type.FullName} uses {(dependency as MethodCallDependency)?.TargetMember.FullName ?? dependency.Target.FullName}"
        );
    }

    private static bool IsBanned(ITypeDependency dependency) =>
        BannedTypes.Contains(dependency.Target.FullName)
        || BannedNamespaces.Any(n =>
            dependency.Target.FullName == n || dependency.Target.FullName.StartsWith(n + ".", StringComparison.Ordinal)
        )
        || (
            dependency is MethodCallDependency call
            && BannedCalls.Any(c => call.TargetMember.FullName.Contains(c, StringComparison.Ordinal))
        );
}
