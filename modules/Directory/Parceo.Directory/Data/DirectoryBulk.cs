using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Parceo.Directory.Domain;
using Parceo.Platform;

namespace Parceo.Directory.Data;

/// <summary>
/// Writes people by the thousand inside the caller's transaction: each one's rows are replaced. The only place of the
/// module with SQL text, for a national file has millions of rows; columns come from the model, so the two cannot drift
/// apart. Engines without a faster way take <see cref="PlainBulk"/>, which is the oracle of the others in the tests.
/// </summary>
[HotPath("A national file has millions of rows.")]
internal abstract class DirectoryBulk(DirectoryDb db) : IAsyncDisposable
{
    /// <summary>People that are best written at once.</summary>
    public const int ChunkSize = 2_000;

    /// <summary>The context whose transaction is used.</summary>
    protected DirectoryDb Db { get; } = db;

    /// <summary>The fastest way of the context's engine.</summary>
    public static DirectoryBulk For(DirectoryDb db) =>
        db.Database.IsSqlite() ? new SqliteBulk(db)
        : db.Database.IsNpgsql() ? new PostgreSqlBulk(db)
        : new PlainBulk(db);

    /// <summary>A transaction has begun on the context: what follows belongs to it.</summary>
    public virtual void Begin() { }

    /// <summary>Inserts these people, or replaces all that is stored of them.</summary>
    /// <param name="people">At most some thousands.</param>
    /// <param name="areNew">Nothing of any of them is stored yet, or no more than a hidden person.</param>
    /// <param name="ct">Stops; the caller rolls back.</param>
    public abstract Task Replace(IReadOnlyList<Person> people, bool areNew, CancellationToken ct);

    /// <summary>Inserts rows of which none is stored yet.</summary>
    public abstract Task Insert<T>(IReadOnlyList<T> rows, CancellationToken ct)
        where T : class;

    /// <summary>Hides people: what they do and the words they are found by go, who they were stays for what refers to them.</summary>
    public async Task Withdraw(IReadOnlyList<Guid> ids, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var chunk in ids.Chunk(500))
        {
            await DeleteDetails(chunk, ct);
            await Db
                .People.Where(p => chunk.Contains(p.Id))
                .ExecuteUpdateAsync(s => s.SetProperty(p => p.GoneAt, now).SetProperty(p => p.ChangedAt, now), ct);
        }
    }

    /// <summary>Lets the engine see what it now holds, so that its plans fit.</summary>
    public virtual Task Analyze(CancellationToken ct) => Task.CompletedTask;

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Deletes all but the people themselves.</summary>
    protected async Task DeleteDetails(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        await Db.Activities.Where(a => ids.Contains(a.PersonId)).ExecuteDeleteAsync(ct);
        await Db.Skills.Where(s => ids.Contains(s.PersonId)).ExecuteDeleteAsync(ct);
        await Db.NameWords.Where(w => ids.Contains(w.PersonId)).ExecuteDeleteAsync(ct);
    }

    /// <summary>Words of family names of these people.</summary>
    protected static IEnumerable<NameKey> KeysOf(IEnumerable<NameWord> words) =>
        words.Where(w => !w.IsGiven).Select(w => w.Word).Distinct().SelectMany(NameKey.Of);
}

/// <summary>A table as the model has it: its columns and how to read them from an entity.</summary>
internal sealed class BulkTable<T>
    where T : class
{
    private readonly (IProperty Property, Func<object, object?>? Convert)[] columns;

    public BulkTable(DirectoryDb db)
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        Name = db.GetService<ISqlGenerationHelper>().DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
        columns = [.. entity.GetProperties().Select(p => (p, p.GetTypeMapping().Converter?.ConvertToProvider))];
        Columns = [.. columns.Select(c => Quoted(c.Property))];
        Types = [.. columns.Select(c => c.Property.GetColumnType().Split('(')[0])];
        Key = [.. entity.FindPrimaryKey()!.Properties.Select(Quoted)];

        static string Quoted(IProperty property) => $"\"{property.GetColumnName()}\"";
    }

    /// <summary>Delimited, with its schema.</summary>
    public string Name { get; }

    /// <summary>Column names, quoted.</summary>
    public string[] Columns { get; }

    /// <summary>Database types, without length.</summary>
    public string[] Types { get; }

    /// <summary>Columns of the primary key, quoted.</summary>
    public string[] Key { get; }

    /// <summary>Value of a column as the database takes it; null for NULL.</summary>
    public object? Value(T row, int column)
    {
        var value = columns[column].Property.GetGetter().GetClrValue(row);
        return value is null || columns[column].Convert is not { } convert ? value : convert(value);
    }
}

