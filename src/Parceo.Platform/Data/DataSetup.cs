using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Parceo.Platform.Data;

internal static class DataSetup
{
    /// <summary>Registers the engine's subclass of a module's context, and the context type itself as an alias of it.</summary>
    public static void AddModuleDb(this IServiceCollection services, Type db, string module, DatabaseOptions options)
    {
        var subclass = SubclassOf(db, options.Provider);
        typeof(DataSetup)
            .GetMethod(nameof(Add), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(subclass)
            .Invoke(null, [services, module, options]);
        services.AddScoped(db, sp => sp.GetRequiredService(subclass));
    }

    /// <summary><c>SlotsDb</c> on SQLite is <c>SlotsDbSqlite</c>, in the same assembly.</summary>
    public static Type SubclassOf(Type db, Engine engine) =>
        db.Assembly.GetType($"{db.FullName}{engine}")
        ?? throw new InvalidOperationException($"{db.Name} has no subclass {db.Name}{engine}.");

    public static void Configure(DbContextOptionsBuilder builder, string module, Engine engine, string connection)
    {
        var history = $"__migrations_{module}";
        switch (engine)
        {
            case Engine.Sqlite:
                builder
                    .UseSqlite(connection, o => o.MigrationsHistoryTable(history))
                    .AddInterceptors(WalCheckpoints.NoAutoCheckpoint.Instance);
                break;
            case Engine.PostgreSql:
                builder.UseNpgsql(connection, o => o.MigrationsHistoryTable(history, module));
                break;
            default:
                builder.UseSqlServer(connection, o => o.MigrationsHistoryTable(history, module)).AddInterceptors(BinaryLists.Instance);
                break;
        }
        builder.ConfigureWarnings(w =>
            w.Ignore(
                // Their lines hold the database's message with its values; who sent the request logs the failure (QuietLogs).
                CoreEventId.SaveChangesFailed,
                CoreEventId.QueryIterationFailed,
                CoreEventId.ExecutionStrategyRetrying,
                RelationalEventId.ConnectionError,
                RelationalEventId.TransactionError,
                SqliteEventId.SchemaConfiguredWarning,
                RelationalEventId.MigrationsUserTransactionWarning,
                CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning
            )
        );
    }

    private static void Add<TDb>(IServiceCollection services, string module, DatabaseOptions options)
        where TDb : DbContext =>
        services.AddDbContext<TDb>(builder => Configure(builder, module, options.Provider, options.ConnectionString));
}
