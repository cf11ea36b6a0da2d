using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Audit;

namespace Parceo.Platform.Data;

/// <summary>
/// What every context of Parceo shares, whatever the engine: snake_case names, a schema (or on SQLite a prefix) per
/// module, UTC instants, and the translation of "somebody was faster" into <see cref="ConcurrentChangeException"/>.
/// </summary>
public abstract class ParceoDb : DbContext
{
    private readonly SqliteWriteGate? gate;

    /// <summary>Options carry the application's services; there are none when migrations are generated.</summary>
    protected ParceoDb(DbContextOptions options)
        : base(options)
    {
        Services = options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
        gate = Database.IsSqlite() ? Services?.GetService<SqliteWriteGate>() : null;
    }

    /// <summary>The scope's services; null when migrations are generated.</summary>
    protected IServiceProvider? Services { get; }

    /// <summary>Schema, or table prefix on SQLite.</summary>
    protected abstract string Module { get; }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite can neither compare nor sort DateTimeOffset as text; Npgsql takes offset zero only.
        if (Database.IsSqlite())
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        else if (Database.IsNpgsql())
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();
        configurationBuilder.Properties<string>().HaveMaxLength(400);
    }

    internal const string BinaryOnSqlServer = "Latin1_General_100_BIN2";

    /// <summary>
    /// Text is compared and sorted by its bytes on every engine alike, whatever the server's collation: equal means equal,
    /// and a prefix is one range of an index (docs/decisions/0005). SQLite does so by itself.
    /// </summary>
    private string? Collation =>
        Database.IsNpgsql() ? "C"
        : Database.IsSqlServer() ? BinaryOnSqlServer
        : null;

    /// <summary>Gives every table, column, key and index its snake_case name, and every text its collation; call it last.</summary>
    protected void ApplyNames(ModelBuilder model)
    {
        var collation = Collation;
        foreach (var entity in model.Model.GetEntityTypes().Where(e => !e.IsMappedToJson()))
        {
            if (entity.IsOwned() && entity.GetTableName() is null)
                continue;
            var (schema, table) = (
                entity.FindAnnotation("Parceo:Schema")?.Value as string ?? Module,
                entity.GetTableName() is { } set && entity.FindAnnotation("Parceo:Table") is null
                    ? Snake(
                        entity.ClrType.Name is var n && n.EndsWith("Row", StringComparison.Ordinal)
                            ? n[..^3]
                            : (entity.ClrType.IsGenericType ? set : n)
                    )
                    : (string)entity.FindAnnotation("Parceo:Table")!.Value!
            );
            if (Database.IsSqlite())
            {
                entity.SetTableName($"{schema}_{table}");
            }
            else
            {
                entity.SetTableName(table);
                entity.SetSchema(schema);
            }
            // SQL Server refuses OUTPUT without INTO on tables with triggers, and that is how EF asks for a new row's number.
            if (entity.ClrType == typeof(AuditRow) && Database.IsSqlServer())
                entity.UseSqlOutputClause(false);
            var prefix = $"{schema}_{table}";
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Snake(property.Name));
                if (collation is not null && StoredAs(property) == typeof(string))
                    property.SetCollation(collation);
            }
            foreach (var key in entity.GetKeys())
                key.SetName($"pk_{prefix}" + (key.IsPrimaryKey() ? "" : "_" + Columns(key.Properties)));
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName(Short($"{(index.IsUnique ? "ux" : "ix")}_{prefix}_{Columns(index.Properties)}"));
            foreach (var foreign in entity.GetForeignKeys())
                foreign.SetConstraintName($"fk_{prefix}_{Columns(foreign.Properties)}");
        }

        static Type StoredAs(IReadOnlyProperty property) =>
            property.GetValueConverter()?.ProviderClrType ?? property.GetProviderClrType() ?? property.ClrType;
        static string Short(string name) => name.Length > 63 ? name[..63] : name; // PostgreSQL's limit
        static string Columns(IEnumerable<IReadOnlyProperty> properties) => string.Join("_", properties.Select(p => Snake(p.Name)));
    }

    /// <summary>Names the table itself, where the type's name would not do (generic or foreign types).</summary>
    protected static void Table<T>(ModelBuilder model, string name, string? schema = null)
        where T : class
    {
        var entity = model.Entity<T>().Metadata;
        entity.SetAnnotation("Parceo:Table", name);
        if (schema is not null)
            entity.SetAnnotation("Parceo:Schema", schema);
    }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        // One writer at a time on SQLite anyway: queueing here is fair, where its busy handler would sleep and starve.
        using var turn = await EnterGate(cancellationToken);
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (DbUpdateConcurrencyException e)
        {
            throw new ConcurrentChangeException(e);
        }
        catch (Exception e) when (DatabaseFailures.IsLostRace(e))
        {
            throw new ConcurrentChangeException(e);
        }
        // Nothing of it is saved: no trace, no action (S31).
        catch (DbUpdateException e)
            when ((e.Entries.Count > 0 && e.Entries.All(entry => entry.Entity is AuditRow)) || DatabaseFailures.RefusesTrace(e))
        {
            throw new UntracedException(e);
        }
    }

    internal ValueTask<SqliteWriteGate.Turn> EnterGate(CancellationToken ct) => gate is null ? default : gate.Enter(ct);

    internal static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (
                i > 0
                && char.IsUpper(name[i])
                && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]) && name[i - 1] != '_'))
            )
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(v => v.UtcTicks, v => new DateTimeOffset(v, TimeSpan.Zero));

    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(v => v.ToUniversalTime(), v => v);
}

/// <summary>The queue before SQLite's single writer; one per database file, shared by all modules of a host.</summary>
public sealed class SqliteWriteGate : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Waits for the turn; dispose to pass it on.</summary>
    public async ValueTask<Turn> Enter(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        return new Turn(turn);
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    /// <summary>A held turn.</summary>
    public readonly struct Turn(SemaphoreSlim? turn) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose() => turn?.Release();
    }
}
