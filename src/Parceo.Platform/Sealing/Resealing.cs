using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Data;
using Parceo.Platform.Modules;

namespace Parceo.Platform;

/// <summary>
/// Seals anew, under the current master key, what others sealed (S30). It keeps no place of its own: a value's first byte
/// says whether it is done, so a pass that was killed is simply begun again. Beside serving hosts: a row is written only
/// if it still holds what was read.
/// </summary>
internal sealed class Resealing(ModuleCatalog modules, IServiceProvider services, IEnumerable<SealedColumn> columns, FieldCipher cipher)
{
    // Files are sealed too: a batch ends at whichever comes first, so that memory stays flat.
    private const int BatchRows = 200,
        BatchBytes = 4 << 20;

    /// <summary>What a pass did to one column.</summary>
    /// <param name="Column">The column.</param>
    /// <param name="Sealed">Rows sealed anew.</param>
    /// <param name="Unreadable">Rows that no key at hand opens; left as they are.</param>
    public sealed record Outcome(SealedColumn Column, long Sealed, long Unreadable);

    /// <summary>Rows that another key than the current one sealed.</summary>
    public async Task<long> Left(CancellationToken ct)
    {
        var left = 0L;
        foreach (var (column, db) in Columns())
        {
            await using var count = await Command(db, new Statements(column, db).Count, ct);
            Add(count, "@current", new[] { cipher.Current });
            left += Convert.ToInt64(await count.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
        }
        return left;
    }

    /// <summary>One pass over every sealed column.</summary>
    public async IAsyncEnumerable<Outcome> Pass([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var (column, db) in Columns())
            yield return await Pass(column, db, ct);
    }

    private async Task<Outcome> Pass(SealedColumn column, ModuleDb db, CancellationToken ct)
    {
        var statements = new Statements(column, db);
        var after = (object[]?)null;
        var done = 0L;
        var unreadable = 0L;
        while (await Read(db, statements, after, ct) is { Count: > 0 } rows)
        {
            after = rows[^1].Key;
            var anew = rows.Select(r => (r.Key, r.Value, New: SealAnew(column, r))).ToList();
            unreadable += anew.Count(r => r.New is null);
            done += await Write(db, statements, anew.Where(r => r.New is not null), ct);
        }
        return new(column, done, unreadable);
    }

    private byte[]? SealAnew(SealedColumn column, Row row)
    {
        var label = column.Part is null
            ? column.Label ?? ParceoDb.Snake(column.Property)
            : string.Format(CultureInfo.InvariantCulture, column.Label!, row.Part);
        try
        {
            return cipher.Seal(
                cipher.OpenBytes(row.Value, row.Organisation, column.Table, label, row.Id).AsSpan(),
                row.Organisation,
                column.Table,
                label,
                row.Id
            );
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<List<Row>> Read(ModuleDb db, Statements statements, object[]? after, CancellationToken ct)
    {
        await using var command = await Command(db, after is null ? statements.First : statements.Next, ct);
        Add(command, "@current", new[] { cipher.Current });
        for (var i = 0; i < after?.Length; i++)
            Add(command, $"@k{i}", after[i]);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (rows, bytes) = (new List<Row>(), 0);
        while (bytes < BatchBytes && await reader.ReadAsync(ct))
        {
            var key = new object[reader.FieldCount - 4];
            for (var i = 0; i < key.Length; i++)
                key[i] = reader.GetValue(4 + i);
            var value = (byte[])reader.GetValue(0);
            rows.Add(new(key, value, reader.GetGuid(1), reader.GetGuid(2), statements.PartIsGuid ? reader.GetGuid(3) : reader.GetValue(3)));
            bytes += value.Length;
        }
        return rows;
    }

    private static async Task<long> Write(
        ModuleDb db,
        Statements statements,
        IEnumerable<(object[] Key, byte[] Value, byte[]? New)> rows,
        CancellationToken ct
    )
    {
        using var turn = await db.EnterGate(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var written = 0L;
        foreach (var (key, value, anew) in rows)
        {
            await using var command = await Command(db, statements.Write, ct);
            Add(command, "@anew", anew!);
            Add(command, "@head", value[..FieldCipher.Header]);
            for (var i = 0; i < key.Length; i++)
                Add(command, $"@k{i}", key[i]);
            written += await command.ExecuteNonQueryAsync(ct);
        }
        await transaction.CommitAsync(ct);
        return written;
    }

    private IEnumerable<(SealedColumn Column, ModuleDb Db)> Columns() =>
        from column in columns
        from module in modules.Modules
        where module.Db?.Assembly == column.Entity.Assembly
        select (column, (ModuleDb)services.GetRequiredService(module.Db!));

    private static async Task<DbCommand> Command(ModuleDb db, string sql, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
#pragma warning disable CA2100 // made of the model's own names
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 300;
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private sealed record Row(object[] Key, byte[] Value, Guid Organisation, Guid Id, object Part);

    /// <summary>The SQL for one column, along its table's primary key: bytes are beyond what LINQ says on every engine.</summary>
    private sealed class Statements
    {
        public Statements(SealedColumn column, ModuleDb db)
        {
            var entity = db.Model.FindEntityType(column.Entity)!;
            var names = db.GetService<ISqlGenerationHelper>();
            var table = Table(entity);
            string Of(IEntityType type, string property, string alias) =>
                $"{alias}.{names.DelimitIdentifier(type.FindProperty(property)!.GetColumnName())}";
            string Table(IEntityType type) => names.DelimitIdentifier(type.GetTableName()!, type.GetSchema());
            var key = entity.FindPrimaryKey()!.Properties.Select(p => names.DelimitIdentifier(p.GetColumnName())).ToList();
            var value = Of(entity, column.Property, "t");
            var owner = column.Owner is null ? null : db.Model.FindEntityType(column.Owner)!;
            var organisation = owner is null
                ? Of(entity, column.Organisation, "t")
                : $"(SELECT {Of(owner, column.Organisation, "o")} FROM {Table(owner)} o WHERE {Of(owner, owner.FindPrimaryKey()!.Properties[0].Name, "o")} = {Of(entity, column.Link!, "t")})";
            PartIsGuid = column.Part is { } part && entity.FindProperty(part)!.ClrType == typeof(Guid);
            var substring = db.Database.IsSqlServer() ? "SUBSTRING" : "substr";
            var (top, limit) = db.Database.IsSqlServer() ? ($"TOP {BatchRows} ", "") : ("", $" LIMIT {BatchRows}");
            var select =
                $"SELECT {top}{value}, {organisation}, {Of(entity, column.Row, "t")}, {(column.Part is null ? "NULL" : Of(entity, column.Part, "t"))}, {string.Join(", ", key.Select(k => "t." + k))} FROM {table} t";
            var others = $"{value} IS NOT NULL AND {substring}({value}, 1, 1) <> @current";
            var order = $" ORDER BY {string.Join(", ", key.Select(k => "t." + k))}{limit}";
            var after = string.Join(
                " OR ",
                Enumerable
                    .Range(0, key.Count)
                    .Select(i =>
                        "(" + string.Join(" AND ", Enumerable.Range(0, i + 1).Select(j => $"t.{key[j]} {(j == i ? ">" : "=")} @k{j}")) + ")"
                    )
            );
            First = $"{select} WHERE {others}{order}";
            Next = $"{select} WHERE {others} AND ({after}){order}";
            Count = $"SELECT count(*) FROM {table} t WHERE {others}";
            var column0 = names.DelimitIdentifier(entity.FindProperty(column.Property)!.GetColumnName());
            Write =
                $"UPDATE {table} SET {column0} = @anew WHERE {string.Join(" AND ", key.Select((k, i) => $"{k} = @k{i}"))} AND {substring}({column0}, 1, {FieldCipher.Header}) = @head";
        }

        public string First { get; }
        public string Next { get; }
        public string Count { get; }
        public string Write { get; }
        public bool PartIsGuid { get; }
    }
}
