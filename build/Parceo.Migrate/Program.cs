// Writes a migration of one module for all three engines in one run, without servers and without dotnet-ef:
//
//   dotnet run --project build/Parceo.Migrate -- add Slots AddCapacity      one module ("Platform" for the platform's own tables)
//   dotnet run --project build/Parceo.Migrate -- fold Slots                 before 1.0: throw the sets away and write one Initial
//   dotnet run --project build/Parceo.Migrate -- script                     the SQL of everything, per engine, into artifacts/sql
//
// Audit rows are append-only: the table's migration gets its guarding triggers here (S32).
using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Host;
using Parceo.Migrate;
using Parceo.Platform.Data;

var root = FindRoot();
switch (args)
{
    case ["add", var module, var name]:
        Add(module, name);
        return 0;
    case ["fold", var module]:
        Fold(module);
        return 0;
    case ["script"]:
        Script();
        return 0;
    default:
        Console.Error.WriteLine("Usage: add MODULE NAME | fold MODULE | script");
        return 1;
}

void Add(string module, string name)
{
    var (dbType, folder) = Find(module);
    foreach (var engine in Enum.GetValues<Engine>())
    {
        using var context = Contexts.Create(dbType, engine);
        var assembly = dbType.Assembly;
#pragma warning disable EF1001 // the same entry that dotnet-ef uses; versions are pinned
        var services = new DesignTimeServicesBuilder(assembly, assembly, new OperationReporter(null), []).Build(context);
#pragma warning restore EF1001
        using var scope = services.CreateScope();
        var scaffolder = scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>();
        var migration = scaffolder.ScaffoldMigration(name, $"{assembly.GetName().Name}", $"Data.Migrations.{engine}", "C#", dryRun: false);
        var files = scaffolder.Save(folder, migration, Path.Combine(folder, "Data", "Migrations", engine.ToString()), dryRun: false);
        AddGuards(files.MigrationFile!, engine);
        Console.WriteLine(Path.GetRelativePath(root, files.MigrationFile!));
    }
}

void Fold(string module)
{
    var (_, folder) = Find(module);
    foreach (var engine in Enum.GetNames<Engine>())
    {
        var set = Path.Combine(folder, "Data", "Migrations", engine);
        if (Directory.Exists(set))
            Directory.Delete(set, recursive: true);
    }
    Console.WriteLine("The sets are gone. Build, then: add " + module + " Initial");
}

void Script()
{
    foreach (var engine in Enum.GetValues<Engine>())
    {
        var file = Path.Combine(root, "artifacts", "sql", $"{engine}.sql");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Contexts.FullScript(engine));
        Console.WriteLine(Path.GetRelativePath(root, file));
    }
}

static void AddGuards(string file, Engine engine)
{
    var text = File.ReadAllText(file);
    var table = engine == Engine.Sqlite ? "platform_audit" : "audit";
    if (!text.Contains($"name: \"{table}\",", StringComparison.Ordinal) || !text.Contains("CreateTable", StringComparison.Ordinal))
        return;
    var end = text.IndexOf("        }\n\n        /// <inheritdoc />\n        protected override void Down", StringComparison.Ordinal);
    text = text.Insert(
        end,
        $"\n            foreach (var guard in Parceo.Platform.Audit.AuditGuards.Create(\"{engine}\")) migrationBuilder.Sql(guard);\n"
    );
    File.WriteAllText(file, text);
}

(Type Db, string Folder) Find(string module)
{
    var dbType = Contexts.All().SingleOrDefault(t => t.Name == module + "Db")
        ?? throw new ArgumentException(
            $"No module has a context {module}Db; known: {string.Join(", ", Contexts.All().Select(t => t.Name[..^2]))}"
        );
    var project = dbType.Assembly.GetName().Name!;
    return (
        dbType,
        Directory
            .EnumerateFiles(root, project + ".csproj", SearchOption.AllDirectories)
            .Select(Path.GetDirectoryName)
            .Single(d => !d!.Contains("/obj/", StringComparison.Ordinal))!
    );
}

static string FindRoot()
{
    for (var d = new DirectoryInfo(Directory.GetCurrentDirectory()); d is not null; d = d.Parent)
        if (File.Exists(Path.Combine(d.FullName, "Parceo.sln")))
            return d.FullName;
    throw new InvalidOperationException("Run it inside the repository.");
}
