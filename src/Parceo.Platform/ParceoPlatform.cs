using System.Diagnostics.Metrics;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parceo.Platform.Audit;
using Parceo.Platform.Backup;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;
using Parceo.Platform.Events;
using Parceo.Platform.Files;
using Parceo.Platform.Jobs;
using Parceo.Platform.Modules;
using Parceo.Platform.Nodes;
using Parceo.Platform.Sending;
using Parceo.Platform.State;
using Parceo.Platform.Web;
using StackExchange.Redis;

namespace Parceo.Platform;

/// <summary>Puts the house together: what the host calls, once to build and once to serve.</summary>
public static class ParceoPlatform
{
    /// <summary>Registers the platform and the enabled modules.</summary>
    /// <exception cref="StartRefusedException">Configuration or modules are wrong; the message names what.</exception>
    public static ModuleCatalog AddParceo(this WebApplicationBuilder builder, IReadOnlyList<IParceoModule> modules)
    {
        var services = builder.Services;
        var database = DatabaseOptions.From(builder.Configuration);
        Keys.Check(builder.Configuration);
        var redis = RedisOptions.From(builder.Configuration);
        var catalog = new ModuleCatalog();
        var events = new EventCatalog();
        var permissions = new PermissionCatalog();
        var jobs = new JobCatalog();
        var texts = new ErrorTexts();
        texts.Add(typeof(ParceoPlatform).Assembly);

        AddLogs(services);
        services.AddSingleton(database).AddSingleton(catalog).AddSingleton(events).AddSingleton(permissions).AddSingleton(texts);
        services
            .AddSingleton<DataFolder>()
            .AddSingleton<DiskSpace>()
            .AddSingleton<SqliteWriteGate>()
            .AddSingleton<Keys>()
            .AddSingleton(new LastingKey("Data"))
            .AddSingleton(new LastingKey("KeyRing"))
            .AddSingleton(new LastingKey("Audit"))
            .AddSingleton<UnreadableValues>()
            .AddSingleton<FieldCipher>()
            .AddSingleton<Antivirus>()
            .AddSingleton<Migrator>();
        services.AddSingleton<SealingKey>().AddHostedService(sp => sp.GetRequiredService<SealingKey>());
        services.AddHostedService(sp => sp.GetRequiredService<UnreadableValues>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIds, Uuid7Ids>();
        AddSending(services);
        AddEventsAndAudit(services, database);
        services.AddJobs(database, jobs, builder.Configuration);
        AddOwnJobs(services, jobs);
        AddBackups(services, jobs, BackupFolder.From(builder.Configuration));
        AddState(services, builder.Configuration);
        services.AddOutbound(builder.Configuration);
        AddWeb(services);
        if (redis is not null)
            AddOtherNodes(services, redis);

        foreach (var module in modules.Where(m => builder.Configuration[$"Modules:{m.Name}:Enabled"] is not { } on || Enabled(m.Name, on)))
        {
            var info = new ModuleInfo(module);
            module.AddServices(new ModuleBuilder(module, services, builder.Configuration, info, permissions, jobs, database));
            catalog.Scan(info, services, events);
            texts.Add(info.Assembly);
        }
        services.TryAddSingleton<IUserRightsSource, NoRights>(); // without the Access module nobody may do anything
        catalog.CheckUnique(services);
        catalog.Check(permissions);
        return catalog;
    }

    /// <summary>Middleware, endpoints of the modules, fallbacks. Authentication is the Access module's; pages are the host's.</summary>
    public static void UseParceo(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseMiddleware<HostFilterMiddleware>();
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/erreur",
                CreateScopeForErrors = true, // a page that failed half-way leaves its scope unusable
                SuppressDiagnosticsCallback = _ => true, // a refusal is an answer, and ErrorAnswers logs what is none
            }
        );
        app.UseWhen(ErrorAnswers.IsForPrograms, programs => programs.UseStatusCodePages(context =>
            {
                var status = context.HttpContext.Response.StatusCode;
                var code = status switch
                {
                    401 => "not_signed_in",
                    403 => "forbidden",
                    404 or 405 => "not_found",
                    413 => "too_large",
                    415 => "unsupported_media_type",
                    429 => "too_many_requests",
                    _ => "unreadable",
                };
                return context.HttpContext.RequestServices.GetRequiredService<ErrorAnswers>().Write(context.HttpContext, status, code);
            }));
        app.UseWhen(
            http => !ErrorAnswers.IsForPrograms(http),
            pages => pages.UseStatusCodePagesWithReExecute("/erreur", "?statut={0}", createScopeForStatusCodePages: true)
        );
        app.UseMiddleware<PlainQueryMiddleware>();
        app.Use(ErrorPageByGet);
        app.UseRouting();
        // Limits are by network address, and stand before OpenID Connect's own refusals, which authentication already answers.
        app.UseRateLimiter();
        app.UseMiddleware<PlainFormMiddleware>();
        app.UseAuthentication();
        app.UseMiddleware<OriginMiddleware>();
        app.UseMiddleware<CallContextMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<PageOrganisationMiddleware>();
        app.UseAntiforgery();
        app.Use(ChangedPage.Middleware);
    }

    /// <summary>Maps every module's endpoints; features get the group <c>/api/{module}</c>.</summary>
    public static void MapParceo(this WebApplication app)
    {
        var catalog = app.Services.GetRequiredService<ModuleCatalog>();
        foreach (var module in catalog.Modules)
        {
            var group = app.MapGroup($"/api/{module.Name}").WithTags(module.Name).DisableAntiforgery().ReadQueriesStrictly();
            foreach (var map in module.Maps)
                map.Invoke(null, [group]);
            var routes = new ModuleRoutes(app);
            module.Module.MapEndpoints(routes);
            routes.Join(module.Name, catalog.Addresses);
        }
        app.MapFallback("/api/{**rest}", () => Results.StatusCode(404)).AllowAnonymous();
        app.MapGet("/health/live", () => Results.Ok()).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", async (PlatformDb db, ServiceState state, DiskSpace disk, CancellationToken ct) =>
                // Degraded is no reason to take a node away: events that stand still do so on every node. One word, no details (S72).
                !disk.IsShort && await db.Database.CanConnectAsync(ct)
                    ? Results.Text(state.EventsStandStill ? "degraded" : "ok")
                    : Results.StatusCode(503))
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    // What failed may have been a form post; its error page is only read, and must not be refused for the form's own token.
    private static Task ErrorPageByGet(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IExceptionHandlerFeature>() is not null || http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            http.Request.Method = HttpMethods.Get;
        return next(http);
    }

    private static bool Enabled(string module, string value) =>
        bool.TryParse(value, out var on)
            ? on
            : throw new StartRefusedException($"Modules:{module}:Enabled is '{value}'; it must be true or false.");

    /// <summary>Around the host's own loggers, whose levels and form stay as they are.</summary>
    private static void AddLogs(IServiceCollection services)
    {
        var host = services.Last(d => d.ServiceType == typeof(ILoggerFactory));
        services.Replace(
            ServiceDescriptor.Singleton<ILoggerFactory>(sp => new QuietLogs(
                (ILoggerFactory)(
                    host.ImplementationInstance
                    ?? host.ImplementationFactory?.Invoke(sp)
                    ?? ActivatorUtilities.CreateInstance(sp, host.ImplementationType!)
                )
            ))
        );
    }

    private static void AddSending(IServiceCollection services)
    {
        services.AddScoped<CallContext>();
        services.AddScoped<ICurrentUser>(sp => sp.GetRequiredService<CallContext>());
        services.AddScoped<ScopeDbs>();
        services.AddScoped<ISender, Sender>().AddScoped<AskedOnce>().AddScoped<Answered>();
        services.AddSingleton<RateLimits>().AddSingleton<SystemSender>().AddSingleton<RetryQueue>();
        services.AddScoped<IMediator>(sp => new Mediator(sp.GetService!));
        // In this order: trace, access, validate, idempotency and the one save, handler.
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TraceBehaviour<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(AccessBehaviour<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidateBehaviour<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(SaveBehaviour<,>));
    }

    private static void AddEventsAndAudit(IServiceCollection services, DatabaseOptions database)
    {
        services.AddModuleDb(typeof(PlatformDb), PlatformDb.Schema, database);
        services.AddSingleton<OutboxSignal>().AddSingleton<Subscribers>().AddSingleton<OutboxPump>().AddSingleton<OutboxState>();
        services.AddHostedService(sp => sp.GetRequiredService<OutboxPump>());
        if (database.Provider == Engine.Sqlite)
            services.AddHostedService<WalCheckpoints>();
        services
            .AddSingleton<AuditMac>()
            .AddSingleton<AuditTrail>()
            .AddSingleton<AuditCheckpoints>()
            .AddSingleton<DenialRecorder>()
            .AddSingleton<TracedReads>()
            .AddSingleton<AuditSealer>();
        services.AddHostedService(sp => sp.GetRequiredService<AuditSealer>());
        services.AddScoped<AuditNote>().AddScoped<AuditWriter>().AddScoped<AuditVerifier>().AddScoped<AuditRetention>();
        services.AddScoped<ServingLogin>().AddTransient<IParceoCommand, MigrateCommand>();
        services.AddTransient<IParceoCommand, AuditVerifyCommand>();
        services.AddTransient<IParceoCommand, AuditPruneCommand>().AddTransient<IParceoCommand, AuditHoldCommand>();
        services.AddTransient<IParceoCommand, OutboxCommand>();
        services.AddScoped<Resealing>().AddTransient<IParceoCommand, KeysRotateCommand>();
    }

    private static void AddOwnJobs(IServiceCollection services, JobCatalog jobs)
    {
        services.AddTransient<IRequestHandler<PruneRemembered.Command, JobProgress>, PruneRemembered.Handler>();
        jobs.Add(
            "platform",
            RecurringJob.Sliced<PruneRemembered.Command>("platform.prune-remembered", "Oublier les réponses de plus de 48 h", "47 * * * *")
        );
    }

    private static void AddBackups(IServiceCollection services, JobCatalog jobs, BackupFolder folder)
    {
        services.AddSingleton(folder).AddSingleton<Backups>();
        services.AddTransient<IParceoCommand, BackupCommand>();
        services.AddTransient<IParceoCommand, BackupVerifyCommand>().AddTransient<IParceoCommand, RestoreCommand>();
        if (folder.Path is null)
            return;
        services.AddSingleton(ServiceState.OfBackups(folder));
        services.AddTransient<IRequestHandler<RunBackup.Command, Unit>, RunBackup.Handler>();
        jobs.Add(
            "platform",
            RecurringJob.Of<RunBackup.Command>("platform.backup", "Sauvegarder, et relire la sauvegarde", "23 * * * *", JobLane.Lengthy)
        );
    }

    private static void AddState(IServiceCollection services, IConfiguration configuration)
    {
        foreach (var figure in ServiceState.OfThePlatform(configuration))
            services.AddSingleton(figure);
        services
            .AddSingleton<JobState>()
            .AddSingleton(sp => new ServiceState(
                sp.GetServices<ServiceFigure>(),
                sp.GetRequiredService<IServiceScopeFactory>(),
                sp.GetRequiredService<IMeterFactory>(),
                sp.GetRequiredService<TimeProvider>(),
                sp.GetRequiredService<ILogger<ServiceState>>()
            ))
            .AddHostedService(sp => sp.GetRequiredService<ServiceState>());
    }

    private static void AddWeb(IServiceCollection services)
    {
        services.Configure<JsonOptions>(o => PlatformJson.Configure(o.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddSingleton<ErrorAnswers>();
        services.AddExceptionHandler<ErrorAnswers>();
        services.AddProblemDetails();
        services
            .AddSignalR(o =>
            {
                o.AddFilter<HubCallFilter>();
                o.MaximumReceiveMessageSize = 64 * 1024;
                o.MaximumParallelInvocationsPerClient = 1;
                o.StatefulReconnectBufferSize = 0;
            })
            .AddJsonProtocol(o => PlatformJson.Configure(o.PayloadSerializerOptions));
        services.AddSingleton(typeof(HubLifetimeManager<>), typeof(PromptHubs<>));
        services.AddSingleton<HubCallFilter>().AddSingleton<HubConnections>();
        services.AddSingleton(sp => new NodeHints(sp.GetService<NodeLink>()));
        services.AddHostedService(sp => sp.GetRequiredService<HubConnections>());
        services.AddDataProtection().SetApplicationName("Parceo").PersistKeysToDbContext<PlatformDb>();
        services.AddOptions<KeyManagementOptions>().Configure<Keys>((o, keys) => o.XmlEncryptor = new KeyRingEncryptor(keys));
        services.AddAuthentication();
        services.AddRateLimiter(_ => { });
        services.AddAntiforgery(o => o.Cookie = new AntiforgeryCookie());
        // Deny by default: whatever does not say otherwise needs somebody signed in (S1, S13).
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static void AddOtherNodes(IServiceCollection services, ConfigurationOptions redis)
    {
        services.AddSingleton(redis).AddSingleton<NodeLink>();
        services.AddHostedService(sp => sp.GetRequiredService<NodeLink>());
        services.AddSingleton(typeof(HubLifetimeManager<>), typeof(SharedHubs<>));
    }

    private sealed class NoRights : IUserRightsSource
    {
        public ValueTask<UserRights?> Of(Guid userId, Guid organisationId, Guid sessionId, CancellationToken ct) =>
            ValueTask.FromResult<UserRights?>(null);

        public Task Refresh(IReadOnlyCollection<Guid> sessionIds, CancellationToken ct) => Task.CompletedTask;
    }
}
