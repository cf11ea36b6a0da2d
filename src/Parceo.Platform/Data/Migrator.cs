using System.Data.Common;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Events;
using Parceo.Platform.Jobs;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Data;

/// <summary>Brings the schema up to date at start, once under a lock; refuses to run on a newer one (S59).</summary>
public sealed class Migrator(
    IServiceScopeFactory scopes,
    ModuleCatalog modules,
    DatabaseOptions options,
    Keys keys,
    IServiceProvider services,
    TimeProvider clock,
    ILogger<Migrator> log
)
{
    private static readonly TimeSpan FirstCookieKey = TimeSpan.FromDays(90);

    // An index on a large table takes minutes; the 30 seconds of an ordinary command would stop every start.
    private static readonly TimeSpan LongestStatement = TimeSpan.FromHours(1);

    private readonly List<string> applied = [];

    /// <summary>The migrations that this process applied, <c>slots 20261130_Initial</c>, in their order.</summary>
    public IReadOnlyList<string> Applied => applied;

    /// <summary>Applies what is missing for the platform and every enabled module.</summary>
    /// <exception cref="StartRefusedException">The database was written by a newer version.</exception>
    public async Task Run(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var contexts = modules
            .Modules.Select(m => m.Db)
            .OfType<Type>()
            .Prepend(typeof(PlatformDb))
            .Select(t => (DbContext)scope.ServiceProvider.GetRequiredService(t))
            .ToList();

        await using var guard = await Lock(contexts[0], ct);
        foreach (var db in contexts)
        {
            var known = db.Database.GetMigrations().ToHashSet();
            if ((await db.Database.GetAppliedMigrationsAsync(ct)).FirstOrDefault(a => !known.Contains(a)) is { } newer)
                throw new StartRefusedException(
                    $"The database holds migration '{newer}', which this version does not know: it was written by a newer Parceo. Start that version, or restore a backup."
                );
            var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
            if (pending.Count == 0)
                continue;
            log.LogInformation("Migrating {Context}", db.GetType().Name);
            db.Database.SetCommandTimeout(LongestStatement);
            await db.Database.MigrateAsync(ct);
            var module = modules.Modules.FirstOrDefault(m => m.Db?.IsInstanceOfType(db) == true)?.Name ?? "platform";
            applied.AddRange(pending.Select(migration => $"{module} {migration}"));
        }
        await CheckKeys((PlatformDb)contexts[0], ct);
        if (guard.Connection is Npgsql.NpgsqlConnection server)
            JobsSetup.Install(server);
        MakeFirstCookieKey();
        // Before this process publishes or delivers anything: what its subscribers hear of begins here.
        await services.GetRequiredService<Subscribers>().Announce(starting: true, ct);
    }

    /// <summary>Under the lock: of nodes that start at once each would make its own, and refuse what the other signed until it reads the ring again.</summary>
    private void MakeFirstCookieKey()
    {
        var ring = services.GetRequiredService<IKeyManager>();
        var now = clock.GetUtcNow();
        if (ring.GetAllKeys().Count == 0)
            ring.CreateNewKey(now, now + FirstCookieKey);
    }

    /// <summary>
    /// The keys must be those that the database was first written with: with others patients' names, authenticator apps and
    /// the audit trail could never be read again, and what is written meanwhile would be lost to the right ones.
    /// </summary>
    private async Task CheckKeys(PlatformDb db, CancellationToken ct)
    {
        var prints = await db.KeyPrints.ToDictionaryAsync(k => k.Name, k => k.Print, ct);
        // Master keys that a rotation brought in are lasting ones from then on.
        foreach (
            var name in services
                .GetServices<LastingKey>()
                .Select(k => k.Name)
                .Union(prints.Keys.Where(n => SealingKey.NumberOf(n) is not null))
        )
        {
            if (prints.TryGetValue(name, out var print))
            {
                if (!keys.Has(name) || !keys.PrintOf(name).AsSpan().SequenceEqual(print))
                    throw new StartRefusedException(
                        $"The key '{name}' is {(keys.Has(name) ? "not the one" : "missing")} that this database was written with: put the installation's own key back into {keys.FileOf(name)} or into Keys:{name}."
                    );
            }
            else
                db.KeyPrints.Add(new KeyPrintRow(name, keys.PrintOf(name)));
        }
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (ConcurrentChangeException)
        {
            // Nodes that started at once, on SQL Server, where no lock covers this: another one was first, and its keys must be ours.
            db.ChangeTracker.Clear();
            await CheckKeys(db, ct);
        }
    }

    private async Task<Held> Lock(DbContext db, CancellationToken ct)
    {
        if (options.Provider == Engine.Sqlite)
        {
            // The data folder's lock already keeps others away. A process killed while migrating leaves EF's own lock row
            // behind, which would block every later start: nobody else can hold it, so it goes.
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", ct);
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
            return new Held(null);
        }
        if (options.Provider == Engine.SqlServer)
            return new Held(null); // EF takes an application lock there itself

        await CreateDatabaseIfMissing(ct);
        // Out of the pool: a pooled connection would keep its session, and with it the lock, after it was closed.
        var connection = new Npgsql.NpgsqlConnection(
            new Npgsql.NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false }.ToString()
        );
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_advisory_lock(7264236)";
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync(ct);
        return new Held(connection); // closing the session frees it, also after a kill
    }

    private async Task CreateDatabaseIfMissing(CancellationToken ct)
    {
        try
        {
            await using var probe = new Npgsql.NpgsqlConnection(options.ConnectionString);
            await probe.OpenAsync(ct);
        }
        catch (Npgsql.PostgresException e) when (e.SqlState == "3D000")
        {
            var target = new Npgsql.NpgsqlConnectionStringBuilder(options.ConnectionString);
            var name = target.Database!.Replace("\"", "\"\"", StringComparison.Ordinal);
            target.Database = "postgres";
            await using var admin = new Npgsql.NpgsqlConnection(target.ToString());
            await admin.OpenAsync(ct);
            await using var create = admin.CreateCommand();
#pragma warning disable CA2100 // the name comes from the host's own configuration and is quoted
            create.CommandText = $"CREATE DATABASE \"{name}\"";
#pragma warning restore CA2100
            try
            {
                await create.ExecuteNonQueryAsync(ct);
            }
            catch (Npgsql.PostgresException race) when (race.SqlState is "42P04" or "23505")
            { /* another node was faster */
            }
        }
    }

    private sealed class Held(DbConnection? connection) : IAsyncDisposable
    {
        public DbConnection? Connection => connection;

        public ValueTask DisposeAsync() => connection?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
