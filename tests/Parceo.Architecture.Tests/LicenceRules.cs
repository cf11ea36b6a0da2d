using System.Text.Json;
using System.Xml.Linq;

namespace Parceo.Architecture.Tests;

/// <summary>What other people's work allows (docs/decisions/0006), read from the packages that were restored.</summary>
public sealed class LicenceRules
{
    private static readonly string[] Allowed =
    [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "0BSD",
        "ISC",
        "PostgreSQL",
        "MS-PL",
        "Unlicense",
        "CC0-1.0",
        "BSD-2-Clause OR MS-PL",
        "MS-PL OR Apache-2.0",
        "MPL-2.0",
    ]; // MPL: by file, and in tests only (axe)

    /// <summary>Packages that point to a text instead of naming a licence; read by a person, who wrote here what it is.</summary>
    private static readonly Dictionary<string, string> Read = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Hangfire.AspNetCore"] = "LGPL-3.0, unmodified",
        ["Hangfire.Core"] = "LGPL-3.0, unmodified",
        ["Hangfire.InMemory"] = "LGPL-3.0, unmodified",
        ["Hangfire.NetCore"] = "LGPL-3.0, unmodified",
        ["Hangfire.PostgreSql"] = "LGPL-3.0, unmodified",
        ["Hangfire.SqlServer"] = "LGPL-3.0, unmodified",
        ["MediatR"] = "Apache-2.0 at version 5.1.0",
        ["Microsoft.Data.SqlClient.SNI.runtime"] = "Microsoft's terms; used on Windows only",
        ["Microsoft.Identity.Client.NativeInterop"] = "Microsoft's terms; used on Windows only",
    };

    [Test]
    public void Every_package_has_a_licence_we_accept() =>
        Rule.Holds(
            "A licence is read before a package comes in.",
            from package in LockedPackages()
            where !Read.ContainsKey(package.Id)
            let licence = LicenceOf(package)
            where !Allowed.Contains(licence)
            select $"{package.Id} {package.Version}: {licence}"
        );

    [Test]
    public void Third_party_notices_name_every_package_we_ship()
    {
        var notices = Repository.Read("THIRD-PARTY-NOTICES.md");
        Rule.Holds(
            "THIRD-PARTY-NOTICES.md says whose work we build on.",
            from project in Repository.Projects
            where project.Kind is ProjectKind.Source or ProjectKind.Module or ProjectKind.Contracts
            from package in project.Packages
            where !notices.Contains(package.Name, StringComparison.OrdinalIgnoreCase)
            select package.Name
        );
    }

    private static IEnumerable<(string Id, string Version)> LockedPackages() =>
        (
            from file in Repository.Files
            where file.EndsWith("/packages.lock.json", StringComparison.Ordinal)
            from framework in JsonDocument.Parse(Repository.Read(file)).RootElement.GetProperty("dependencies").EnumerateObject()
            from package in framework.Value.EnumerateObject()
            where package.Value.GetProperty("type").GetString() != "Project"
            select (package.Name, package.Value.GetProperty("resolved").GetString()!)
        ).Distinct();

    private static string LicenceOf((string Id, string Version) package)
    {
        var id = package.Id.ToLowerInvariant();
        var file = Path.Combine(PackagesFolder, id, package.Version.ToLowerInvariant(), id + ".nuspec");
        if (!File.Exists(file))
            return "not restored on this machine";
        var metadata = XDocument.Load(file).Root!.Elements().First();
        string? Value(string name) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
        return Value("license") ?? Value("licenseUrl") ?? "none stated";
    }

    private static string PackagesFolder { get; } =
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
