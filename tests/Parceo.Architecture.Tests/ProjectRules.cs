using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Parceo.Architecture.Tests;

/// <summary>Who may reference whom, read from the project files (docs/decisions/0001).</summary>
public sealed partial class ProjectRules
{
    private static readonly ILookup<string, ProjectFile> ByName = Repository.Projects.ToLookup(p => p.Name);

    [Test]
    public void A_module_references_the_platform_and_contracts_only() =>
        Rule.Holds(
            "A module may use src/ (not the host), its own contracts and other modules' contracts.",
            from project in Repository.Projects
            where project.Kind == ProjectKind.Module
            from reference in project.References
            where !MayBeUsedByModules(reference)
            select $"{project} → {reference}"
        );

    [Test]
    public void Contracts_reference_the_abstractions_only() =>
        Rule.Holds(
            "Contracts are what others compile against: they bring in nothing but Parceo.Abstractions, and the one shape of a patient.",
            from project in Repository.Projects
            where project.Kind == ProjectKind.Contracts
            from used in project
                .References.Where(r => r is not ("Parceo.Abstractions" or "Parceo.Patients.Contracts"))
                .Concat(project.Packages.Select(p => p.Name))
            select $"{project} → {used}"
        );

    [Test]
    public void Only_the_host_references_modules() =>
        Rule.Holds(
            "A module is known to the host only; src/ knows none, but for the demonstration that stands on the host.",
            from project in Repository.Projects
            where project.Kind == ProjectKind.Source && project.Name is not ("Parceo.Host" or "Parceo.Demo")
            from reference in project.References
            where ByName[reference].Any(p => p.Kind is ProjectKind.Module or ProjectKind.Contracts) || reference == "Parceo.Host"
            select $"{project} → {reference}"
        );

    /// <summary>
    /// Parceo.Demo is a program of its own, around the host. It sees the modules' internals (build/Parceo.props), because its
    /// world has a past that no request can make; in exchange nothing that is released may reach it.
    /// </summary>
    [Test]
    public void No_release_contains_the_demonstration()
    {
        var published = Repository
            .Read("Dockerfile")
            .Split('\n')
            .Where(l =>
                l.Contains("dotnet publish", StringComparison.Ordinal) && !l.Contains("src/Parceo.Host ", StringComparison.Ordinal)
            );
        Rule.Holds(
            "The demonstration opens sessions by one click: only build/run and the tests know it, and Parceo.Host alone is published.",
            Repository
                .Projects.Where(p => p.Kind != ProjectKind.Tests && p.References.Contains("Parceo.Demo"))
                .Select(p => p.ToString())
                .Concat(published)
                .Concat(
                    Repository.Files.Where(f =>
                        f.StartsWith("modules/", StringComparison.Ordinal) && f.Contains("/Demo/", StringComparison.Ordinal)
                    )
                )
        );
    }

    [Test]
    public void The_host_references_every_module() =>
        Rule.Holds(
            "A module that the host does not reference cannot be served.",
            from project in Repository.Projects
            where project.Kind == ProjectKind.Module && !ByName["Parceo.Host"].Any(h => h.References.Contains(project.Name))
            select project.ToString()
        );

    [Test]
    public void Product_projects_do_not_reference_tests() =>
        Rule.Holds(
            "Test code stays out of the product.",
            from project in Repository.Projects
            where project.Kind is not ProjectKind.Tests
            from reference in project.References
            where ByName[reference].Any(p => p.Kind == ProjectKind.Tests)
            select $"{project} → {reference}"
        );

    [Test]
    public void Modules_form_no_cycle()
    {
        // Remove, as long as possible, the modules that depend on no remaining one; what is left is a cycle or leads to one.
        var dependencies = Repository.Modules.ToDictionary(m => m, DependenciesOf);
        while (dependencies.FirstOrDefault(m => !m.Value.Any(dependencies.ContainsKey)) is { Key: { } free })
            dependencies.Remove(free);

        Rule.Holds(
            "Modules must not depend on each other in a circle, contracts included.",
            dependencies.Select(m => $"{m.Key} → {string.Join(", ", m.Value.Where(dependencies.ContainsKey))}")
        );
    }

