using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using Parceo.Platform.Data;
using Parceo.Proof.Tests;
using Parceo.Testing;

namespace Parceo.Benchmarks;

/// <summary>
/// Durable bookings won a second. Spread: each client books slots of its own département, one place each. Hot: all
/// clients are in one département and book the same range of 60 places until it is full, then the next. The ceiling is
/// the engine alone: one conditional update and one insert under a unique index, committed to disk.
/// </summary>
internal static class BookingBench
{
    public static async Task Run(
        BenchOptions options,
        Engine engine,
        int size,
        TestDatabase database,
        HostProcess host,
        IReadOnlyList<(string Token, string Departement)> desks,
        List<Row> rows,
        List<Guid> hot
    )
    {
        var soon = TimeProvider.System.GetUtcNow().AddHours(1).UtcTicks;
        var byDesk = desks
            .Select(d => rows.Where(r => r.Departement == d.Departement && r.Start > soon).Select(r => r.Id).ToArray())
            .ToList();
        var next = new int[desks.Count];
        using (var warm = Load.Client(host.Url, desks[0].Token))
            await Load.Run(1, options.Seconds, (_, _) => Book(warm, byDesk[0][next[0]++]));
        foreach (var n in options.Clients)
        {
            var spreadClients = desks.Take(n).Select(d => Load.Client(host.Url, d.Token)).ToList();
            var hotClients = Enumerable.Range(0, n).Select(_ => Load.Client(host.Url, desks[0].Token)).ToList();
            var bareSpread = await Bare(database, engine, n, options.Seconds, hot: false);
            var spread = await Load.Run(n, options.Seconds, (c, _) =>
                next[c] < byDesk[c].Length ? Book(spreadClients[c], byDesk[c][next[c]++]) : Task.FromResult(false)
            );
            Report.Line("ceiling.sql.book.spread", engine.ToString(), size, n, bareSpread);
            Report.Line("slots.book.spread", engine.ToString(), size, n, spread, spread.PerSecond / bareSpread.PerSecond);

            var bareHot = await Bare(database, engine, n, options.Seconds, hot: true);
            var burning = 0;
            var hotWon = await Load.Run(n, options.Seconds, async (c, _) =>
            {
                var at = Volatile.Read(ref burning);
                if (at >= hot.Count)
                    return false;
                var won = await Book(hotClients[c], hot[at]);
                if (!won)
                    Interlocked.CompareExchange(ref burning, at + 1, at); // full: on to the next
                return won;
            });
            hot.RemoveRange(0, Math.Min(hot.Count, burning + 1));
            Report.Line("ceiling.sql.book.hot", engine.ToString(), size, n, bareHot);
            Report.Line("slots.book.hot", engine.ToString(), size, n, hotWon, hotWon.PerSecond / bareHot.PerSecond);
            Report.Progress(
                $"{engine} {size} booking, {n} clients: spread {spread.PerSecond:0}/s of {bareSpread.PerSecond:0}, hot {hotWon.PerSecond:0}/s of {bareHot.PerSecond:0}"
            );
            spreadClients.Concat(hotClients).ToList().ForEach(c => c.Dispose());
        }
    }

    private static async Task<bool> Book(HttpClient client, Guid range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/slots/ranges/{range}/bookings")
        {
            Content = new StringContent(Api.Patient, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var answer = await client.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        return (int)answer.StatusCode == 201;
    }

    private static async Task<Measure> Bare(TestDatabase database, Engine engine, int clients, double seconds, bool hot)
    {
        var connections = new List<DbConnection>();
        try
        {
            for (var i = 0; i < (engine == Engine.Sqlite ? 1 : clients); i++)
            {
                DbConnection connection =
                    engine == Engine.Sqlite
                        ? new SqliteConnection(database.ConnectionString)
                        : new NpgsqlConnection(database.ConnectionString);
                await connection.OpenAsync();
                connections.Add(connection);
            }
            await Execute(
                connections[0],
                "DROP TABLE IF EXISTS bench_booking; DROP TABLE IF EXISTS bench_range; "
                    + "CREATE TABLE bench_range (id bigint PRIMARY KEY, places_left integer NOT NULL); "
                    + "CREATE TABLE bench_booking (id bigint PRIMARY KEY, range_id bigint NOT NULL, place integer NOT NULL, payload text NOT NULL); "
                    + "CREATE UNIQUE INDEX bench_booking_place ON bench_booking (range_id, place); "
                    + "INSERT INTO bench_range "
                    + (
                        engine == Engine.Sqlite
                            ? "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 100000) SELECT i, 1000000 FROM s"
                            : "SELECT i, 1000000 FROM generate_series(1, 100000) i"
                    )
            );
            long id = 0;
            using var turn = new SemaphoreSlim(1, 1);
            return await Load.Run(clients, seconds, async (c, _) =>
            {
                var (mine, range) = (Interlocked.Increment(ref id), hot ? 1L : 1 + (Interlocked.Read(ref id) % 100_000));
                if (engine == Engine.Sqlite)
                    await turn.WaitAsync();
                try
                {
                    return await Won(connections[engine == Engine.Sqlite ? 0 : c], mine, range);
                }
                finally
                {
                    if (engine == Engine.Sqlite)
                        turn.Release();
                }
            });
        }
        finally
        {
            await Execute(connections[0], "DROP TABLE bench_booking; DROP TABLE bench_range");
            foreach (var connection in connections)
                await connection.DisposeAsync();
        }
    }

    private static async Task<bool> Won(DbConnection connection, long id, long range)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var take = connection.CreateCommand();
        take.Transaction = transaction;
        take.CommandText =
            "UPDATE bench_range SET places_left = places_left - 1 WHERE id = @range AND places_left > 0 RETURNING places_left";
        Add(take, "@range", range);
        var place = Convert.ToInt32(await take.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO bench_booking VALUES (@id, @range, @place, @payload)";
        Add(insert, "@id", id);
        Add(insert, "@range", range);
        Add(insert, "@place", place);
        Add(insert, "@payload", Api.Patient);
        await insert.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return true;

        static void Add(DbCommand command, string name, object value)
        {
            var p = command.CreateParameter();
            (p.ParameterName, p.Value) = (name, value);
            command.Parameters.Add(p);
        }
    }

    private static async Task Execute(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
