using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.SqlServer;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Data;

namespace Parceo.Platform.Jobs;

/// <summary>A bell on a schedule.</summary>
public sealed record RecurringJob(string Name, string Cron, Type Request);

/// <summary>Sends a job's request as the system; what Hangfire calls.</summary>
public sealed class JobRunner(SystemSender sender)
{
    /// <summary>Runs the request of this type.</summary>
    public Task Run(string requestType, CancellationToken ct)
    {
        var type = Type.GetType(requestType, throwOnError: true)!;
        return sender.Send((IRequest<Unit>)Activator.CreateInstance(type)!, $"job-{Guid.CreateVersion7():n}", ct);
    }
}

internal static class JobsSetup
{
    /// <summary>
    /// Its locks on PostgreSQL are rows: one of a node that was killed stays until it is this old. They are held for
    /// milliseconds, since a job only rings.
    /// </summary>
    private static readonly TimeSpan LongestLock = TimeSpan.FromSeconds(10);

    private const string Schema = "hangfire";

    /// <summary>Makes or updates its tables; under the migration lock, because nodes that do so at once get in each other's way.</summary>
    public static void Install(Npgsql.NpgsqlConnection connection) => PostgreSqlObjectsInstaller.Install(connection, Schema);

    /// <summary>Hangfire only rings: in memory on SQLite (one node), in the database where several nodes share it.</summary>
    public static void AddJobs(this IServiceCollection services, DatabaseOptions database)
    {
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
                    h.UseSqlServerStorage(database.ConnectionString, new SqlServerStorageOptions { SchemaName = Schema });
                    break;
                default:
                    h.UseInMemoryStorage();
                    break;
            }
        });
        services.AddTransient<JobRunner>();
        services.AddSingleton<IHostedService, JobSchedule>();
        services.AddHangfireServer(o =>
        {
            o.WorkerCount = 2;
            o.SchedulePollingInterval = TimeSpan.FromSeconds(5);
            o.ShutdownTimeout = TimeSpan.FromSeconds(2);
            o.StopTimeout = TimeSpan.FromSeconds(2);
        });
    }
}

/// <summary>
/// Tells Hangfire the bells. Never a reason not to start: a lock that a killed node left behind is waited for beside the
/// requests, not before them.
/// </summary>
internal sealed class JobSchedule(IEnumerable<RecurringJob> jobs, IRecurringJobManager manager, ILogger<JobSchedule> log)
    : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // storage answers slowly while a lock is waited for
        foreach (var job in jobs)
        {
            while (!Tell(job))
            {
                try
                {
                    await Task.Delay(Again, stoppingToken);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
            if (stoppingToken.IsCancellationRequested)
                return;
        }
    }

    private bool Tell(RecurringJob job)
    {
        try
        {
            var type = job.Request.AssemblyQualifiedName!;
            manager.AddOrUpdate<JobRunner>(
                job.Name,
                r => r.Run(type, CancellationToken.None),
                job.Cron,
                new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc }
            );
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogWarning("The bell {Job} could not be set yet: {Failure}", job.Name, e.GetType().Name);
            return false;
        }
    }
}
