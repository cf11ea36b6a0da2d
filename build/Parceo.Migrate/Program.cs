// Writes a migration of one module for all three engines in one run, without servers and without dotnet-ef:
//
//   dotnet run --project build/Parceo.Migrate -- add Slots AddCapacity      one module ("Platform" for the platform's own tables)
//   dotnet run --project build/Parceo.Migrate -- fold                       before a release: every module's sets become one Initial
//   dotnet run --project build/Parceo.Migrate -- fold Slots                 one module's only
//   dotnet run --project build/Parceo.Migrate -- script                     the SQL of everything, per engine, into artifacts/sql
//
// Audit rows are append-only: the table's migration gets its guarding triggers here (S32).
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
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
        Add(Find(module), name, Contexts.Create);
        return 0;
    case ["fold"]:
        foreach (var db in Contexts.All())
            Fold(Find(db.Name[..^2]));
        return 0;
    case ["fold", var module]:
        Fold(Find(module));
        return 0;
    case ["script"]:
        Script();
        return 0;
    default:
        Console.Error.WriteLine("Usage: add MODULE NAME | fold [MODULE] | script");
        return 1;
}

void Add((Type Db, string Folder) module, string name, Func<Type, Engine, DbContext> create)
{
    foreach (var engine in Enum.GetValues<Engine>())
    {
        using var context = create(module.Db, engine);
        var assembly = module.Db.Assembly;
#pragma warning disable EF1001 // the same entry that dotnet-ef uses; versions are pinned
        var services = new DesignTimeServicesBuilder(assembly, assembly, new OperationReporter(null), []).Build(context);
#pragma warning restore EF1001
        using var scope = services.CreateScope();
        var scaffolder = scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>();
        var migration = scaffolder.ScaffoldMigration(name, $"{assembly.GetName().Name}", $"Data.Migrations.{engine}", "C#", dryRun: false);
        var files = scaffolder.Save(
            module.Folder,
            migration,
            Path.Combine(module.Folder, "Data", "Migrations", engine.ToString()),
            dryRun: false
        );
        AddGuards(files.MigrationFile!, engine);
        if (engine != Engine.Sqlite || !RebuildsTables(files.MigrationFile!))
            DropDesigner(files, context.GetType(), migration.MigrationId);
        Console.WriteLine(Path.GetRelativePath(root, files.MigrationFile!));
    }
}

void Fold((Type Db, string Folder) module)
{
    foreach (var engine in Enum.GetNames<Engine>())
    {
        var set = Path.Combine(module.Folder, "Data", "Migrations", engine);
        if (Directory.Exists(set))
            Directory.Delete(set, recursive: true);
    }
    Add(module, "Initial", Contexts.CreateWithoutMigrations);
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

// SQLite changes a column by writing its table anew, and asks the designer's copy of the model what the rest of it looks like.
static bool RebuildsTables(string file) => TableChange().IsMatch(File.ReadAllText(file));

// Everywhere else a designer is a whole copy of the model that nobody reads: the two attributes are all that counts.
static void DropDesigner(MigrationFiles files, Type context, string id)
{
    var text = File.ReadAllText(files.MigrationFile!);
    var declaration = text.IndexOf("    /// <inheritdoc />\n    public partial class", StringComparison.Ordinal);
    text = text.Insert(
            declaration + "    /// <inheritdoc />\n".Length,
            $"    [DbContext(typeof({context.Name}))]\n    [Migration(\"{id}\")]\n"
        )
        .Replace(
            "using Microsoft.EntityFrameworkCore.Migrations;\n",
            "using Microsoft.EntityFrameworkCore.Infrastructure;\nusing Microsoft.EntityFrameworkCore.Migrations;\n",
            StringComparison.Ordinal
        );
    File.WriteAllText(files.MigrationFile!, text);
    File.Delete(files.MetadataFile!);
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

partial class Program
{
    [GeneratedRegex(
        @"migrationBuilder\.(AlterColumn|DropColumn|RenameColumn|(Add|Drop)(ForeignKey|PrimaryKey|UniqueConstraint|CheckConstraint))\b"
    )]
    private static partial Regex TableChange();
}
