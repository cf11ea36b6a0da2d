using Microsoft.Extensions.Configuration;

namespace Parceo.Platform.Data;

/// <summary>The engines Parceo runs on.</summary>
public enum Engine
{
    /// <summary>One file, one node: the default.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or newer.</summary>
    PostgreSql,

    /// <summary>SQL Server 2022 or a compatible server.</summary>
    SqlServer,
}

/// <summary>Section <c>Database</c> and the data folder.</summary>
/// <param name="Provider">Engine.</param>
/// <param name="ConnectionString">As the engine's driver takes it.</param>
/// <param name="Folder">Absolute path of the data folder: SQLite file, keys, uploads.</param>
/// <param name="Migrate">Whether this process may change the schema; otherwise it starts on a current one only.</param>
public sealed record DatabaseOptions(Engine Provider, string ConnectionString, string Folder, bool Migrate = true)
{
    /// <summary>Reads and checks the configuration.</summary>
    /// <exception cref="StartRefusedException">A wrong value, with the name of its key.</exception>
    public static DatabaseOptions From(IConfiguration configuration)
    {
        var folder = Path.GetFullPath(configuration["Parceo:Data"] is { Length: > 0 } d ? d : "data");
        var name = configuration["Database:Provider"] is { Length: > 0 } p ? p : nameof(Engine.Sqlite);
        if (!Enum.TryParse<Engine>(name, ignoreCase: true, out var provider) || int.TryParse(name, out _))
            throw new StartRefusedException($"Database:Provider is '{name}'; it must be Sqlite, PostgreSql or SqlServer.");
        var connection = configuration["Database:ConnectionString"];
        if (provider != Engine.Sqlite && string.IsNullOrWhiteSpace(connection))
            throw new StartRefusedException($"Database:ConnectionString is missing; {provider} needs it.");
        if (provider == Engine.Sqlite)
        {
            var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(
                string.IsNullOrWhiteSpace(connection) ? $"Data Source={Path.Combine(folder, "parceo.db")}" : connection
            )
            {
                ForeignKeys = true,
                Pooling = true,
            };
            connection = file.ToString();
        }
        var migrate = configuration["Database:Migrate"] is { Length: > 0 } m ? m : "true";
        if (!bool.TryParse(migrate, out var mayMigrate))
            throw new StartRefusedException($"Database:Migrate is '{migrate}'; it must be true or false.");
        return new(provider, connection!, folder, mayMigrate);
    }
}