/// <summary>Through Entity Framework only: right everywhere, fast nowhere.</summary>
internal sealed class PlainBulk(DirectoryDb db) : DirectoryBulk(db)
{
    public override async Task Replace(IReadOnlyList<Person> people, bool areNew, CancellationToken ct)
    {
        foreach (var chunk in people.Chunk(500))
        {
            var ids = chunk.Select(p => p.Id).ToList();
            if (!areNew)
                await DeleteDetails(ids, ct);
            await Db.People.Where(p => ids.Contains(p.Id)).ExecuteDeleteAsync(ct);
            var words = chunk.SelectMany(NameWord.Of).ToList();
            var keys = KeysOf(words).ToList();
            var known = keys.Select(k => k.Word).Distinct().ToList();
            var stored = (await Db.NameKeys.AsNoTracking().Where(k => known.Contains(k.Word)).ToListAsync(ct)).ToHashSet();
            Db.AddRange(chunk);
            Db.AddRange(chunk.SelectMany(p => p.Activities));
            Db.AddRange(chunk.SelectMany(p => p.Activities).SelectMany(a => a.Skills));
            Db.AddRange(words);
            Db.AddRange(keys.Where(k => !stored.Contains(k)));
            await Save(ct);
        }
    }

    public override async Task Insert<T>(IReadOnlyList<T> rows, CancellationToken ct)
    {
        Db.AddRange(rows);
        await Save(ct);
    }

    private async Task Save(CancellationToken ct)
    {
        await Db.SaveChangesAsync(ct);
        Db.ChangeTracker.Clear();
    }
}

/// <summary>Prepared statements on the context's own connection and transaction.</summary>
internal sealed class SqliteBulk(DirectoryDb db) : DirectoryBulk(db)
{
    // Random keys touch pages all over the indexes: with the usual 2 MB cache each would be written and read again and again.
    private const int ImportCachePages = -256 * 1024,
        UsualCachePages = -2000;

    private readonly Dictionary<Type, SqliteCommand> commands = [];
    private bool cached;
    private readonly HashSet<string> keyedWords = new(StringComparer.Ordinal);

    public override void Begin()
    {
        foreach (var command in commands.Values)
        {
            command.Transaction = (SqliteTransaction)Db.Database.CurrentTransaction!.GetDbTransaction();
        }
        if (!cached)
        {
            Run($"PRAGMA cache_size={ImportCachePages}");
            cached = true;
        }
    }

    public override async Task Replace(IReadOnlyList<Person> people, bool areNew, CancellationToken ct)
    {
        if (!areNew)
        {
            foreach (var chunk in people.Select(p => p.Id).Chunk(500))
            {
                await DeleteDetails(chunk, ct);
            }
        }
        foreach (var person in people)
        {
            ct.ThrowIfCancellationRequested();
            Write(person);
            foreach (var activity in person.Activities)
            {
                Write(activity);
                foreach (var skill in activity.Skills)
                {
                    Write(skill);
                }
            }
            foreach (var word in NameWord.Of(person))
            {
                Write(word);
                // A few ten thousand words stand in a million names.
                if (!word.IsGiven && keyedWords.Add(word.Word))
                {
                    foreach (var key in NameKey.Of(word.Word))
                    {
                        Write(key);
                    }
                }
            }
        }
    }

    public override Task Insert<T>(IReadOnlyList<T> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            Write(row);
        }
        return Task.CompletedTask;
    }

    public override Task Analyze(CancellationToken ct)
    {
        Run("PRAGMA analysis_limit=1000; ANALYZE");
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var command in commands.Values)
        {
            await command.DisposeAsync();
        }
        if (cached)
        {
            // The connection goes back to the pool, perhaps closed by the end of the transaction: open it to give the memory back.
            await Db.Database.OpenConnectionAsync();
            Run($"PRAGMA cache_size={UsualCachePages}");
            Run("PRAGMA shrink_memory");
            await Db.Database.CloseConnectionAsync();
        }
        await base.DisposeAsync();
    }

    private void Run(string pragma)
    {
        using var command = new SqliteCommand(
            pragma,
            (SqliteConnection)Db.Database.GetDbConnection(),
            (SqliteTransaction?)Db.Database.CurrentTransaction?.GetDbTransaction()
        );
        command.ExecuteNonQuery();
    }

    private void Write<T>(T row)
        where T : class
    {
        var table = Tables<T>.Of(Db);
        if (!commands.TryGetValue(typeof(T), out var command))
        {
            commands.Add(
                typeof(T),
                command = new SqliteCommand(
                    $"INSERT OR REPLACE INTO {table.Name} ({string.Join(',', table.Columns)}) VALUES ({string.Join(',', table.Columns.Select((_, i) => $"$p{i}"))})",
                    (SqliteConnection)Db.Database.GetDbConnection(),
                    (SqliteTransaction)Db.Database.CurrentTransaction!.GetDbTransaction()
                )
            );
            for (var i = 0; i < table.Columns.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"$p{i}" });
            }
            command.Prepare();
        }
        for (var i = 0; i < table.Columns.Length; i++)
        {
            command.Parameters[i].Value = table.Value(row, i) ?? DBNull.Value;
        }
        command.ExecuteNonQuery();
    }

    private static class Tables<T>
        where T : class
    {
        private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<IModel, BulkTable<T>> Known = [];

        public static BulkTable<T> Of(DirectoryDb db) => Known.GetValue(db.Model, _ => new BulkTable<T>(db));
    }
}

