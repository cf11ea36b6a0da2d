#pragma warning disable CA2100 // names come from the model and the catalogue, not from anybody
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Parceo.Directory.Reference;
using Parceo.Platform.Data;
using Parceo.Platform.Geo;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Testing;

namespace Parceo.Benchmarks;

/// <summary>A free slot as the brute-force check sees it.</summary>
internal readonly record struct Row(Guid Id, long Start, double Latitude, double Longitude, string Departement, string Skill, int Shuffle);

/// <summary>
/// A country's worth of slots: 60,000 effectors spread by the population of communes, slots of 15 minutes between 8 and
/// 20 h UTC on the next seven days. Rows are made by the domain and written in bulk: SQLite by a prepared statement in
/// one transaction, PostgreSQL by binary COPY; indexes are made afterwards.
/// </summary>
internal static class Seeder
{
    private const int Effectors = 60_000;

    public static async Task<List<Row>> Fill(ParceoHost host, int slots)
    {
        var rows = new List<Row>(slots);
        await host.With<SlotsDb, int>(async db =>
        {
            var random = new Random(57);
            var calendars = Calendars(random);
            var now = host.Clock.GetUtcNow();
            await Bulk(db, calendars);
            await Bulk(db, Ranges(random, calendars, slots, now, rows));
            return 0;
        });
        await Vacuum(host.Database);
        return rows;
    }

    private static List<Calendar> Calendars(Random random)
    {
        var communes = new CommuneIndex()
            .All.Where(c => c.Point is not null && c.Parent is null && c.Departement.Length == 2 && c.Population > 0)
            .ToList();
        var upTo = new long[communes.Count];
        long total = 0;
        for (var i = 0; i < communes.Count; i++)
            upTo[i] = total += communes[i].Population;
        var calendars = new List<Calendar>(Effectors);
        for (var i = 0; i < Effectors; i++)
        {
            var found = Array.BinarySearch(upTo, random.NextInt64(total));
            var commune = communes[Math.Min(communes.Count - 1, found < 0 ? ~found : found + 1)];
            var calendar = new Calendar(NewId(random), NewId(random));
            var gp = random.Next(10) < 8;
            // Practices stand around the middle of their commune, not on it.
            var point = new GeoPoint(
                commune.Point!.Value.Latitude + ((random.NextDouble() - 0.5) * 0.03),
                commune.Point.Value.Longitude + ((random.NextDouble() - 0.5) * 0.04)
            );
            calendar.Refresh(
                $"Dr Essai {i}",
                gp ? "MEDECINE_GENERALE" : "CARDIOLOGIE",
                gp ? "Médecine générale" : "Cardiologie",
                "Cabinet médical du centre",
                commune.Name,
                commune.Departement,
                "03 99 00 00 00",
                point,
                commune.Insee
            );
            calendars.Add(calendar);
        }
        return calendars;
    }

    private static IEnumerable<SlotRange> Ranges(Random random, List<Calendar> calendars, int slots, DateTimeOffset now, List<Row> rows)
    {
        const int Quarters = 48,
            Days = 8;
        int[] steps = [5, 7, 11, 13, 17, 19, 23, 25]; // none shares a factor with 384: an effector never has two slots at once
        var day = new DateTimeOffset(now.Date, TimeSpan.Zero);
        for (var c = 0; c < calendars.Count; c++)
        {
            var (calendar, first, step) = (calendars[c], random.Next(Days * Quarters), steps[random.Next(steps.Length)]);
            var count = (slots / calendars.Count) + (c < slots % calendars.Count ? 1 : 0);
            for (var i = 0; i < count; i++)
            {
                var quarter = (first + (i * step)) % (Days * Quarters);
                var start = day.AddDays(quarter / Quarters).AddMinutes((8 * 60) + (15 * (quarter % Quarters)));
                if (start <= now.AddMinutes(5))
                    start = start.AddDays(Days);
                var range = new SlotRange(
                    NewId(random),
                    calendar,
                    start,
                    start.AddMinutes(15),
                    1,
                    Mode.Cabinet,
                    null,
                    calendar.PractitionerId,
                    now
                );
                rows.Add(
                    new(range.Id, range.Start.UtcTicks, range.Latitude, range.Longitude, range.Departement, range.Skill, range.Shuffle)
                );
                yield return range;
            }
        }
    }

