using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Parceo.Platform.Audit;
using Parceo.Platform.Cli;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Backup;

/// <summary>
/// Makes a set of the whole installation at one moment while it serves, and puts one back into an empty one, all or nothing
/// (S60). All that people wrote is in the database, files and wrapped keys too; beside it stands the checkpoint file of the trail.
/// Not in it are the keys of the installation (<see cref="Keys"/>), without which a set is noise. Raw SQL, allow-listed.
/// </summary>
public sealed class Backups(
    DatabaseOptions options,
    Keys keys,
    ModuleCatalog modules,
    IServiceScopeFactory scopes,
    DataFolder folder,
    AuditCheckpoints checkpoints,
    TimeProvider clock
)
{
    private const string Checkpoints = "audit-checkpoints.log",
        Database = "parceo.db";

    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a set, reads it back from its beginning to its end, and only then gives it its name.</summary>
    /// <exception cref="CommandException">It cannot be made.</exception>
    public async Task Write(string file, CancellationToken ct)
    {
        if (options.Provider == Engine.SqlServer)
            throw new CommandException("SQL Server has backups of its own: take them with BACKUP DATABASE, and keep the keys apart.");
        if (File.Exists(file))
            throw new CommandException($"{file} exists already.");
        var part = file + ".part";
        try
        {
            await using (var target = Create(part))
            {
                using var writer = new BackupWriter(target, keys);
                await using var scope = scopes.CreateAsyncScope();
                var migrations = new Dictionary<string, IReadOnlyList<string>>();
                foreach (var db in Contexts(scope.ServiceProvider))
                    migrations[NameOf(db)] = [.. await db.Database.GetAppliedMigrationsAsync(ct)];
                var at = clock.GetUtcNow();
                if (options.Provider == Engine.Sqlite)
                    await WriteSqlite(writer, ct);
                else
                    await WritePostgreSql(writer, ct);
                writer.Finish(at, options.Provider.ToString(), migrations);
                writer.Dispose();
                target.Flush(flushToDisk: true);
            }
            await Verify(part, ct);
            File.Move(part, file);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Reads a set from its beginning to its end; when it was made.</summary>
    /// <exception cref="CommandException">It is not whole, or not of this installation.</exception>
    public async Task<DateTimeOffset> Verify(string file, CancellationToken ct) => (await BackupReader.Read(file, keys, null, ct)).At;

    /// <summary>Puts a set back; when it was made.</summary>
    /// <exception cref="CommandException">The set is not whole, not of this installation, or the target is not empty: nothing was changed.</exception>
    public async Task<DateTimeOffset> Restore(string file, CancellationToken ct)
    {
        var manifest = await BackupReader.Read(file, keys, null, ct);
        if (manifest.Engine != options.Provider.ToString())
            throw new CommandException($"The backup is one of {manifest.Engine}, and this installation is on {options.Provider}.");
        await using var scope = scopes.CreateAsyncScope();
        var contexts = Contexts(scope.ServiceProvider);
        foreach (var (name, applied) in manifest.Migrations)
        {
            var known = contexts.Find(c => NameOf(c) == name)?.Database.GetMigrations()
                ?? throw new CommandException($"The backup holds the module '{name}', which is off here.");
            if (applied.Except(known).FirstOrDefault() is { } unknown)
                throw new CommandException(
                    $"The backup holds migration '{unknown}', which this version does not know: restore with the version that made it."
                );
        }
        if (File.Exists(Path.Combine(options.Folder, Checkpoints)))
            throw new CommandException($"The data folder {options.Folder} is not empty: a backup goes into an empty installation only.");
        if (options.Provider == Engine.Sqlite)
            await RestoreSqlite(file, ct);
        else
            await RestorePostgreSql(file, manifest, contexts, ct);
        return manifest.At;
    }

    private async Task WriteSqlite(BackupWriter writer, CancellationToken ct)
    {
        // One moment of the database, whoever writes meanwhile; in the data folder, whose disk is trusted with it anyway.
        var copy = Path.Combine(options.Folder, $"backup-{Guid.CreateVersion7():n}.tmp");
        try
        {
            Create(copy).Dispose();
            await using (var source = new SqliteConnection(Unpooled(options.ConnectionString)))
            {
                await source.OpenAsync(ct);
                await using var vacuum = source.CreateCommand();
                vacuum.CommandText = "VACUUM INTO $copy";
                vacuum.CommandTimeout = 3600;
                vacuum.Parameters.AddWithValue("$copy", copy);
                await vacuum.ExecuteNonQueryAsync(ct);
            }
            await using (var content = new FileStream(copy, FileMode.Open, FileAccess.Read, FileShare.Read, 1024 * 1024))
                await writer.Add(Database, content, ct);
            await using var shown = new SqliteConnection(Unpooled($"Data Source={copy};Mode=ReadOnly"));
            await shown.OpenAsync(ct);
            await WriteCheckpoints(writer, shown, "platform_audit", ct);
        }
        finally
        {
            foreach (var left in new[] { copy, copy + "-wal", copy + "-shm", copy + "-journal" })
                File.Delete(left);
        }
    }

    private async Task WritePostgreSql(BackupWriter writer, CancellationToken ct)
    {
        await using var source = new NpgsqlConnection(options.ConnectionString);
        await source.OpenAsync(ct);
        await using var moment = await source.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        foreach (var (table, columns) in await Tables(source, ct))
        {
            await using var rows = await source.BeginRawBinaryCopyAsync($"COPY {table} ({columns}) TO STDOUT (FORMAT BINARY)", ct);
            await writer.Add($"{table} ({columns})", rows, ct);
        }
        await WriteCheckpoints(writer, source, "platform.audit", ct);
    }

    /// <summary>Of the checkpoint file as many lines as this moment's trail knows of: more would speak of traces that are not in the set.</summary>
    private async Task WriteCheckpoints(BackupWriter writer, System.Data.Common.DbConnection moment, string table, CancellationToken ct)
    {
        var file = checkpoints.Read();
        await using var command = moment.CreateCommand();
#pragma warning disable CA2100 // a table's name, of two
        command.CommandText =
            $"SELECT object_id FROM {table} WHERE action = '{AuditCheckpoints.Anchor}' AND object_id LIKE '{file.Name}:%' ORDER BY id DESC LIMIT 1";
#pragma warning restore CA2100
        if (file.Lines == 0 || await command.ExecuteScalarAsync(ct) is not string anchor)
            return;
        var lines = long.Parse(anchor[(file.Name.Length + 1)..], CultureInfo.InvariantCulture);
        var text = string.Concat(File.ReadLines(Path.Combine(options.Folder, Checkpoints)).Take((int)lines).Select(l => l + "\n"));
        await writer.Add(Checkpoints, new MemoryStream(Encoding.UTF8.GetBytes(text)), ct);
    }

    private async Task RestoreSqlite(string file, CancellationToken ct)
    {
        var target = Path.GetFullPath(new SqliteConnectionStringBuilder(options.ConnectionString).DataSource);
        if (!folder.TryTake())
            throw new CommandException($"Another Parceo uses the data folder {options.Folder}: stop it first.");
        if (File.Exists(target))
            throw new CommandException($"{target} exists: a backup goes into an empty installation only.");
        var (half, beside) = (target + ".restoring", Path.Combine(options.Folder, Checkpoints) + ".restoring");
        try
        {
            File.Delete(half);
            File.Delete(beside);
            await BackupReader.Read(
                file,
                keys,
                async (name, content) =>
                {
                    await using var copy = Create(name == Database ? half : beside);
                    await content.CopyToAsync(copy, ct);
                    copy.Flush(flushToDisk: true);
                },
                ct
            );
            await using (var restored = new SqliteConnection(Unpooled($"Data Source={half}")))
            {
                await restored.OpenAsync(ct);
                await using var check = restored.CreateCommand();
                check.CommandText = "PRAGMA quick_check";
                if (await check.ExecuteScalarAsync(ct) is not "ok")
                    throw new CommandException("The database in the backup is damaged: nothing of it is taken.");
            }
            if (File.Exists(beside))
                File.Move(beside, Path.Combine(options.Folder, Checkpoints));
            File.Move(half, target); // the one moment at which it is there
        }
        finally
        {
            File.Delete(half);
            File.Delete(beside);
        }
    }

    private async Task RestorePostgreSql(string file, BackupManifest manifest, IReadOnlyList<DbContext> contexts, CancellationToken ct)
    {
        await RefuseRows(ct);
        foreach (var db in contexts.Where(c => manifest.Migrations.GetValueOrDefault(NameOf(c)) is { Count: > 0 }))
        {
            db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
            await db.GetService<IMigrator>().MigrateAsync(manifest.Migrations[NameOf(db)][^1], ct);
        }
        await using var target = new NpgsqlConnection(options.ConnectionString);
        await target.OpenAsync(ct);
        await using var all = await target.BeginTransactionAsync(ct);
        var here = (await Tables(target, ct)).Select(t => $"{t.Table} ({t.Columns})").ToHashSet(StringComparer.Ordinal);
        var checkpointFile = Array.Empty<byte>();
        try
        {
            await BackupReader.Read(
                file,
                keys,
                async (name, content) =>
                {
                    if (name == Checkpoints)
                    {
                        using var memory = new MemoryStream();
                        await content.CopyToAsync(memory, ct);
                        checkpointFile = memory.ToArray();
                        return;
                    }
                    if (!here.Contains(name))
                        throw new CommandException($"The backup holds {name.Split(' ')[0]}, which this version has not.");
                    await using var rows = await target.BeginRawBinaryCopyAsync($"COPY {name} FROM STDIN (FORMAT BINARY)", ct);
                    await content.CopyToAsync(rows, ct);
                },
                ct
            );
        }
        catch (PostgresException e)
        {
            throw new CommandException($"The database refused the backup ({e.SqlState}): nothing of it was kept.");
        }
        await ContinueNumbers(target, ct);
        if (checkpointFile.Length > 0)
        {
            Directory.CreateDirectory(options.Folder);
            await using var copy = Create(Path.Combine(options.Folder, Checkpoints));
            await copy.WriteAsync(checkpointFile, ct);
        }
        await all.CommitAsync(ct);
    }

    private async Task RefuseRows(CancellationToken ct)
    {
        await using var target = new NpgsqlConnection(options.ConnectionString);
        try
        {
            await target.OpenAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return; // migrating makes it
        }
        foreach (var (table, _) in await Tables(target, ct))
        {
            await using var any = target.CreateCommand();
#pragma warning disable CA2100 // a table's name, from the catalogue
            any.CommandText = $"SELECT EXISTS (SELECT FROM {table})";
#pragma warning restore CA2100
            if (await any.ExecuteScalarAsync(ct) is true)
                throw new CommandException($"The database is not empty ({table} has rows): a backup goes into an empty installation only.");
        }
    }

    /// <summary>Every table of ours with its columns, those that others refer to first. What migrations and Hangfire keep is theirs to make.</summary>
    private async Task<IReadOnlyList<(string Table, string Columns)>> Tables(NpgsqlConnection connection, CancellationToken ct)
    {
        var columns = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        await foreach (
            var (table, column) in Pairs(
                connection,
                """
                SELECT quote_ident(c.table_schema) || '.' || quote_ident(c.table_name), quote_ident(c.column_name)
                FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE t.table_type = 'BASE TABLE' AND c.table_schema = ANY($1) AND c.is_generated = 'NEVER' AND left(c.table_name, 13) <> '__migrations_'
                ORDER BY 1, c.ordinal_position
                """,
                ct
            )
        )
            (columns.TryGetValue(table, out var known) ? known : columns[table] = []).Add(column);
        var needs = columns.Keys.ToDictionary(t => t, _ => new HashSet<string>());
        await foreach (
            var (table, needed) in Pairs(
                connection,
                """
                SELECT quote_ident(a.nspname) || '.' || quote_ident(f.relname), quote_ident(b.nspname) || '.' || quote_ident(t.relname)
                FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_namespace a ON a.oid = f.relnamespace
                JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace b ON b.oid = t.relnamespace
                WHERE k.contype = 'f' AND k.conrelid <> k.confrelid AND a.nspname = ANY($1)
                """,
                ct
            )
        )
            needs[table].Add(needed);
        var order = new List<(string, string)>();
        while (needs.Count > 0)
        {
            var ready = needs.Where(n => n.Value.Count == 0).Select(n => n.Key).Order(StringComparer.Ordinal).ToList();
            if (ready.Count == 0)
                throw new InvalidOperationException("Tables refer to each other in a circle.");
            foreach (var table in ready)
            {
                order.Add((table, string.Join(',', columns[table])));
                needs.Remove(table);
            }
            foreach (var rest in needs.Values)
                rest.ExceptWith(ready);
        }
        return order;
    }

    private async IAsyncEnumerable<(string, string)> Pairs(
        NpgsqlConnection connection,
        string sql,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        var schemas = modules.Modules.Where(m => m.Db is not null).Select(m => m.Name).Prepend(PlatformDb.Schema).ToArray();
#pragma warning disable CA2100 // a literal of this file
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.Parameters.Add(new NpgsqlParameter { Value = schemas });
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            yield return (rows.GetString(0), rows.GetString(1));
    }

    private async Task ContinueNumbers(NpgsqlConnection connection, CancellationToken ct)
    {
        var counted = new List<(string Table, string Column)>();
        await foreach (
            var pair in Pairs(
                connection,
                """
                SELECT quote_ident(table_schema) || '.' || quote_ident(table_name), column_name FROM information_schema.columns
                WHERE table_schema = ANY($1) AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')
                """,
                ct
            )
        )
            counted.Add(pair);
        foreach (var (table, column) in counted)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // names from the catalogue
            command.CommandText =
                $"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), max(\"{column}\")) FROM {table} HAVING max(\"{column}\") IS NOT NULL";
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private List<DbContext> Contexts(IServiceProvider services) =>
        [
            .. modules
                .Modules.Select(m => m.Db)
                .OfType<Type>()
                .Prepend(typeof(PlatformDb))
                .Select(t => (DbContext)services.GetRequiredService(t)),
        ];

    private string NameOf(DbContext db) =>
        modules.Modules.FirstOrDefault(m => m.Db?.IsInstanceOfType(db) == true)?.Name ?? PlatformDb.Schema;

    private static string Unpooled(string connection) => new SqliteConnectionStringBuilder(connection) { Pooling = false }.ToString();

    private static FileStream Create(string path)
    {
        var how = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = OwnersOnly;
        return new FileStream(path, how);
    }
}
