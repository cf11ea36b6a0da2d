using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Platform.Geo;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Search;

/// <summary>
/// Search by 10 km cells in the database (performance design 2). Statements stay prepared on their connection; on SQLite
/// the order by start asks for the keys of one cell after the other, nearest first and never past the last start already
/// found, and fetches the rows that are shown at the end.
/// </summary>
[HotPath("A regulator waits for this search with a caller on the line.")]
internal sealed class CellSlotSearch(DatabaseOptions database) : IDisposable
{
    private readonly ConcurrentDictionary<SearchKind, ConcurrentBag<Statements>> idle = new();

    /// <summary>Prepared on one connection.</summary>
    /// <param name="Search">Finds rows, or on SQLite by start their keys.</param>
    /// <param name="Rows">Then fetches the rows of the keys.</param>
    private sealed record Statements(DbCommand Search, SqliteCommand? Rows);

    /// <summary>What the order by start needs of a row.</summary>
    private readonly record struct Found(long Row, DateTimeOffset Start, double Key, int Shuffle) : IComparable<Found>
    {
        public int CompareTo(Found other) => (Start, Key, Shuffle).CompareTo((other.Start, other.Key, other.Shuffle));
    }

    public async Task<IReadOnlyList<FoundSlot>> Find(SlotQuery query, CancellationToken ct)
    {
        var cells = GeoCell.Around(query.Centre, query.RadiusKm);
        var kind = new SearchKind(
            query.Order,
            query.After is not null,
            query.Territory is null,
            query.Territory is { Communes.Count: > 0 }
        );
        Statements? statements = await Rent(kind, ct);
        try
        {
            IReadOnlyList<FoundSlot> found = statements.Rows is { } rows
                ? CellByCell((SqliteCommand)statements.Search, rows, query, cells, ct)
                : await Read(statements.Search, query, cells, ct);
            if (database.Provider != Engine.Sqlite)
                return found; // back to the driver's pool, below
            idle.GetOrAdd(kind, _ => []).Add(statements);
            statements = null;
            return found;
        }
        finally
        {
            if (statements is not null)
                await Close(statements);
        }
    }

    private static List<FoundSlot> CellByCell(
        SqliteCommand search,
        SqliteCommand shown,
        SlotQuery query,
        IReadOnlyList<int> cells,
        CancellationToken ct
    )
    {
        // One snapshot for all statements: what the keys say is free is free in the rows.
        using var snapshot = search.Connection!.BeginTransaction(deferred: true);
        (search.Transaction, shown.Transaction) = (snapshot, snapshot);
        Bind(search, query, cells);
        var (cell, territory, to) = (search.Parameters["@cells"], search.Parameters["@territory"], search.Parameters["@to"]);
        IReadOnlyCollection<string> departements = query.Territory?.Touched ?? [""];
        var best = new List<Found>(query.Limit * 2);
        foreach (var number in cells)
        {
            ct.ThrowIfCancellationRequested();
            cell.Value = number;
            foreach (var departement in departements)
            {
                territory.Value = departement;
                var before = best.Count;
                using (var reader = search.ExecuteReader())
                {
                    while (reader.Read())
                        best.Add(new(reader.GetInt64(0), new(reader.GetInt64(2), TimeSpan.Zero), reader.GetDouble(1), reader.GetInt32(3)));
                }
                if (best.Count == before || best.Count < query.Limit)
                    continue;
                best.Sort();
                best.RemoveRange(query.Limit, best.Count - query.Limit);
                to.Value = Math.Min(query.To.UtcTicks, best[^1].Start.UtcTicks + 1);
            }
        }
        best.Sort();
        var slots = Shown(shown, best, query.Centre);
        snapshot.Commit();
        return slots;
    }