    private static Guid NewId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static async Task Bulk<T>(SlotsDb db, IEnumerable<T> rows)
        where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T))!;
        var columns = entity.GetProperties().Select(p => new Column(p)).ToList();
        var table = db.Database.IsSqlite() ? $"\"{entity.GetTableName()}\"" : $"{entity.GetSchema()}.\"{entity.GetTableName()}\"";
        var names = string.Join(',', columns.Select(c => $"\"{c.Name}\""));
        var connection = db.Database.GetDbConnection();
        if (connection.State != System.Data.ConnectionState.Open)
            await connection.OpenAsync();
        var indexes = await DropIndexes(connection, entity.GetTableName()!);
        if (connection is NpgsqlConnection server)
        {
            await using var copy = await server.BeginBinaryImportAsync($"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)");
            foreach (var row in rows)
            {
                await copy.StartRowAsync();
                foreach (var column in columns)
                {
                    if (column.Of(row) is { } value)
                        await copy.WriteAsync(value, column.Type);
                    else
                        await copy.WriteNullAsync();
                }
            }
            await copy.CompleteAsync();
        }
        else
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var insert = (SqliteCommand)connection.CreateCommand();
            insert.Transaction = (SqliteTransaction)transaction;
            insert.CommandText = $"INSERT INTO {table} ({names}) VALUES ({string.Join(',', columns.Select((_, i) => $"@{i}"))})";
            var parameters = columns.Select((_, i) => insert.Parameters.Add(new SqliteParameter($"@{i}", null))).ToList();
            insert.Prepare();
            foreach (var row in rows)
            {
                for (var i = 0; i < columns.Count; i++)
                    parameters[i].Value = columns[i].Of(row) ?? DBNull.Value;
                insert.ExecuteNonQuery();
            }
            await transaction.CommitAsync();
        }
        foreach (var index in indexes)
            await Execute(connection, index);
    }

    /// <summary>A mapped property: its column, its stored value, the store's type.</summary>
    private sealed class Column(IProperty property)
    {
        private readonly Func<object?, object?>? convert = property.GetTypeMapping().Converter?.ConvertToProvider;
        private readonly System.Reflection.PropertyInfo clr = property.PropertyInfo!;
        public string Name { get; } = property.GetColumnName();
        public string Type { get; } = property.GetRelationalTypeMapping().StoreTypeNameBase;

        public object? Of(object row) =>
            clr.GetValue(row) is { } value
                ? convert is null
                    ? value
                    : convert(value)
                : null;
    }

    private static async Task<List<string>> DropIndexes(DbConnection connection, string table)
    {
        var server = connection is NpgsqlConnection;
        var (drops, creates) = (new List<string>(), new List<string>());
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = server
                ? $"SELECT 'slots.\"' || indexname || '\"', indexdef FROM pg_indexes WHERE schemaname = 'slots' AND tablename = '{table}' AND indexname NOT LIKE 'pk_%'"
                : $"SELECT '\"' || name || '\"', sql FROM sqlite_master WHERE type = 'index' AND tbl_name = '{table}' AND sql IS NOT NULL";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                drops.Add($"DROP INDEX {reader.GetString(0)}");
                creates.Add(reader.GetString(1));
            }
        }
        foreach (var drop in drops)
            await Execute(connection, drop);
        return creates;
    }

    private static async Task Execute(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task Vacuum(TestDatabase database)
    {
        // What autovacuum does by itself a minute later. SQLite: nothing that the product does not do.
        if (database.Engine != Engine.PostgreSql)
            return;
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await Execute(connection, "VACUUM (ANALYZE) slots.slot_range");
        await Execute(connection, "VACUUM (ANALYZE) slots.calendar");
        await Execute(connection, "CHECKPOINT");
    }
}
