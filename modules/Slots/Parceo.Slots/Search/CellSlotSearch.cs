using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;
using Parceo.Platform.Data;
using Parceo.Platform.Geo;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Search;

/// <summary>
/// Search by 10 km cells in the database (performance design 2). Statements stay prepared on their connection; on SQLite
/// the order by start asks one cell after the other, nearest first, and never past the last start already found.
/// </summary>
internal sealed class CellSlotSearch(DatabaseOptions database) : ISlotSearch, IDisposable
{
    private readonly ConcurrentDictionary<(SlotOrder, bool), ConcurrentBag<DbCommand>> idle = new();

    public async Task<IReadOnlyList<FoundSlot>> Find(SlotQuery query, CancellationToken ct)
    {
        var cells = GeoCell.Around(query.Centre, query.RadiusKm);
        var kind = (query.Order, query.After is not null);
        DbCommand? command = await Rent(kind, ct);
        try
        {
            var found = database.Provider == Engine.Sqlite && query.Order == SlotOrder.Start
                ? await CellByCell(command, query, cells, ct)
                : await Read(command, query, cells, query.To, ct);
            if (database.Provider != Engine.Sqlite) return found; // back to the driver's pool, below
            idle.GetOrAdd(kind, _ => []).Add(command);
            command = null;
            return found;
        }
        finally
        {
            if (command is not null) await Close(command);
        }
    }

    private static async Task<IReadOnlyList<FoundSlot>> CellByCell(DbCommand command, SlotQuery query, IReadOnlyList<int> cells, CancellationToken ct)
    {
        var best = new List<FoundSlot>();
        var to = query.To;
        foreach (var cell in cells)
        {
            var rows = await Read(command, query, [cell], to, ct);
            if (rows.Count == 0) continue;
            best.AddRange(rows);
            best.Sort((a, b) => (a.Start, a.Cursor.Key, a.Cursor.Shuffle).CompareTo((b.Start, b.Cursor.Key, b.Cursor.Shuffle)));
            if (best.Count < query.Limit) continue;
            best.RemoveRange(query.Limit, best.Count - query.Limit);
            to = best[^1].Start.AddTicks(1);
        }
        return best;
    }

    private static async Task<List<FoundSlot>> Read(DbCommand command, SlotQuery query, IReadOnlyList<int> cells, DateTimeOffset to, CancellationToken ct)
    {
        Bind(command, query, cells, to);
        var rows = new List<FoundSlot>(query.Limit);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
        while (await reader.ReadAsync(ct)) rows.Add(Row(reader, query.Centre));
        return rows;
    }

    private static FoundSlot Row(DbDataReader r, GeoPoint centre)
    {
        DateTimeOffset Instant(int i) => r is SqliteDataReader ? new(r.GetInt64(i), TimeSpan.Zero) : r is SqlDataReader s ? s.GetDateTimeOffset(i) : new(r.GetDateTime(i), TimeSpan.Zero);
        string? Text(int i) => r.IsDBNull(i) ? null : r.GetString(i);
        var (rangeId, start, end, left, capacity) = (r.GetGuid(0), Instant(1), Instant(2), r.GetInt32(3), r.GetInt32(4));
        var (mode, note, calendar, practitioner) = (Enum.Parse<Mode>(r.GetString(5)), Text(6), r.GetGuid(7), r.GetGuid(8));
        var (name, skill, place, commune, phone, zone) = (r.GetString(9), r.GetString(10), r.GetString(11), r.GetString(12), Text(13), r.GetString(14));
        var (over, via, key, shuffle) = (r.GetBoolean(15), Text(16), r.GetDouble(17), r.GetInt32(18));
        var distance = centre.DistanceTo(new GeoPoint(r.GetDouble(19), r.GetDouble(20)));
        return new(rangeId, start, end, left, capacity, mode, note, calendar, practitioner, name, skill, place, commune, phone, zone, over, via, distance, new(key, shuffle, start));
    }