    private static List<FoundSlot> Shown(SqliteCommand shown, List<Found> best, GeoPoint centre)
    {
        if (best.Count == 0)
            return [];
        shown.Parameters[0].Value = JsonSerializer.Serialize(best.Select(b => b.Row));
        var keys = best.ToDictionary(b => b.Row, b => b.Key);
        var byRow = new Dictionary<long, FoundSlot>(best.Count);
        using var reader = shown.ExecuteReader();
        while (reader.Read())
        {
            var row = reader.GetInt64(KeyColumn);
            byRow.Add(row, Row(reader, centre, keys[row]));
        }
        return best.ConvertAll(b => byRow[b.Row]);
    }

    private static async Task<List<FoundSlot>> Read(DbCommand command, SlotQuery query, IReadOnlyList<int> cells, CancellationToken ct)
    {
        Bind(command, query, cells);
        var rows = new List<FoundSlot>(query.Limit);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(Row(reader, query.Centre, reader.GetDouble(KeyColumn)));
        return rows;
    }

    private const int KeyColumn = 20;

    private static FoundSlot Row(DbDataReader r, GeoPoint centre, double key)
    {
        DateTimeOffset Instant(int i) =>
            r is SqliteDataReader ? new(r.GetInt64(i), TimeSpan.Zero)
            : r is SqlDataReader s ? s.GetDateTimeOffset(i)
            : new(r.GetDateTime(i), TimeSpan.Zero);
        string? Text(int i) => r.IsDBNull(i) ? null : r.GetString(i);
        var rangeId = r.GetGuid(0);
        var start = Instant(1);
        var end = Instant(2);
        var left = r.GetInt32(3);
        var capacity = r.GetInt32(4);
        var mode = Enum.Parse<Mode>(r.GetString(5));
        var note = Text(6);
        var calendar = r.GetGuid(7);
        var practitioner = r.GetGuid(8);
        var name = r.GetString(9);
        var skill = r.GetString(10);
        var location = r.GetString(11);
        var commune = r.GetString(12);
        var phone = Text(13);
        var zone = r.GetString(14);
        var (over, via, shuffle) = (r.GetBoolean(15), Text(16), r.GetInt32(17));
        var distance = centre.DistanceTo(new GeoPoint(r.GetDouble(18), r.GetDouble(19)));
        return new(
            rangeId,
            start,
            end,
            left,
            capacity,
            mode,
            note,
            calendar,
            practitioner,
            name,
            skill,
            location,
            commune,
            phone,
            zone,
            over,
            via,
            distance,
            new(key, shuffle, start)
        );
    }

    private static void Bind(DbCommand command, SlotQuery q, IReadOnlyList<int> cells)
    {
        object Instant(DateTimeOffset at) =>
            command is SqliteCommand ? at.UtcTicks
            : command is SqlCommand ? at
            : at.UtcDateTime;
        var p = command.Parameters;
        var arrays = command is NpgsqlCommand;
        p["@cells"].Value = arrays ? cells.ToArray() : JsonSerializer.Serialize(cells);
        object Texts(IReadOnlyCollection<string>? of) =>
            of is null ? DBNull.Value
            : arrays ? of.ToArray()
            : JsonSerializer.Serialize(of);
        p["@territory"].Value = Texts(q.Territory?.Touched);
        if (q.Territory is { Communes.Count: > 0 } mixed)
            (p["@whole"].Value, p["@communes"].Value) = (Texts(mixed.Departements), Texts(mixed.Communes));
        p["@from"].Value = Instant(q.From);
        p["@to"].Value = Instant(q.To);
        p["@skill"].Value = (object?)q.Skill ?? DBNull.Value;
        p["@mode"].Value = (object?)q.Mode?.ToString() ?? DBNull.Value;
        p["@lat"].Value = q.Centre.Latitude;
        p["@lon"].Value = q.Centre.Longitude;
        p["@ky"].Value = GeoPoint.KmPerLatitude;
        p["@kx"].Value = q.Centre.KmPerLongitude;
        p["@r2"].Value = q.RadiusKm * q.RadiusKm;
        p["@limit"].Value = q.Limit;
        p["@seed"].Value = (long)q.Seed;
        if (q.After is not { } after)
            return;
        p["@aKey"].Value = after.Key;
        p["@aShuffle"].Value = after.Shuffle;
        p["@aStart"].Value = Instant(after.Start);
    }

