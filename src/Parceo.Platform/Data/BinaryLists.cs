using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Parceo.Platform.Data;

/// <summary>
/// A list of more values than SQL Server takes parameters for is sent as JSON, and what OPENJSON gives has the database's
/// own collation: compared with a column of ours the server refuses it (468, dotnet/efcore#32147). Here it gets the columns'.
/// </summary>
internal sealed partial class BinaryLists : DbCommandInterceptor
{
    public static readonly BinaryLists Instance = new();

    /// <summary>The statement as it is sent.</summary>
    public static string In(string sql) =>
        sql.Contains("OPENJSON(@", StringComparison.Ordinal)
            ? Texts().Replace(sql, $"SELECT $1 COLLATE {ParceoDb.BinaryOnSqlServer}$2")
            : sql;

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result
    ) => Collated(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(Collated(command, result));

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result
    ) => Collated(command, result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) => ValueTask.FromResult(Collated(command, result));

    private static T Collated<T>(DbCommand command, T result)
    {
#pragma warning disable CA2100 // what EF made, and a constant
        command.CommandText = In(command.CommandText);
#pragma warning restore CA2100
        return result;
    }

    [GeneratedRegex(@"SELECT (\[\w+\]\.\[value\])(\s+FROM OPENJSON\(@\w+\) WITH \(\[value\] n?varchar\()", RegexOptions.IgnoreCase)]
    private static partial Regex Texts();
}
