using Npgsql;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>Looks into the outboxes of a host that runs in another process.</summary>
internal static class Outboxes
{
    /// <summary>
    /// On a server a killed node's leases last for their 60 s (S55, tested with the outbox): those minutes pass here at once.
    /// </summary>
    /// <param name="database">Of the host.</param>
    /// <param name="lastKill">No node that was killed then still works.</param>
    /// <param name="modules">Whose events wait.</param>
    public static async Task LetLeasesPass(TestDatabase database, DateTimeOffset lastKill, params string[] modules)
    {
        if (database.Engine == Engine.Sqlite)
            return;
        await using var server = new NpgsqlConnection(database.ConnectionString);
        await server.OpenAsync();
        foreach (var module in modules)
        {
            await using var pass = server.CreateCommand();
#pragma warning disable CA2100 // names of the test's own
            pass.CommandText = $"UPDATE {module}.outbox_delivery SET lease_until = @now WHERE lease_until <= @then";
#pragma warning restore CA2100
            pass.Parameters.AddWithValue("now", TimeProvider.System.GetUtcNow());
            pass.Parameters.AddWithValue("then", lastKill.AddSeconds(60));
            await pass.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Waits until every event was delivered.</summary>
    public static async Task Drained(TestDatabase database, TimeSpan within, params string[] modules)
    {
        if (database.Engine == Engine.Sqlite)
        {
            await using var file = new Microsoft.Data.Sqlite.SqliteConnection(database.ConnectionString);
            await file.OpenAsync();
            await Expect.Eventually(() => Empty(file, modules.Select(m => $"{m}_outbox")), within, "the outbox to be empty");
        }
        else
        {
            await using var server = new NpgsqlConnection(database.ConnectionString);
            await server.OpenAsync();
            await Expect.Eventually(() => Empty(server, modules.Select(m => $"{m}.outbox")), within, "the outbox to be empty");
        }

        static async Task<bool> Empty(System.Data.Common.DbConnection connection, IEnumerable<string> tables)
        {
            await using var count = connection.CreateCommand();
#pragma warning disable CA2100 // names of the test's own
            count.CommandText = $"SELECT {string.Join(" + ", tables.Select(t => $"(SELECT count(*) FROM {t})"))}";
#pragma warning restore CA2100
            return Convert.ToInt64(await count.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) == 0;
        }
    }
}
