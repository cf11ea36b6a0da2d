using System.Collections.Frozen;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Parceo.Demo;
using Parceo.Host;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Jobs;
using Parceo.Platform.Sending;

namespace Parceo.Testing;

/// <summary>
/// The whole host on a real database, on a free loopback port. Nothing is replaced but the clock, and its jobs run only
/// when the test says so: by themselves they run by the real time of day, in the middle of whatever a test does.
/// Several may live in one process.
/// </summary>
public sealed class ParceoHost : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly bool ownsDatabase;

    private ParceoHost(WebApplication app, TestDatabase database, bool ownsDatabase, TestClock clock) =>
        (App, this.database, this.ownsDatabase, Clock) = (app, database, ownsDatabase, clock);

    /// <summary>The application, started.</summary>
    public WebApplication App { get; }

    /// <summary>Its clock.</summary>
    public TestClock Clock { get; }

    /// <summary>Its root services.</summary>
    public IServiceProvider Services => App.Services;

    /// <summary>Address, without a slash at the end.</summary>
    public string Url => App.Urls.First();

    /// <summary>Its database.</summary>
    public TestDatabase Database => database;

    /// <summary>Starts one on an engine.</summary>
    /// <param name="engine">Of the database, when none is given.</param>
    /// <param name="demo">With the demo world.</param>
    /// <param name="settings">Configuration keys (<c>Slots:HoldMinutes</c>).</param>
    /// <param name="on">A database to use again; its owner removes it.</param>
    /// <param name="services">More services.</param>
    /// <param name="module">A module beside the host's own.</param>
    /// <param name="prepared">Runs on the migrated database, before anything serves.</param>
    /// <param name="at">When it begins; now, when absent.</param>
    /// <param name="jobs">Jobs run by themselves as well, for tests of all that happens while nobody does anything.</param>
    public static async Task<ParceoHost> Start(
        Engine engine,
        bool demo = false,
        IReadOnlyDictionary<string, string?>? settings = null,
        TestDatabase? on = null,
        Action<IServiceCollection>? services = null,
        IParceoModule? module = null,
        Func<IServiceProvider, Task>? prepared = null,
        DateTimeOffset? at = null,
        bool jobs = false
    )
    {
        var database = on ?? TestDatabase.Create(engine);
        var clock = new TestClock();
        if (at is { } begins)
            clock.AdvanceTo(begins);
        // Read when the builder is made: setting it on the builder comes too late for services that ask before the start.
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", "Development");
        if (on is null && engine == Engine.PostgreSql)
            await PostgresTemplate.Copy(database, template => Build(template));
        if (on is null && engine == Engine.Sqlite)
            await SqliteTemplate.Copy(database, template => Build(template));
        var app = Build(
            database,
            builder =>
            {
                builder.Configuration["Parceo:Demo"] = demo ? "true" : "false";
                builder.Configuration["Jobs:Enabled"] = jobs ? "true" : "false";
                if (settings is not null)
                    builder.Configuration.AddInMemoryCollection(settings);
                if (demo)
                    DemoWorld.Add(builder);
                builder.Services.AddSingleton<TimeProvider>(clock);
                services?.Invoke(builder.Services);
            },
            module
        );
        try
        {
            await HostEntry.Prepare(app);
            if (prepared is not null)
                await prepared(app.Services);
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new(app, database, on is null, clock);
    }

    private static WebApplication Build(
        TestDatabase database,
        Action<WebApplicationBuilder>? configure = null,
        IParceoModule? module = null
    ) =>
        HostEntry.Build(
            [],
            quiet: true,
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["Parceo:Data"] = database.Folder,
                        ["Parceo:Demo"] = "false",
                        ["Limits:Scale"] = TestLimits.Raised,
                        ["Dashboards:DemoScale"] = "0.05", // a year of a busy département is for people to look at
                        ["Database:Provider"] = database.Engine.ToString(),
                        ["Database:ConnectionString"] = database.ConnectionString,
                    }
                );
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                if (database.Engine == Engine.SqlServer && TestDatabase.SqlServerBatch is { } batch)
                    PlainTSql.Add(builder.Services, batch, module);
                configure?.Invoke(builder);
            },
            module is null ? null : [.. ModuleList.All, module]
        );

    /// <summary>Sends as somebody.</summary>
    public async Task<T> Send<T>(TestUser user, IRequest<T> request, string? idempotencyKey = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var call = scope.ServiceProvider.GetRequiredService<CallContext>();
        var granted = Services.GetRequiredService<PermissionCatalog>().Granted(user.Roles, user.SecondFactor, runsInstallation: true);
        call.SignIn(
            user.Id,
            user.OrganisationId,
            Guid.CreateVersion7(),
            new UserRights(
                granted,
                user.Roles.ToFrozenSet(),
                user.Departements.ToFrozenSet(),
                user.Communes.ToFrozenSet(),
                user.PractitionerIds.Select(p => KeyValuePair.Create(p, granted))
                    .Concat(user.Delegations.Select(d => KeyValuePair.Create(d.Key, d.Value.ToFrozenSet())))
                    .ToFrozenDictionary()
            )
            {
                OwnPractitionerId = user.Roles.Contains(Roles.Delegate)
                    ? null
                    : user.PractitionerIds.Select(p => (Guid?)p).FirstOrDefault(),
            },
            "test"
        );
        call.CorrelationId = TestContext.CurrentContext.Test.ID;
        call.IdempotencyKey = idempotencyKey;
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request);
    }

    /// <summary>Sends as the host itself.</summary>
    public Task<T> SendAsSystem<T>(IRequest<T> request) => Services.GetRequiredService<SystemSender>().Send(request, "test");

    /// <summary>Runs a job of the schedule once, the way its worker does.</summary>
    public Task RunJob(string name, CancellationToken ct = default) => Services.GetRequiredService<JobRunner>().RunLong(name, ct);

    /// <summary>Works on a module's context as the host itself: to prepare or to look, never to replace a feature.</summary>
    public async Task<T> With<TDb, T>(Func<TDb, Task<T>> work)
        where TDb : ModuleDb
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("test");
        return await work(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    /// <summary>A client of the host's address, without cookies or redirects.</summary>
    public HttpClient Client(string? bearer = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(Url),
        };
        if (bearer is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", bearer);
        return client;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        if (ownsDatabase)
            await database.DisposeAsync();
    }
}
