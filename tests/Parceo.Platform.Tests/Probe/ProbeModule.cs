using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parceo.Platform.Data;
using Parceo.Platform.Jobs;
using Parceo.Testing;

namespace Parceo.Platform.Tests.Probe;

/// <summary>A small module of its own, so that the platform is tested without any rule of the real ones.</summary>
public sealed class ProbeModule : IParceoModule
{
    public const string Count = "probe.count";
    public const string Book = "probe.book";

    public string Name => "probe";

    public void AddServices(ModuleBuilder module)
    {
        module.AddDb<ProbeDb>().AddAddresses("/probe");
        module.Grant(Count, Roles.Regulator);
        module.GrantSensitive(Book, Roles.Regulator);
        module.Services.AddSingleton<Faults>();
        module.Services.TryAddSingleton<JobSpy>();
        module.AddJob<QuickJob.Command>("probe.quick", "Court", "* * * * * *");
        module.AddJob<SlowJob.Command>("probe.slow", "Long", "* * * * * *", JobLane.Lengthy);
        module.AddJob<OtherSlowJob.Command>("probe.slow-too", "Long aussi", "* * * * * *", JobLane.Lengthy);
        module.AddSlicedJob<SlicedJob.Command>("probe.sliced", "En tranches", "0 0 1 1 *");
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        // What a page's form does when something breaks, and what the host thinks a request's origin is.
        routes
            .MapPost("/probe/form", string (HttpContext http) => throw new InvalidOperationException("a secret of the server"))
            .AllowAnonymous()
            .DisableAntiforgery();
        routes.MapGet("/probe/refused", string (string? nom) => throw new NotFoundException("not_found")).AllowAnonymous();
        // A disk that is full, as the system says it.
        routes
            .MapPost("/api/probe/full", string () =>
            {
                using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                full.Write("x"u8);
                return "written";
            })
            .AllowAnonymous();
        routes.MapGet("/api/probe/seen", (HttpContext http) => $"{http.Request.Scheme} {http.Connection.RemoteIpAddress}").AllowAnonymous();
    }

    /// <summary>A host with it; its tables are made from the model, since a test has no migrations.</summary>
    public static Task<ParceoHost> Host(
        Engine engine,
        TestDatabase? on = null,
        bool tables = true,
        IReadOnlyDictionary<string, string?>? settings = null,
        JobSpy? spy = null,
        bool jobs = false,
        Action<IServiceProvider>? prepared = null,
        Action<IServiceCollection>? services = null
    ) =>
        ParceoHost.Start(
            engine,
            on: on,
            settings: settings,
            module: new ProbeModule(),
            jobs: jobs,
            services: s =>
            {
                if (spy is not null)
                    s.AddSingleton(spy);
                services?.Invoke(s);
            },
            prepared: async provider =>
            {
                prepared?.Invoke(provider);
                if (!tables)
                    return;
                await using var scope = provider.CreateAsyncScope();
                await (
                    (RelationalDatabaseCreator)scope.ServiceProvider.GetRequiredService<ProbeDb>().GetService<IDatabaseCreator>()
                ).CreateTablesAsync();
            }
        );
}

/// <summary>What the probe's reaction does wrong, and what it has seen.</summary>
public sealed class Faults
{
    /// <summary>Keys whose events fail.</summary>
    public ConcurrentDictionary<Guid, bool> Poisoned { get; } = new();

    /// <summary>Keys whose reaction still loses so many races.</summary>
    public ConcurrentDictionary<Guid, int> Losing { get; } = new();

    /// <summary>Failed tries of the outbox when the reaction of a losing key ran.</summary>
    public ConcurrentDictionary<Guid, int> Attempts { get; } = new();

    /// <summary>Every call of the reaction, in order.</summary>
    public ConcurrentQueue<(Guid Key, int Number)> Calls { get; } = new();

    /// <summary>Every call of the effect, in order.</summary>
    public ConcurrentQueue<(Guid Key, int Number)> Effects { get; } = new();

    /// <summary>What happens while the next effect of a key hangs, once.</summary>
    public ConcurrentDictionary<Guid, Func<Task>> Hanging { get; } = new();

    /// <summary>Whom the slow effect waits for, when it does.</summary>
    public TaskCompletionSource? Outside { get; set; }

    /// <summary>Every finished call of the slow effect.</summary>
    public ConcurrentQueue<(Guid Key, int Number)> Called { get; } = new();
    private int runs;

    /// <summary>Runs of handlers so far.</summary>
    public int Runs => Volatile.Read(ref runs);

    /// <summary>A handler runs.</summary>
    public void Run() => Interlocked.Increment(ref runs);
}

/// <summary>Something with a version.</summary>
public sealed class Tally
{
    public Guid Id { get; set; }
    public int Value { get; set; }
    public int Version { get; set; }
}

/// <summary>An event as the reaction took it in.</summary>
public sealed class Taken
{
    public long Id { get; set; }
    public Guid Key { get; set; }
    public int Number { get; set; }
}

/// <summary>Something that belongs to an organisation.</summary>
public sealed class Secret : IOwned
{
    public Guid Id { get; set; }
    public Guid OrganisationId { get; set; }
}

/// <summary>Of a tally that must exist, and never empty.</summary>
public sealed class Part
{
    public Guid Id { get; set; }
    public Guid TallyId { get; set; }
    public int Size { get; set; }
}

public abstract class ProbeDb(DbContextOptions options) : ModuleDb(options)
{
    protected override string Module => "probe";

    public DbSet<Tally> Tallies => Set<Tally>();
    public DbSet<Taken> Taken => Set<Taken>();
    public DbSet<Secret> Secrets => Set<Secret>();
    public DbSet<Part> Parts => Set<Part>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Tally>().Property(t => t.Version).IsConcurrencyToken();
        model.Entity<Taken>().HasIndex(t => new { t.Key, t.Number });
        model.Entity<Secret>();
        model.Entity<Part>(e =>
        {
            e.HasOne<Tally>().WithMany().HasForeignKey(p => p.TallyId);
            e.ToTable(t => t.HasCheckConstraint("ck_part_size", (Database.IsSqlServer() ? "[size]" : "size") + " > 0"));
        });
    }
}

internal sealed class ProbeDbSqlite(DbContextOptions<ProbeDbSqlite> o) : ProbeDb(o);

internal sealed class ProbeDbPostgreSql(DbContextOptions<ProbeDbPostgreSql> o) : ProbeDb(o);

internal sealed class ProbeDbSqlServer(DbContextOptions<ProbeDbSqlServer> o) : ProbeDb(o);
