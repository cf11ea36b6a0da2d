using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Parceo.Platform.Data;

/// <summary>
/// Moves what was committed from SQLite's log into the database file beside the writers. By itself SQLite does so inside
/// every commit that finds a thousand pages in the log: tens of milliseconds, in which everybody waits. Durability does
/// not depend on it: a commit is on disk in the log (<c>synchronous=FULL</c>).
/// </summary>
internal sealed class WalCheckpoints(DatabaseOptions options, SqliteWriteGate gate, ILogger<WalCheckpoints> log) : BackgroundService
{
    private const int MostPages = 8_000; // 32 MB
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wal = new FileInfo(new SqliteConnectionStringBuilder(options.ConnectionString).DataSource + "-wal");
        var seen = default(DateTime);
        return Rounds.Every(
            Every,
            async ct =>
            {
                wal.Refresh();
                if (!wal.Exists || wal.LastWriteTimeUtc == seen)
                    return;
                seen = wal.LastWriteTimeUtc;
                await Checkpoint(ct);
            },
            e =>
                log.LogWarning(
                    "The log of the database will be moved later: {Failure}",
                    e is SqliteException s ? s.SqliteExtendedErrorCode : e.GetType().Name
                ),
            stoppingToken
        );
    }

    private async Task Checkpoint(CancellationToken ct)
    {
        await using var connection = new SqliteConnection(options.ConnectionString);
        await connection.OpenAsync(ct);
        if (await Move(connection, ct) < MostPages)
            return;
        // Writers never left a moment in which all was moved, and so the log grew. A short one is made for them: what is
        // left since the line above is little, and the next writer begins the log anew.
        using var turn = await gate.Enter(ct);
        await Move(connection, ct);
    }

    /// <summary>Waits for nobody; returns the pages in the log.</summary>
    private static async Task<long> Move(SqliteConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? row.GetInt64(1) : 0;
    }

    /// <summary>Connections do not checkpoint in their commits; said at each opening, since the pool hands them on.</summary>
    internal sealed class NoAutoCheckpoint : DbConnectionInterceptor
    {
        public static readonly NoAutoCheckpoint Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Disable(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            Disable(connection);
            return Task.CompletedTask;
        }

        private static void Disable(DbConnection connection)
        {
            if (connection is SqliteConnection { Handle: { } handle })
                SQLitePCL.raw.sqlite3_wal_autocheckpoint(handle, 0);
        }
    }
}
