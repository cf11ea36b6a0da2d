using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Parceo.Platform.Data;

namespace Parceo.Testing;

/// <summary>A migrated, otherwise empty file to copy, made once by each build: a test that names its database still begins with nothing.</summary>
internal static class SqliteTemplate
{
    private const string Prefix = "parceo-template-";
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Puts a copy where the host looks for its database.</summary>
    public static async Task Copy(TestDatabase database, Func<TestDatabase, WebApplication> build)
    {
        var template = Path.Combine(Path.GetTempPath(), $"{Prefix}{PostgresTemplate.Build}.db");
        await Turn.WaitAsync();
        try
        {
            if (!File.Exists(template))
                await Make(template, build);
        }
        finally
        {
            Turn.Release();
        }
        File.Copy(template, new SqliteConnectionStringBuilder(database.ConnectionString).DataSource);
    }

    private static async Task Make(string template, Func<TestDatabase, WebApplication> build)
    {
        foreach (var old in System.IO.Directory.GetFiles(Path.GetTempPath(), $"{Prefix}*"))
            if (File.GetLastWriteTimeUtc(old) < TimeProvider.System.GetUtcNow().AddHours(-12).UtcDateTime)
                File.Delete(old);
        await using var fresh = TestDatabase.Create(Engine.Sqlite);
        await using (var app = build(fresh))
            await PostgresTemplate.Migrate(app);
        var whole = $"{template}-{Guid.CreateVersion7():n}"; // takes its name once it is whole: other processes make it, too
        await using (var connection = new SqliteConnection($"{fresh.ConnectionString};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var copy = connection.CreateCommand();
            copy.CommandText = "VACUUM INTO $whole";
            copy.Parameters.AddWithValue("$whole", whole);
            await copy.ExecuteNonQueryAsync();
        }
        File.Move(whole, template, overwrite: true);
    }
}
