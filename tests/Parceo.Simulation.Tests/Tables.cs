using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;
using Parceo.Platform.Data;

namespace Parceo.Simulation.Tests;

/// <summary>The database as it lies there, read with plain SQL on a connection of its own: nothing of the product's mapping or filters is between. Tables are written <c>{slots.booking}</c>.</summary>
internal sealed partial class Tables(Engine engine, string connection) : IDisposable
{
    private static readonly string[] Modules = ["slots", "regulation", "feedback", "notifications"];
    private readonly Dictionary<string, DbCommand> prepared = [];
    private DbConnection? db;

    public static string Table(Engine engine, string sql) => TableName().Replace(sql, engine == Engine.Sqlite ? "$1_$2" : "$1.$2");

    public List<T> Read<T>(string sql, Func<Row, T> map, params object[] values)
    {
        var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var (rows, row) = (new List<T>(), new Row(reader));
        while (reader.Read())
            rows.Add(map(row));
        return rows;
    }

    public long Count(string sql, params object[] values) => Read(sql, r => r.Long(0), values)[0];

    /// <summary>Whether anything is due for delivery.</summary>
    public bool AnyOutbox(DateTimeOffset now) => Count("SELECT " + string.Join(" + ", Modules.Select(Due)), now) > 0;

    /// <summary>Whether anything of one module is.</summary>
    public bool HasOutbox(string module, DateTimeOffset now) => Count($"SELECT {Due(module)}", now) > 0;

    /// <summary>Events nobody has looked at yet, and deliveries whose time has come.</summary>
    private static string Due(string module) =>
        $"(SELECT COUNT(*) FROM {{{module}.outbox}} WHERE NOT fanned_out) + (SELECT COUNT(*) FROM {{{module}.outbox_delivery}} WHERE dead_at IS NULL AND next_attempt_at <= @p0)";

    public void Dispose()
    {
        foreach (var command in prepared.Values)
            command.Dispose();
        prepared.Clear();
        db?.Dispose();
        db = null;
    }

    private DbCommand Command(string sql, object[] values)
    {
        if (db is null)
        {
            db = engine == Engine.Sqlite ? new SqliteConnection(connection + ";Pooling=False") : new NpgsqlConnection(connection);
            db.Open();
        }
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = db.CreateCommand();
#pragma warning disable CA2100 // written in this project
            command.CommandText = Table(engine, sql);
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
            {
                var p = command.CreateParameter();
                p.ParameterName = $"@p{i}";
                command.Parameters.Add(p);
            }
            prepared[sql] = command;
        }
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value =
                values[i] is DateTimeOffset at && engine == Engine.Sqlite ? at.UtcTicks
                : values[i] is DateTimeOffset utc ? utc.UtcDateTime
                : values[i];
        return command;
    }

    [GeneratedRegex(@"\{(\w+)\.(\w+)\}")]
    private static partial Regex TableName();

    /// <summary>One row, by position.</summary>
    internal sealed class Row(DbDataReader reader)
    {
        public bool Null(int i) => reader.IsDBNull(i);

        public long Long(int i) => Convert.ToInt64(reader.GetValue(i), null);

        public int Int(int i) => (int)Long(i);

        public int? IntOrNull(int i) => Null(i) ? null : Int(i);

        public bool Bool(int i) => reader.GetBoolean(i);

        public double Double(int i) => reader.GetDouble(i);

        public string Text(int i) => reader.GetString(i);

        public string? TextOrNull(int i) => Null(i) ? null : Text(i);

        public Guid Id(int i) => reader.GetGuid(i);

        public Guid? IdOrNull(int i) => Null(i) ? null : Id(i);

        public DateTimeOffset At(int i) =>
            reader is SqliteDataReader
                ? new(reader.GetInt64(i), TimeSpan.Zero)
                : new(DateTime.SpecifyKind(reader.GetDateTime(i), DateTimeKind.Utc));

        public DateTimeOffset? AtOrNull(int i) => Null(i) ? null : At(i);
    }
}
