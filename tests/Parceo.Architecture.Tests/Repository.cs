using System.Collections.Immutable;
using System.Xml.Linq;

namespace Parceo.Architecture.Tests;

/// <summary>The repository on disk: its projects and its files, without build output.</summary>
internal static class Repository
{
    private static readonly HashSet<string> OutputFolders =
    [
        "bin",
        "obj",
        "node_modules",
        "artifacts",
        "TestResults",
        ".git",
        ".vs",
        ".idea",
    ];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file people wrote, as paths relative to the root with forward slashes.</summary>
    public static ImmutableArray<string> Files { get; } =
    [.. Walk(Root).Select(Relative).Where(f => !IsLocalData(f)).Order(StringComparer.Ordinal)];

    public static ImmutableArray<ProjectFile> Projects { get; } =
    [.. Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).Select(f => ProjectFile.Read(Root, f))];

    /// <summary>Names of the folders in <c>modules/</c> that hold a project.</summary>
    public static ImmutableArray<string> Modules { get; } = [.. Projects.Where(p => p.Kind == ProjectKind.Module).Select(p => p.Module!)];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static IEnumerable<string> Walk(string folder) =>
        System
            .IO.Directory.EnumerateFiles(folder)
            .Concat(
                System.IO.Directory.EnumerateDirectories(folder).Where(d => !OutputFolders.Contains(Path.GetFileName(d))).SelectMany(Walk)
            );

    /// <summary>What runs and builds leave behind: the default data folder and the bundled assets.</summary>
    private static bool IsLocalData(string file) =>
        file.StartsWith("data/", StringComparison.Ordinal) || file.StartsWith("src/Parceo.Ui/wwwroot/", StringComparison.Ordinal);

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests must run from inside the repository.");
    }
}

internal enum ProjectKind
{
    Source,
    Module,
    Contracts,
    Tests,
    Build,
}

internal sealed record PackageUse(string Name, bool HasOwnVersion);

/// <summary>What a project file says, read as text: exact, and independent of what was built.</summary>
/// <param name="Module">The folder under <c>modules/</c> for a module and its contracts, otherwise null.</param>
/// <param name="References">Names of the projects it references; a wildcard is kept as written.</param>
internal sealed record ProjectFile(
    string Name,
    string Path,
    ProjectKind Kind,
    string? Module,
    ImmutableArray<string> References,
    ImmutableArray<PackageUse> Packages
)
{
    public static ProjectFile Read(string root, string path)
    {
        var xml = XDocument.Load(System.IO.Path.Combine(root, path));
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var folders = path.Split('/');
        var kind = folders[0] switch
        {
            "modules" => name.EndsWith(".Contracts", StringComparison.Ordinal) ? ProjectKind.Contracts : ProjectKind.Module,
            "tests" => ProjectKind.Tests,
            "build" => ProjectKind.Build,
            _ => ProjectKind.Source,
        };
        return new ProjectFile(
            name,
            path,
            kind,
            folders[0] == "modules" ? folders[1] : null,
            [
                .. xml.Descendants("ProjectReference")
                    .Select(r => System.IO.Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))),
            ],
            [.. xml.Descendants("PackageReference").Select(ToPackage)]
        );
    }

    public override string ToString() => Path;

    public static PackageUse ToPackage(XElement reference) =>
        new(
            (reference.Attribute("Include") ?? reference.Attribute("Update"))!.Value,
            reference.Attribute("Version") is not null
                || reference.Attribute("VersionOverride") is not null
                || reference.Elements("Version").Any()
        );
}
