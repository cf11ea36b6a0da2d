using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.SqlServer;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
    /// <summary>Hangfire only rings: in memory on SQLite (one node), in the database where several nodes share it.</summary>
    public static void AddJobs(this IServiceCollection services, DatabaseOptions database)
    {
        services.AddHangfire(h =>
        {
            h.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
            switch (database.Provider)
            {
                case Engine.PostgreSql: h.UsePostgreSqlStorage(o => o.UseNpgsqlConnection(database.ConnectionString), new PostgreSqlStorageOptions { SchemaName = "hangfire", QueuePollInterval = TimeSpan.FromSeconds(5) }); break;
                case Engine.SqlServer: h.UseSqlServerStorage(database.ConnectionString, new SqlServerStorageOptions { SchemaName = "hangfire" }); break;
                default: h.UseInMemoryStorage(); break;
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

internal sealed class JobSchedule(IEnumerable<RecurringJob> jobs, IRecurringJobManager manager) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var job in jobs)
        {
            var type = job.Request.AssemblyQualifiedName!;
            manager.AddOrUpdate<JobRunner>(job.Name, r => r.Run(type, CancellationToken.None), job.Cron, new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc });
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
