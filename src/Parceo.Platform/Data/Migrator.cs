using System.Data.Common;
using Hangfire;
using Hangfire.InMemory;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
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
    private static readonly TimeSpan FirstCookieKey = TimeSpan.FromDays(90),
        Moment = TimeSpan.FromMilliseconds(200);

    // An index on a large table takes minutes; the 30 seconds of an ordinary command would stop every start.
    private static readonly TimeSpan LongestStatement = TimeSpan.FromHours(1);

    private readonly List<string> applied = [];

    /// <summary>The migrations that this process applied, <c>slots 20261130_Initial</c>, in their order.</summary>
    public IReadOnlyList<string> Applied => applied;

    /// <summary>Applies what is missing for the platform and every enabled module.</summary>
    /// <exception cref="StartRefusedException">The database was written by a newer version.</exception>
    public async Task Run(CancellationToken ct)
    {
        DatabaseFile.Protect(options);
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
            if (!options.Migrate)
                throw new StartRefusedException(
                    $"The database lacks migration '{pending[0]}', and Database:Migrate is false: run « parceo migrate » with the login that owns the schema, then start again."
                );
            log.LogInformation("Migrating {Context}", db.GetType().Name);
            db.Database.SetCommandTimeout(LongestStatement);
            await db.Database.MigrateAsync(ct);
            var module = modules.Modules.FirstOrDefault(m => m.Db?.IsInstanceOfType(db) == true)?.Name ?? "platform";
            applied.AddRange(pending.Select(migration => $"{module} {migration}"));
        }
        await CheckKeys((PlatformDb)contexts[0], ct);
        if (options.Migrate && guard.Connection is { } server && services.GetService<JobStorage>() is not InMemoryStorage)
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
        var prints = await db.KeyFingerprints.ToDictionaryAsync(k => k.Name, k => k.Print, ct);
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
                if (!keys.Has(name) || !keys.FingerprintOf(name).AsSpan().SequenceEqual(print))
                    throw new StartRefusedException(
                        $"The key '{name}' is {(keys.Has(name) ? "not the one" : "missing")} that this database was written with: put the installation's own key back into {keys.FileOf(name)} or into Keys:{name}."
                    );
            }
            else
                db.KeyFingerprints.Add(new KeyFingerprintRow(name, keys.FingerprintOf(name)));
        }
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (ConcurrentChangeException)
        {
            // Another node was first all the same: its keys must be ours.
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
            return await LockSqlServer((RelationalDatabaseCreator)db.GetService<IDatabaseCreator>(), ct);

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

    // EF's own lock covers the migrations only; the keys, the first cookie key and Hangfire's tables need one as well.
    private async Task<Held> LockSqlServer(RelationalDatabaseCreator creator, CancellationToken ct)
    {
        if (!await creator.ExistsAsync(ct))
        {
            try
            {
                await creator.CreateAsync(ct); // with READ_COMMITTED_SNAPSHOT
            }
            catch (SqlException race) when (race.Number is 1801 or 1802)
            {
                // Another node makes it, and it can be opened in a moment.
                for (var left = TimeSpan.FromMinutes(1); !await creator.ExistsAsync(ct) && left > TimeSpan.Zero; left -= Moment)
                    await Task.Delay(Moment, ct);
            }
        }
        var connection = new SqlConnection(new SqlConnectionStringBuilder(options.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "DECLARE @held int; EXEC @held = sp_getapplock @Resource = N'parceo start', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 300000; SELECT @held";
        command.CommandTimeout = 310;
        if (await command.ExecuteScalarAsync(ct) is not int held || held < 0)
            throw new StartRefusedException(
                "Another node has been migrating the database for five minutes. Wait until it has, then start again."
            );
        command.CommandText = "SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = DB_NAME()";
        if (await command.ExecuteScalarAsync(ct) is false)
            log.LogWarning(
                "READ_COMMITTED_SNAPSHOT is off: readers wait for writers, and deadlocks are frequent. ALTER DATABASE … SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE turns it on"
            );
        return new Held(connection); // closing the session frees the lock, also after a kill
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