/// <summary>Binary COPY into temporary tables, then set-based statements.</summary>
internal sealed class PostgreSqlBulk(DirectoryDb db) : DirectoryBulk(db)
{
    private readonly HashSet<string> keyedWords = new(StringComparer.Ordinal);
    private readonly HashSet<Type> staged = [];

    public override void Begin() => staged.Clear(); // dropped at the end of the transaction before

    public override async Task Replace(IReadOnlyList<Person> people, bool areNew, CancellationToken ct)
    {
        if (!areNew)
        {
            await DeleteDetails([.. people.Select(p => p.Id)], ct);
        }
        var words = people.SelectMany(NameWord.Of).ToList();
        await Merge(people, onConflict: "UPDATE", ct);
        await Insert<Activity>([.. people.SelectMany(p => p.Activities)], ct);
        await Insert<Skill>([.. people.SelectMany(p => p.Activities).SelectMany(a => a.Skills)], ct);
        await Insert<NameWord>(words, ct);
        await Merge<NameKey>(
            [.. words.Where(w => !w.IsGiven && keyedWords.Add(w.Word)).SelectMany(w => NameKey.Of(w.Word))],
            onConflict: "NOTHING",
            ct
        );
    }

    public override async Task Insert<T>(IReadOnlyList<T> rows, CancellationToken ct)
    {
        if (rows.Count > 0)
        {
            var table = new BulkTable<T>(Db);
            await Copy(table, table.Name, rows, ct);
        }
    }

    public override Task Analyze(CancellationToken ct) =>
        Run("ANALYZE directory.person, directory.activity, directory.skill, directory.name_word, directory.name_key", ct);

    private async Task Merge<T>(IReadOnlyList<T> rows, string onConflict, CancellationToken ct)
        where T : class
    {
        if (rows.Count == 0)
        {
            return;
        }
        var table = new BulkTable<T>(Db);
        var stage = $"stage_{typeof(T).Name.ToLowerInvariant()}";
        await Run(staged.Add(typeof(T)) ? $"CREATE TEMP TABLE {stage} (LIKE {table.Name}) ON COMMIT DROP" : $"TRUNCATE {stage}", ct);
        await Copy(table, stage, rows, ct);
        var columns = string.Join(',', table.Columns);
        var action =
            onConflict == "NOTHING"
                ? "NOTHING"
                : "UPDATE SET " + string.Join(',', table.Columns.Except(table.Key).Select(c => $"{c}=EXCLUDED.{c}"));
        await Run(
            $"INSERT INTO {table.Name} ({columns}) SELECT {columns} FROM {stage} ON CONFLICT ({string.Join(',', table.Key)}) DO {action}",
            ct
        );
    }

    private async Task Copy<T>(BulkTable<T> table, string into, IReadOnlyList<T> rows, CancellationToken ct)
        where T : class
    {
        var connection = (NpgsqlConnection)Db.Database.GetDbConnection();
        await using var writer = await connection.BeginBinaryImportAsync(
            $"COPY {into} ({string.Join(',', table.Columns)}) FROM STDIN (FORMAT BINARY)",
            ct
        );
        foreach (var row in rows)
        {
            await writer.StartRowAsync(ct);
            for (var i = 0; i < table.Columns.Length; i++)
            {
                if (table.Value(row, i) is { } value)
                {
                    await writer.WriteAsync(value, table.Types[i], ct);
                }
                else
                {
                    await writer.WriteNullAsync(ct);
                }
            }
        }
        await writer.CompleteAsync(ct);
    }

#pragma warning disable CA2100 // made of names of the model only
    private async Task Run(string sql, CancellationToken ct)
    {
        await using DbCommand command = new NpgsqlCommand(
            sql,
            (NpgsqlConnection)Db.Database.GetDbConnection(),
            (NpgsqlTransaction?)Db.Database.CurrentTransaction?.GetDbTransaction()
        );
        await command.ExecuteNonQueryAsync(ct);
    }
#pragma warning restore CA2100
}