    [Test]
    public void A_module_is_two_projects_and_a_page_of_explanation() =>
        Rule.Holds(
            "modules/X holds README.md, Parceo.X and Parceo.X.Contracts (exactly).",
            from folder in ModuleFolders()
            from expected in new[]
            {
                "README.md",
                $"Parceo.{folder}/Parceo.{folder}.csproj",
                $"Parceo.{folder}.Contracts/Parceo.{folder}.Contracts.csproj",
            }
            where folder != "Patients" || !expected.StartsWith("Parceo.Patients/", StringComparison.Ordinal) // contracts only, so far
            where !Repository.Files.Contains($"modules/{folder}/{expected}")
            select $"modules/{folder}/{expected} is missing"
        );

    [Test]
    public void A_module_has_its_two_projects_only() =>
        Rule.Holds(
            "Two projects per module: no layers.",
            from project in Repository.Projects
            where project.Module is { } module && project.Name != $"Parceo.{module}" && project.Name != $"Parceo.{module}.Contracts"
            select project.ToString()
        );

    [Test]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Parceo.sln").Replace('\\', '/');
        Rule.Holds(
            "A project outside Parceo.sln is neither built nor tested.",
            Repository.Projects.Select(p => p.Path).Where(p => !solution.Contains($"\"{p}\"", StringComparison.Ordinal))
        );
    }

    [Test]
    public void Package_versions_are_central()
    {
        var own =
            from file in Repository.Files
            where
                file.EndsWith(".csproj", StringComparison.Ordinal)
                || (file.EndsWith(".props", StringComparison.Ordinal) && file != "Directory.Packages.props")
            from package in XDocument.Parse(Repository.Read(file)).Descendants("PackageReference").Select(ProjectFile.ToPackage)
            where package.HasOwnVersion
            select $"{file}: {package.Name}";
        Rule.Holds("Versions are said once, in Directory.Packages.props.", own);
    }

    [Test]
    public void Every_project_locks_its_packages() =>
        Rule.Holds(
            "Restores are repeatable: packages.lock.json stands beside every project.",
            from project in Repository.Projects
            let lockFile = $"{Path.GetDirectoryName(project.Path)!.Replace('\\', '/')}/packages.lock.json"
            where !Repository.Files.Contains(lockFile)
            select lockFile
        );

    [Test]
    public void Lock_files_name_public_registries_only() =>
        Rule.Holds(
            "Lock files hold no addresses of one machine or network.",
            from file in Repository.Files
            where Path.GetFileName(file) is "packages.lock.json" or "package-lock.json"
            from Match address in ResolvedAddress().Matches(Repository.Read(file))
            where !address.Groups["address"].Value.StartsWith("https://registry.npmjs.org/", StringComparison.Ordinal)
            select $"{file}: {address.Groups["address"].Value}"
        );

    private static bool MayBeUsedByModules(string reference) =>
        reference != "Parceo.Host" && ByName[reference].Any(p => p.Kind is ProjectKind.Source or ProjectKind.Contracts);

    private static string[] DependenciesOf(string module) =>
        [
            .. Repository
                .Projects.Where(p => p.Module == module)
                .SelectMany(p => p.References)
                .SelectMany(r => ByName[r])
                .Where(p => p.Kind == ProjectKind.Contracts && p.Module != module)
                .Select(p => p.Module!)
                .Distinct(),
        ];

    private static IEnumerable<string> ModuleFolders() =>
        Repository.Files.Where(f => f.StartsWith("modules/", StringComparison.Ordinal)).Select(f => f.Split('/')[1]).Distinct();

    [GeneratedRegex(@"""resolved"":\s*""(?<address>[a-z+]+:[^""]+)""")]
    private static partial Regex ResolvedAddress();
}