    private async Task<Statements> Rent(SearchKind kind, CancellationToken ct)
    {
        // PostgreSQL and SQL Server pool connections with their prepared statements; SQLite's pool forgets them, so ours keeps both.
        if (database.Provider == Engine.Sqlite && idle.TryGetValue(kind, out var bag) && bag.TryTake(out var ready))
            return ready;
        DbConnection connection = database.Provider switch
        {
            Engine.Sqlite => new SqliteConnection(database.ConnectionString),
            Engine.PostgreSql => new NpgsqlConnection(database.ConnectionString),
            _ => new SqlConnection(database.ConnectionString),
        };
        await connection.OpenAsync(ct);
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // composed of constants only, see SearchSql
        command.CommandText = SearchSql.Of(database.Provider, kind);
#pragma warning restore CA2100
        AddParameters(command, kind);
        if (database.Provider != Engine.SqlServer)
            await command.PrepareAsync(ct);
        if (connection is not SqliteConnection sqlite || kind.Order != SlotOrder.Start)
            return new(command, null);
        var rows = sqlite.CreateCommand();
        rows.CommandText = SearchSql.SqliteRows;
        rows.Parameters.Add(new SqliteParameter("@rows", SqliteType.Text));
        return new(command, rows);
    }

    private static void AddParameters(DbCommand command, SearchKind kind)
    {
        void Add(string name, DbType type, NpgsqlTypes.NpgsqlDbType npgsql, int size = 0)
        {
            var p = command.CreateParameter();
            p.ParameterName = name;
            if (p is NpgsqlParameter n)
                n.NpgsqlDbType = npgsql;
            else if (p is not SqliteParameter)
            {
                p.DbType = type;
                p.Size = size;
            }
            command.Parameters.Add(p);
        }
        var instant = command is SqlCommand ? DbType.DateTimeOffset : DbType.Int64;
        Add("@cells", DbType.String, NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Integer, -1);
        Add("@territory", DbType.String, NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text, -1);
        Add("@from", instant, NpgsqlTypes.NpgsqlDbType.TimestampTz);
        Add("@to", instant, NpgsqlTypes.NpgsqlDbType.TimestampTz);
        Add("@skill", DbType.String, NpgsqlTypes.NpgsqlDbType.Text, 60);
        Add("@mode", DbType.String, NpgsqlTypes.NpgsqlDbType.Text, 16);
        foreach (var name in new[] { "@lat", "@lon", "@ky", "@kx", "@r2" })
            Add(name, DbType.Double, NpgsqlTypes.NpgsqlDbType.Double);
        Add("@limit", DbType.Int32, NpgsqlTypes.NpgsqlDbType.Integer);
        Add("@seed", DbType.Int64, NpgsqlTypes.NpgsqlDbType.Bigint);
        if (kind.Communes)
        {
            foreach (var name in new[] { "@whole", "@communes" })
                Add(name, DbType.String, NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text, -1);
        }
        if (!kind.After)
            return;
        Add("@aKey", DbType.Double, NpgsqlTypes.NpgsqlDbType.Double);
        Add("@aShuffle", DbType.Int32, NpgsqlTypes.NpgsqlDbType.Integer);
        Add("@aStart", instant, NpgsqlTypes.NpgsqlDbType.TimestampTz);
    }

    private static async Task Close(Statements statements)
    {
        var connection = statements.Search.Connection;
        await statements.Search.DisposeAsync();
        if (statements.Rows is { } rows)
            await rows.DisposeAsync();
        if (connection is not null)
            await connection.DisposeAsync();
    }

    public void Dispose()
    {
        foreach (var statements in idle.Values.SelectMany(b => b))
        {
            statements.Search.Connection?.Dispose();
            statements.Search.Dispose();
            statements.Rows?.Dispose();
        }
    }
}