    private static void Bind(DbCommand command, SlotQuery q, IReadOnlyList<int> cells, DateTimeOffset to)
    {
        object Instant(DateTimeOffset at) => command is SqliteCommand ? at.UtcTicks : command is SqlCommand ? at : at.UtcDateTime;
        var p = command.Parameters;
        var arrays = command is NpgsqlCommand;
        p["@cells"].Value = arrays ? cells.ToArray() : command is SqliteCommand && q.Order == SlotOrder.Start ? cells[0] : JsonSerializer.Serialize(cells);
        p["@territory"].Value = q.Departements is null ? DBNull.Value : arrays ? q.Departements.ToArray() : JsonSerializer.Serialize(q.Departements);
        p["@from"].Value = Instant(q.From);
        p["@to"].Value = Instant(to);
        p["@skill"].Value = (object?)q.Skill ?? DBNull.Value;
        p["@mode"].Value = (object?)q.Mode?.ToString() ?? DBNull.Value;
        p["@lat"].Value = q.Centre.Latitude;
        p["@lon"].Value = q.Centre.Longitude;
        p["@ky"].Value = GeoPoint.KmPerLatitude;
        p["@kx"].Value = q.Centre.KmPerLongitude;
        p["@r2"].Value = q.RadiusKm * q.RadiusKm;
        p["@limit"].Value = q.Limit;
        p["@seed"].Value = (long)q.Seed;
        if (q.After is not { } after) return;
        p["@aKey"].Value = after.Key;
        p["@aShuffle"].Value = after.Shuffle;
        p["@aStart"].Value = Instant(after.Start);
    }

    private async Task<DbCommand> Rent((SlotOrder Order, bool After) kind, CancellationToken ct)
    {
        // PostgreSQL and SQL Server pool connections with their prepared statements; SQLite's pool forgets them, so ours keeps both.
        if (database.Provider == Engine.Sqlite && idle.TryGetValue(kind, out var bag) && bag.TryTake(out var ready)) return ready;
        DbConnection connection = database.Provider switch
        {
            Engine.Sqlite => new SqliteConnection(database.ConnectionString),
            Engine.PostgreSql => new NpgsqlConnection(database.ConnectionString),
            _ => new SqlConnection(database.ConnectionString),
        };
        await connection.OpenAsync(ct);
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // composed of constants only, see SearchSql
        command.CommandText = SearchSql.Of(database.Provider, kind.Order, kind.After);
#pragma warning restore CA2100
        AddParameters(command, kind.After);
        if (database.Provider != Engine.SqlServer) await command.PrepareAsync(ct);
        return command;
    }

    private static void AddParameters(DbCommand command, bool after)
    {
        void Add(string name, DbType type, NpgsqlTypes.NpgsqlDbType npgsql, int size = 0)
        {
            var p = command.CreateParameter();
            p.ParameterName = name;
            if (p is NpgsqlParameter n) n.NpgsqlDbType = npgsql;
            else if (p is not SqliteParameter) { p.DbType = type; p.Size = size; }
            command.Parameters.Add(p);
        }
        var instant = command is SqlCommand ? DbType.DateTimeOffset : DbType.Int64;
        Add("@cells", DbType.String, NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Integer, -1);
        Add("@territory", DbType.String, NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text, -1);
        Add("@from", instant, NpgsqlTypes.NpgsqlDbType.TimestampTz);
        Add("@to", instant, NpgsqlTypes.NpgsqlDbType.TimestampTz);
        Add("@skill", DbType.String, NpgsqlTypes.NpgsqlDbType.Text, 60);
        Add("@mode", DbType.String, NpgsqlTypes.NpgsqlDbType.Text, 16);
        foreach (var name in new[] { "@lat", "@lon", "@ky", "@kx", "@r2" }) Add(name, DbType.Double, NpgsqlTypes.NpgsqlDbType.Double);
        Add("@limit", DbType.Int32, NpgsqlTypes.NpgsqlDbType.Integer);
        Add("@seed", DbType.Int64, NpgsqlTypes.NpgsqlDbType.Bigint);
        if (!after) return;
        Add("@aKey", DbType.Double, NpgsqlTypes.NpgsqlDbType.Double);
        Add("@aShuffle", DbType.Int32, NpgsqlTypes.NpgsqlDbType.Integer);
        Add("@aStart", instant, NpgsqlTypes.NpgsqlDbType.TimestampTz);
    }

    private static async Task Close(DbCommand command)
    {
        var connection = command.Connection;
        await command.DisposeAsync();
        if (connection is not null) await connection.DisposeAsync();
    }

    public void Dispose()
    {
        foreach (var command in idle.Values.SelectMany(b => b))
        {
            command.Connection?.Dispose();
            command.Dispose();
        }
    }
}
