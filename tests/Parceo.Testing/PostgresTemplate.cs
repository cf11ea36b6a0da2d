using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Parceo.Host;
using Parceo.Platform;
using Parceo.Platform.Data;

namespace Parceo.Testing;

/// <summary>
/// A migrated, otherwise empty database to copy: on PostgreSQL the migrations of all modules take two seconds, a copy a
/// fraction of one. It belongs to exactly this build; databases that a test names itself still begin with nothing.
/// </summary>
internal static class PostgresTemplate
{
    private const string Prefix = "parceo_template_";

    /// <summary>Creates a database as a copy of the template, and the template if this build has none yet.</summary>
    public static async Task Copy(TestDatabase database, Func<TestDatabase, WebApplication> build)
    {
        var target = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var (name, template) = (target.Database, Prefix + Build);
        (target.Database, target.Pooling) = ("postgres", false);
        await using var admin = new NpgsqlConnection(target.ToString());
        await admin.OpenAsync();
        await Do(admin, "SELECT pg_advisory_lock(7264237)"); // one copies at a time, from whatever process; closing frees it
        var all = await Databases(admin);
        foreach (var left in all.Where(TestDatabase.IsLeftBehind))
            await Do(admin, $"DROP DATABASE IF EXISTS \"{left}\" WITH (FORCE)");
        var templates = all.Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
        if (!templates.Contains(template))
        {
            foreach (var other in templates)
                await Do(admin, $"DROP DATABASE \"{other}\" WITH (FORCE)");
            await using var fresh = TestDatabase.Named(template + "_new"); // takes its name once it is whole
            await using (var app = build(fresh))
                await Migrate(app);
            await Do(admin, $"ALTER DATABASE \"{template}_new\" RENAME TO \"{template}\"");
        }
        await Do(admin, $"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
    }

    /// <summary>Changes with every assembly of the product that is built anew.</summary>
    internal static string Build { get; } =
        Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData([
                .. ModuleList
                    .All.Select(m => m.GetType().Assembly)
                    .Append(typeof(Migrator).Assembly)
                    .Distinct()
                    .SelectMany(a => a.ManifestModule.ModuleVersionId.ToByteArray()),
            ])
        )[..16];

    internal static async Task Migrate(WebApplication app)
    {
        await app.Services.GetRequiredService<Migrator>().Run(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("test");
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        // Whoever copies it has keys of its own.
        await db.KeyFingerprints.ExecuteDeleteAsync();
        await db.DataProtectionKeys.ExecuteDeleteAsync();
    }

    private static async Task<HashSet<string>> Databases(NpgsqlConnection admin)
    {
        var names = new HashSet<string>();
        await using var command = admin.CreateCommand();
        command.CommandText = "SELECT datname FROM pg_database WHERE starts_with(datname, 'parceo_')";
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task Do(NpgsqlConnection admin, string sql)
    {
        await using var command = admin.CreateCommand();
#pragma warning disable CA2100 // names made here
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }
}
