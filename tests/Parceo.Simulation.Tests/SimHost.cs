using System.Collections.Frozen;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Feedback.Data;
using Parceo.Host;
using Parceo.Notifications.Data;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Events;
using Parceo.Platform.Jobs;
using Parceo.Platform.Sending;
using Parceo.Regulation.Data;
using Parceo.Slots.Data;
using Parceo.Testing;

namespace Parceo.Simulation.Tests;

/// <summary>
/// The whole host with everything that runs by itself held still: its jobs, its outbox pump and its clock move only when
/// the simulation says so, on one thread. All else is the product's own.
/// </summary>
internal sealed class SimHost : IAsyncDisposable
{
    // The modules that publish anything here, in the host's order; asked one by one, since most have nothing most of the time.
    private static readonly (string Module, Type Db)[] Delivering =
    [
        ("slots", typeof(SlotsDb)),
        ("regulation", typeof(RegulationDb)),
        ("feedback", typeof(FeedbackDb)),
        ("notifications", typeof(NotificationsDb)),
    ];
    private static readonly Lock Copying = new();
    private readonly WebApplication app;
    private readonly TestDatabase? owned;
    private OutboxPump pump;

    private SimHost(
        WebApplication app,
        Engine engine,
        string folder,
        string connection,
        SimClock clock,
        SimIds ids,
        Faults faults,
        TestDatabase? owned
    )
    {
        (this.app, Engine, Folder, Connection, Clock, Ids, Faults, this.owned) = (
            app,
            engine,
            folder,
            connection,
            clock,
            ids,
            faults,
            owned
        );
        pump = NewPump();
        Tables = new Tables(engine, connection);
    }

    public Engine Engine { get; }
    public string Folder { get; }
    public string Connection { get; }
    public SimClock Clock { get; }
    public SimIds Ids { get; }
    public Faults Faults { get; }
    public Tables Tables { get; }
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>On SQLite in memory-backed files where there are any: what is proven here is order, not the disk (kill -9 has its own test).</summary>
    /// <param name="engine">Which.</param>
    /// <param name="copyOf">A folder with <c>parceo.db</c> and the keys that it was written with.</param>
    public static async Task<SimHost> Start(Engine engine, string? copyOf = null)
    {
        var database = engine == Engine.Sqlite ? null : TestDatabase.Create(engine);
        var folder = database?.Folder
            ?? Path.Combine(
                System.IO.Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(),
                $"parceo-sim-{Guid.CreateVersion7():n}"
            );
        System.IO.Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "parceo.db");
        if (copyOf is not null)
        {
            System.IO.Directory.CreateDirectory(Path.Combine(folder, "keys"));
            File.Copy(Path.Combine(copyOf, "parceo.db"), file);
            foreach (var key in System.IO.Directory.GetFiles(Path.Combine(copyOf, "keys")))
                File.Copy(key, Path.Combine(folder, "keys", Path.GetFileName(key)));
        }
        var connection = database?.ConnectionString ?? $"Data Source={file}";
        var (clock, faults) = (new SimClock(), new Faults());
        var ids = new SimIds(clock);
        // Read when the builder is made.
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", "Development");
        var app = HostEntry.Build(
            [],
            quiet: true,
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["Parceo:Data"] = folder,
                        ["Parceo:Demo"] = "false",
                        ["Limits:Scale"] = TestLimits.Raised,
                        ["Database:Provider"] = engine.ToString(),
                        ["Database:ConnectionString"] = connection,
                    }
                );
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IIds>(ids).AddSingleton(faults);
                builder.Services.AddTransient(typeof(IPipelineBehavior<,>), typeof(LostAnswer<,>));
            },
            [.. ModuleList.All, new SimModule(faults, engine, [.. Delivering.Select(d => d.Db)])]
        );
        await HostEntry.Prepare(app); // migrates; never started
        return new(app, engine, folder, connection, clock, ids, faults, database);
    }

    /// <summary>A client's request.</summary>
    /// <exception cref="RefusalException">Refused.</exception>
    /// <exception cref="CrashException">The process was killed under it.</exception>
    public async Task<T> Send<T>(TestUser user, IRequest<T> request, string correlation, string? key = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var call = scope.ServiceProvider.GetRequiredService<CallContext>();
        var granted = app.Services.GetRequiredService<PermissionCatalog>().Granted(user.Roles, user.SecondFactor, runsInstallation: true);
        call.SignIn(
            user.Id,
            user.OrganisationId,
            user.Id,
            new UserRights(
                granted,
                user.Roles.ToFrozenSet(),
                user.Departements.ToFrozenSet(),
                user.Communes.ToFrozenSet(),
                user.PractitionerIds.ToFrozenDictionary(p => p, _ => granted)
            )
            {
                OwnPractitionerId = user.PractitionerIds.Select(p => (Guid?)p).FirstOrDefault(),
            },
            "test"
        );
        (call.CorrelationId, call.IdempotencyKey) = (correlation, key);
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request);
    }

    /// <summary>Runs a job the way Hangfire does.</summary>
    public Task RunJob(string job) => app.Services.GetRequiredService<JobRunner>().RunShort(job, CancellationToken.None);

    /// <summary>Delivers all that is due now, and what follows from it.</summary>
    public async Task Pump()
    {
        for (var settled = 1; settled > 0; )
        {
            settled = 0;
            foreach (var (module, db) in Delivering)
            {
                if (!Tables.HasOutbox(module, Now))
                    continue;
                try
                {
                    settled += await pump.Pump(db, CancellationToken.None);
                }
                catch (TransientException)
                {
                    settled++; // it was the pump's own write that failed: its loop looks again
                }
            }
        }
    }

    /// <summary>A killed process starts again: with nothing in memory, and leases of its former life.</summary>
    public void Restart()
    {
        Faults.Reset();
        pump = NewPump();
    }

    /// <summary>Works on a module's context as the host itself: to prepare the world.</summary>
    public async Task With<TDb>(Func<TDb, Task> work)
        where TDb : ModuleDb
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("simulation");
        await work(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    /// <summary>Takes over another database's contents, page by page (SQLite).</summary>
    public void CopyFrom(string file)
    {
        // One at a time: the first to open the template recovers its log, and whoever comes meanwhile is told that it is busy.
        using var turn = Copying.EnterScope();
        using var template = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        using var own = new SqliteConnection(Connection + ";Pooling=False");
        template.Open();
        own.Open();
        template.BackupDatabase(own);
    }

    public async ValueTask DisposeAsync()
    {
        Tables.Dispose();
        await app.DisposeAsync();
        if (owned is not null)
        {
            await owned.DisposeAsync();
            return;
        }
        SqliteConnection.ClearAllPools();
        try
        {
            System.IO.Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        { /* a connection may still be closing */
        }
    }

    private OutboxPump NewPump() => ActivatorUtilities.CreateInstance<OutboxPump>(app.Services);
}
