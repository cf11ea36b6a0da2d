using System.Reflection;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.FileProviders;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Parceo.Platform;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;
using Parceo.Platform.Sending;
using Parceo.Platform.Web;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Parceo.Host;

/// <summary>Serves, or runs one verb of the command line, with the same modules and the same configuration.</summary>
public static class HostEntry
{
    /// <summary>Exit code 0, or 1 after one clear sentence on standard error.</summary>
    /// <param name="args">A verb with its arguments, or configuration.</param>
    /// <param name="configure">Adds to the host what a release has not.</param>
    public static async Task<int> Run(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        try
        {
            var verb = args.Length > 0 && !args[0].StartsWith('-');
            var help = args is ["--help"] or ["-h"];
            await using var app = Build(args, quiet: verb || help, configure);
            if (verb || help)
                return await CommandLine.Run(app, args);
            ProductionChecks.Run(app);
            await Prepare(app);
            app.Lifetime.ApplicationStarted.Register(() =>
            {
                ServedAddress.Remember(app.Services.GetRequiredService<DatabaseOptions>(), app.Urls.First());
                Console.WriteLine($"Parceo is ready at {app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}");
            });
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is StartRefusedException or CommandException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Choose another with --urls.");
            return 1;
        }
    }

    /// <summary>The application, not started; tests build it the same way.</summary>
    /// <param name="args">Command line, as configuration too.</param>
    /// <param name="quiet">Warnings and errors only, to standard error: the command line's output stays clean.</param>
    /// <param name="configure">Settings and services besides the modules'.</param>
    /// <param name="modules">For tests: other modules than the host's list.</param>
    public static WebApplication Build(
        string[] args,
        bool quiet = false,
        Action<WebApplicationBuilder>? configure = null,
        IReadOnlyList<IParceoModule>? modules = null
    )
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = quiet ? [] : args, ApplicationName = typeof(HostEntry).Assembly.GetName().Name }
        );
        builder.Logging.ClearProviders(); // Serilog writes; who is added besides hears what it lets through
        configure?.Invoke(builder);
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = 1024 * 1024; // S35; uploads raise it where they stand
            k.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        });
        builder.Host.UseConsoleLifetime(o => o.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(4));
        AddTelemetry(builder, quiet);
        builder.Services.AddOpenApi(o =>
        {
            o.CreateSchemaReferenceId = SchemaNames.Of;
            o.AddSchemaTransformer(SchemaNames.EnumsAreText);
            o.AddSchemaTransformer(SchemaNames.TimesAreText);
        });
        HostPages.Add(builder, builder.AddParceo(modules ?? ModuleList.All));

        var app = builder.Build();
        HostPages.Use(app);
        app.UseParceo();
        app.MapParceo();
        var description = app.MapOpenApi();
        if (app.Environment.IsDevelopment())
            description.AllowAnonymous(); // in Production it is for those who are signed in (S71)
        HostPages.Map(app);
        return app;
    }

    /// <summary>Takes the data folder, migrates, runs what must come before serving.</summary>
    public static async Task Prepare(WebApplication app)
    {
        var database = app.Services.GetRequiredService<DatabaseOptions>();
        if (database.Provider == Engine.Sqlite && !app.Services.GetRequiredService<DataFolder>().TryTake())
            throw new StartRefusedException(
                $"Another Parceo already uses the data folder {database.Folder}. Stop it, or choose another with --data."
            );
        await app.Services.GetRequiredService<Migrator>().Run(CancellationToken.None);
        await app.Services.GetRequiredService<SealingKey>().Look(CancellationToken.None);
        foreach (var step in app.Services.GetServices<IBeforeServing>())
            await step.Run(CancellationToken.None);
    }

    private static void AddTelemetry(WebApplicationBuilder builder, bool quiet)
    {
        builder.Host.UseSerilog(
            (context, log) =>
            {
                log.MinimumLevel.Is(quiet ? LogEventLevel.Error : LogEventLevel.Information)
                    .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
                    .MinimumLevel.Override("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogEventLevel.Fatal) // refusals are answers; HubCallFilter logs failures
                    .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal) // lost races are answers; failures are logged with their request
                    .MinimumLevel.Override("Microsoft.Hosting", LogEventLevel.Warning)
                    .MinimumLevel.Override("Hangfire", LogEventLevel.Warning)
                    .MinimumLevel.Override("OpenIddict", LogEventLevel.Warning);
                // Structured in production, readable at a developer's terminal; to stderr, so that stdout stays for people and scripts.
                if (context.HostingEnvironment.IsDevelopment())
                    log.WriteTo.Console(
                        standardErrorFromLevel: LogEventLevel.Verbose,
                        formatProvider: System.Globalization.CultureInfo.InvariantCulture
                    );
                else
                    log.WriteTo.Console(new RenderedCompactJsonFormatter(), standardErrorFromLevel: LogEventLevel.Verbose);
            },
            writeToProviders: true
        );
        var telemetry = builder.Services.AddOpenTelemetry();
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 })
            return;
        telemetry
            .WithTracing(t => t.AddSource(Telemetry.Name).AddAspNetCoreInstrumentation().AddOtlpExporter())
            .WithMetrics(m => m.AddMeter(Telemetry.Name).AddAspNetCoreInstrumentation().AddOtlpExporter());
    }
}
