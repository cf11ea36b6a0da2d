using System.Data.Common;
using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.SqlServer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Data;

namespace Parceo.Platform.Jobs;

internal static class JobsSetup
{
    /// <summary>
    /// Its locks on PostgreSQL are rows: one of a node that was killed stays until it is this old. They are held for
    /// milliseconds, since what takes long has a turn of its own (<see cref="JobTurns"/>).
    /// </summary>
    private static readonly TimeSpan LongestLock = TimeSpan.FromSeconds(10);

    internal const string Schema = "hangfire";

    /// <summary>Workers of a node, by lane.</summary>
    internal const int ShortWorkers = 4,
        LongWorkers = 2;

    /// <summary>Makes or updates its tables; under the migration lock, because nodes that do so at once get in each other's way.</summary>
    public static void Install(DbConnection connection)
    {
        if (connection is Npgsql.NpgsqlConnection postgres)
            PostgreSqlObjectsInstaller.Install(postgres, Schema);
        else
            SqlServerObjectsInstaller.Install(connection, Schema, enableHeavyMigrations: false);
    }

    /// <summary>Hangfire only keeps time: in memory on SQLite (one node), in the database where several nodes share it.</summary>
    public static void AddJobs(this IServiceCollection services, DatabaseOptions database, JobCatalog jobs, IConfiguration configuration)
    {
        services
            .AddSingleton(jobs)
            .AddSingleton<JobTurns>()
            .AddTransient(sp => new JobRunner(
                jobs,
                sp.GetRequiredService<JobTurns>(),
                sp.GetRequiredService<SystemSender>(),
                sp.GetRequiredService<TimeProvider>(),
                sp.GetRequiredService<ILogger<JobRunner>>()
            ));
        if (configuration["Jobs:Enabled"] is { } text && !(bool.TryParse(text, out var on) ? on : throw Unclear(text)))
            return; // other nodes keep time
        services.AddHangfire(h =>
        {
            h.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            switch (database.Provider)
            {
                case Engine.PostgreSql:
                    h.UsePostgreSqlStorage(
                        o => o.UseNpgsqlConnection(database.ConnectionString),
                        new PostgreSqlStorageOptions
                        {
                            SchemaName = Schema,
                            PrepareSchemaIfNecessary = false, // Install
                            QueuePollInterval = TimeSpan.FromSeconds(5),
                            DistributedLockTimeout = LongestLock,
                        }
                    );
                    break;
                case Engine.SqlServer:
                    h.UseSqlServerStorage(
                        database.ConnectionString,
                        new SqlServerStorageOptions { SchemaName = Schema, PrepareSchemaIfNecessary = false }
                    );
                    break;
                default:
                    h.UseInMemoryStorage();
                    break;
            }
        });
        services.AddHostedService<JobSchedule>();
        AddWorkers(services, JobRunner.ShortQueue, ShortWorkers);
        AddWorkers(services, JobRunner.LongQueue, LongWorkers);
    }

    private static void AddWorkers(IServiceCollection services, string queue, int workers) =>
        services.AddHangfireServer(o =>
        {
            o.Queues = [queue];
            o.WorkerCount = workers;
            o.SchedulePollingInterval = TimeSpan.FromSeconds(5);
            o.ShutdownTimeout = TimeSpan.FromSeconds(2);
            o.StopTimeout = TimeSpan.FromSeconds(2);
        });

    private static StartRefusedException Unclear(string value) => new($"Jobs:Enabled is '{value}'; it must be true or false.");
}
