using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;
using NUnit.Framework;
using Parceo.Platform.Data;

namespace Parceo.Testing;

/// <summary>A database of its own for a fixture, made empty and removed at the end.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly Forwarder? forwarder;

    private TestDatabase(Engine engine, string folder, string connectionString, Forwarder? forwarder = null)
    {
        (Engine, Folder, ConnectionString) = (engine, folder, connectionString);
        this.forwarder = forwarder;
    }

    /// <summary>Its engine.</summary>
    public Engine Engine { get; }

    /// <summary>The data folder of the host.</summary>
    public string Folder { get; }

    /// <summary>For <c>Database:ConnectionString</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>A new name and folder; the host's migrator creates what is in it.</summary>
    /// <param name="engine">Which.</param>
    /// <param name="breakable">Whether the test wants an <see cref="Outage"/>.</param>
    public static TestDatabase Create(Engine engine, bool breakable = false)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("parceo-test-").FullName;
        var connection = engine switch
        {
            Engine.Sqlite => $"Data Source={Path.Combine(folder, "parceo.db")}",
            Engine.PostgreSql => $"{Required("PARCEO_TEST_POSTGRES")};Database=parceo_{Guid.CreateVersion7():n};Maximum Pool Size=40",
            _ => $"{Required("PARCEO_TEST_SQLSERVER")};Database=parceo_{Guid.CreateVersion7():n}",
        };
        if (engine == Engine.SqlServer && SqlServerBatch is not null)
            SqlServer($"CREATE DATABASE [{NameIn(connection)}]");
        if (engine == Engine.PostgreSql)
            connection = new NpgsqlConnectionStringBuilder(connection).ToString();
        if (engine != Engine.SqlServer || !breakable)
            return new(engine, folder, connection);
        var target = new SqlConnectionStringBuilder(connection);
        var address = target.DataSource.Replace("tcp:", "", StringComparison.OrdinalIgnoreCase).Split(',');
        var forwarder = new Forwarder(address[0], address.Length > 1 ? int.Parse(address[1], CultureInfo.InvariantCulture) : 1433);
        target.DataSource = $"127.0.0.1,{forwarder.Port}";
        target.PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock; // otherwise refused for seconds after it is back
        return new(engine, folder, target.ToString(), forwarder);
    }

    /// <summary>The same engine under a name that others find too, with a folder for the time being; disposing it removes both.</summary>
    internal static TestDatabase Named(string name)
    {
        var database = Create(Engine.PostgreSql);
        return new(
            Engine.PostgreSql,
            database.Folder,
            new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = name, Pooling = false }.ToString()
        );
    }

    /// <summary>The database cannot be reached until this is disposed, as when its server or its disk is gone.</summary>
    public async Task<IAsyncDisposable> Outage()
    {
        if (Engine == Engine.PostgreSql)
        {
            await Refuse(true);
            return new Ending(() => Refuse(false));
        }
        if (Engine == Engine.SqlServer)
        {
            var way = forwarder ?? throw new InvalidOperationException("Create it with breakable: true.");
            await way.Close();
            return new Ending(() =>
            {
                way.Open();
                return Task.CompletedTask;
            });
        }
        var away = Folder + "-away";
        System.IO.Directory.Move(Folder, away);
        SqliteConnection.ClearAllPools(); // what is open works on; what is opened finds nothing
        return new Ending(() =>
        {
            if (System.IO.Directory.Exists(Folder))
                System.IO.Directory.Delete(Folder, recursive: true);
            System.IO.Directory.Move(away, Folder);
            return Task.CompletedTask;
        });

        async Task Refuse(bool all)
        {
            var target = new NpgsqlConnectionStringBuilder(ConnectionString);
            var name = target.Database;
            (target.Database, target.Pooling) = ("postgres", false);
            await using var admin = new NpgsqlConnection(target.ToString());
            await admin.OpenAsync();
            await using var command = admin.CreateCommand();
#pragma warning disable CA2100 // a name made here
            command.CommandText = all
                ? $"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS false; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
                : $"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS true";
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }

    private sealed class Ending(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Engine == Engine.Sqlite)
        {
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }
        else if (Engine == Engine.PostgreSql)
        {
            var target = new NpgsqlConnectionStringBuilder(ConnectionString);
            var name = target.Database;
            target.Database = "postgres";
            target.Pooling = false;
            await using var admin = new NpgsqlConnection(target.ToString());
            await admin.OpenAsync();
            await using var drop = admin.CreateCommand();
            drop.CommandText = $"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)";
            await drop.ExecuteNonQueryAsync();
        }
        else
        {
            SqlConnection.ClearAllPools();
            var name = NameIn(ConnectionString);
            SqlServer(
                SqlServerBatch is null
                    ? $"IF DB_ID('{name}') IS NOT NULL BEGIN ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]; END"
                    : $"DROP DATABASE IF EXISTS [{name}]"
            );
            if (forwarder is not null)
                await forwarder.DisposeAsync();
        }
        try
        {
            System.IO.Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        { /* a process killed on purpose may still be closing its files */
        }
    }

    /// <summary>Whether SQL Server is another server that speaks T-SQL: what that one cannot do is in docs/decisions/0016.</summary>
    public static bool IsPlain => SqlServerBatch is not null;

    /// <summary>
    /// Statements that EF sends at once; null for what it thinks best. Set for servers that speak T-SQL without MERGE or
    /// ALTER DATABASE: the database is then made beforehand, and jobs stay in memory.
    /// </summary>
    internal static int? SqlServerBatch { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PARCEO_TEST_SQLSERVER_BATCH"), out var size) ? size : null;

    /// <summary>Whether it is a fixture's database whose process was killed: its name tells when it was made.</summary>
    internal static bool IsLeftBehind(string name) =>
        name.Length == Prefix.Length + 32
        && name.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(Prefix.Length, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var made)
        && DateTimeOffset.FromUnixTimeMilliseconds(made) < DateTimeOffset.UtcNow.AddHours(-12);

    private const string Prefix = "parceo_";

    private static string NameIn(string connection) => new SqlConnectionStringBuilder(connection).InitialCatalog;

    private static void SqlServer(string sql)
    {
        var master = new SqlConnectionStringBuilder(Required("PARCEO_TEST_SQLSERVER")) { InitialCatalog = "master", Pooling = false };
        using var connection = new SqlConnection(master.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // names made here
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 120;
        command.ExecuteNonQuery();
    }

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{name} is not set; build/test sets it.");
}
