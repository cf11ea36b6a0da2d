using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Parceo.Platform.Data;

/// <summary>
/// What a database's exception means, the same on every engine and however deep Entity Framework wraps it. Somebody was
/// faster: look again. The database cannot be reached or is blocked: try later. All else, a check or a foreign key that
/// refuses included, is a mistake of ours: no second look makes it right.
/// </summary>
public static class DatabaseFailures
{
    /// <summary>Another writer was faster: a unique violation, a deadlock, a transaction that cannot be serialized.</summary>
    public static bool IsLostRace(Exception e) =>
        Cause(e) switch
        {
            PostgresException p => p.SqlState
                is PostgresErrorCodes.UniqueViolation
                    or PostgresErrorCodes.SerializationFailure
                    or PostgresErrorCodes.DeadlockDetected,
            // Unique index, primary key, rowid; a snapshot that another writer has overtaken.
            SqliteException s => s.SqliteExtendedErrorCode is 2067 or 1555 or 2579 or 517,
            // Unique index, primary key; deadlock; a snapshot that another writer has overtaken.
            SqlException m => m.Number is 2601 or 2627 or 1205 or 3960,
            _ => false,
        };

    /// <summary>
    /// PostgreSQL refuses a row of the trail (a guard's word, or a login without the right): of statements sent together it
    /// does not say which one failed, only the message names the table.
    /// </summary>
    public static bool RefusesTrace(Exception e) =>
        Cause(e) is PostgresException { SqlState: PostgresErrorCodes.RaiseException or PostgresErrorCodes.InsufficientPrivilege } p
        && p.MessageText.Contains("audit", StringComparison.Ordinal);

    /// <summary>The database is away, still starting, full, or somebody holds it: the same request may succeed shortly.</summary>
    public static bool IsUnavailable(Exception e) =>
        Cause(e) switch
        {
            PostgresException p => p.IsTransient || p.SqlState[..2] is "08" or "28" or "3D" or "53" or "57" or "58",
            NpgsqlException n => n.IsTransient,
            // Busy, locked, read error, full, cannot open.
            SqliteException s => s.SqliteErrorCode is 5 or 6 or 10 or 13 or 14,
            SqlException m => m.Class >= 20 || Unreachable.Contains(m.Number),
            TimeoutException => true,
            // How SqlClient says that no connection of its pool became free; it has no type or number of its own for it.
            InvalidOperationException { Source: "Microsoft.Data.SqlClient" } => true,
            _ => false,
        };

    /// <summary>The caller gave up, and the engine says so in its own way: SqlClient throws a <see cref="SqlException"/>.</summary>
    public static bool IsCancelled(Exception e, CancellationToken ct) => ct.IsCancellationRequested && Cause(e) is DbException;

    // -2 timeout; lock request timeout; shutdown, paused, being restored, recovered or moved; login refused; out of locks,
    // memory, log or workers; connection lost or refused, as Windows and Linux number it.
    private static readonly HashSet<int> Unreachable =
    [
        -2,
        0,
        2,
        20,
        35,
        53,
        64,
        121,
        233,
        258,
        701,
        904,
        921,
        922,
        924,
        927,
        952,
        976,
        983,
        1204,
        1221,
        1222,
        4060,
        4064,
        4221,
        5511,
        6005,
        8645,
        8651,
        9001,
        9002,
        10053,
        10054,
        10060,
        10061,
        10922,
        10928,
        10929,
        10936,
        11001,
        17142,
        17197,
        18401,
        18451,
        18456,
        18487,
        18488,
        40143,
        40197,
        40501,
        40540,
        40613,
        41839,
        42108,
        42109,
        49918,
        49919,
        49920,
    ];

    private static Exception? Cause(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            if (e is DbException or TimeoutException or InvalidOperationException { Source: "Microsoft.Data.SqlClient" })
                return e;
        return null;
    }
}
