using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Cli;
using Parceo.Platform.Jobs;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Data;

/// <summary>
/// What the login of a serving host may do (S32): read and write rows, but no schema, and of the audit trail read and
/// append only. Whoever breaks into a node cannot rewrite the trail, nor drop the triggers that guard it.
/// </summary>
internal sealed partial class ServingLogin(PlatformDb db, DatabaseOptions options, ModuleCatalog modules)
{
    private static readonly string[] Trail = ["audit", "audit_seal"];

    /// <summary>Grants it, as the schema's owner; again after each migration, because new tables come with it.</summary>
    public async Task Grant(string login, CancellationToken ct)
    {
        if (options.Provider == Engine.Sqlite)
            throw new CommandException("SQLite has no logins: --grant is for PostgreSQL and SQL Server.");
        if (!Plain().IsMatch(login))
            throw new CommandException("A login has letters, digits and _ only.");
#pragma warning disable EF1002 // schemas are the modules' names, the login was checked above
        await db.Database.ExecuteSqlRawAsync(string.Join('\n', Statements(login)), ct);
#pragma warning restore EF1002
    }

    /// <summary>What it grants, and denies.</summary>
    internal IEnumerable<string> Statements(string login)
    {
        var own = modules.Modules.Where(m => m.Db is not null).Select(m => m.Name).Prepend(PlatformDb.Schema).ToList();
        return options.Provider == Engine.PostgreSql ? PostgreSql(login, own) : SqlServer(login, own);
    }

    private static IEnumerable<string> PostgreSql(string login, IReadOnlyList<string> own)
    {
        foreach (var schema in own.Append(JobsSetup.Schema))
        {
            yield return $"GRANT USAGE ON SCHEMA \"{schema}\" TO \"{login}\";";
            yield return $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA \"{schema}\" TO \"{login}\";";
            yield return $"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA \"{schema}\" TO \"{login}\";";
        }
        foreach (var schema in own)
            yield return $"REVOKE INSERT, UPDATE, DELETE ON \"{schema}\".\"__migrations_{schema}\" FROM \"{login}\";";
        foreach (var table in Trail)
            yield return $"REVOKE UPDATE, DELETE, TRUNCATE ON {PlatformDb.Schema}.{table} FROM \"{login}\";";
    }

    internal static IEnumerable<string> SqlServer(string login, IReadOnlyList<string> own)
    {
        foreach (var schema in own.Append(JobsSetup.Schema))
            yield return $"GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::[{schema}] TO [{login}];";
        foreach (var schema in own)
            yield return $"DENY INSERT, UPDATE, DELETE ON [{schema}].[__migrations_{schema}] TO [{login}];";
        foreach (var table in Trail)
            yield return $"DENY UPDATE, DELETE ON [{PlatformDb.Schema}].[{table}] TO [{login}];";
        yield return $"DENY INSERT ON [{PlatformDb.Schema}].[audit_no_truncate] TO [{login}];"; // what refers to a row keeps retention from it
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,62}$")]
    private static partial Regex Plain();
}
