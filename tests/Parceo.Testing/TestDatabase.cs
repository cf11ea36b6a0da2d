using Microsoft.Data.Sqlite;
using Npgsql;
using Parceo.Platform.Data;

namespace Parceo.Testing;

/// <summary>A database of its own for a fixture, made empty and removed at the end.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private TestDatabase(Engine engine, string folder, string connectionString) =>
        (Engine, Folder, ConnectionString) = (engine, folder, connectionString);

    /// <summary>Its engine.</summary>
    public Engine Engine { get; }

    /// <summary>The data folder of the host.</summary>
    public string Folder { get; }

    /// <summary>For <c>Database:ConnectionString</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>A new name and folder; the host's migrator creates what is in it.</summary>
    public static TestDatabase Create(Engine engine)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("parceo-test-").FullName;
        var connection = engine switch
        {
            Engine.Sqlite => $"Data Source={Path.Combine(folder, "parceo.db")}",
            Engine.PostgreSql => $"{Required("PARCEO_TEST_POSTGRES")};Database=parceo_{Guid.CreateVersion7():n};Maximum Pool Size=40",
            _ => $"{Required("PARCEO_TEST_SQLSERVER")};Database=parceo_{Guid.CreateVersion7():n}",
        };
        if (engine == Engine.PostgreSql)
            connection = new NpgsqlConnectionStringBuilder(connection).ToString();
        return new(engine, folder, connection);
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
        try
        {
            System.IO.Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        { /* a process killed on purpose may still be closing its files */
        }
    }

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{name} is not set; build/test sets it.");
}
