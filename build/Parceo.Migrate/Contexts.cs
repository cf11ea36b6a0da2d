using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Host;
using Parceo.Platform;
using Parceo.Platform.Data;

namespace Parceo.Migrate;

/// <summary>Contexts of every module on every engine, made without a server.</summary>
public static class Contexts
{
    /// <summary>The engine-neutral context types: the platform's first, then the modules' in the host's order.</summary>
    public static IEnumerable<Type> All() =>
        ModuleList
            .All.SelectMany(m => m.GetType().Assembly.GetTypes().Where(t => t.IsAbstract && t.IsSubclassOf(typeof(ModuleDb))))
            .Prepend(typeof(PlatformDb));

    /// <summary>A context that can describe its model and migrations, but reaches no database.</summary>
    public static DbContext Create(Type db, Engine engine) => Create(db, engine, withoutMigrations: false);

    /// <summary>The same, as if no migration had ever been written: what is missing is the whole model.</summary>
    public static DbContext CreateWithoutMigrations(Type db, Engine engine) => Create(db, engine, withoutMigrations: true);

    private static DbContext Create(Type db, Engine engine, bool withoutMigrations)
    {
        var subclass = db.Assembly.GetType($"{db.FullName}{engine}")
            ?? throw new InvalidOperationException($"{db.Name}{engine} is missing.");
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(subclass))!;
        var connection = engine switch
        {
            Engine.Sqlite => "Data Source=:memory:",
            Engine.PostgreSql => "Host=nowhere.invalid;Database=parceo",
            _ => "Server=nowhere.invalid;Database=parceo;Encrypt=false",
        };
        DataSetup.Configure(builder, ModuleNameOf(db), engine, connection);
        if (withoutMigrations)
            RelationalOptionsExtension
                .Extract(builder.Options)
                .WithMigrationsAssembly(typeof(Contexts).Assembly.GetName().Name)
                .AddTo(builder);
        return (DbContext)Activator.CreateInstance(subclass, builder.Options)!;
    }

    /// <summary>The SQL that makes an empty database current.</summary>
    public static string FullScript(Engine engine)
    {
        var script = new StringBuilder();
        foreach (var db in All())
        {
            using var context = Create(db, engine);
            // SQLite cannot branch in a script, hence no idempotent one there.
            var options = engine == Engine.Sqlite ? MigrationsSqlGenerationOptions.Default : MigrationsSqlGenerationOptions.Idempotent;
            script.Append("-- ").AppendLine(db.Name).AppendLine(context.GetService<IMigrator>().GenerateScript(options: options));
        }
        return script.ToString();
    }

    private static string ModuleNameOf(Type db) =>
        ModuleList.All.FirstOrDefault(m => m.GetType().Assembly == db.Assembly)?.Name ?? "platform";

    private static void AddTo(this RelationalOptionsExtension extension, DbContextOptionsBuilder builder) =>
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(extension);

    private static T GetService<T>(this DbContext context)
        where T : class => AccessorExtensions.GetService<T>(context);
}
