using System.Data.Common;
using System.Reflection;
using Hangfire;
using Hangfire.InMemory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Host;
using Parceo.Platform;
using Parceo.Platform.Data;

namespace Parceo.Testing;

/// <summary>For servers that speak T-SQL but not all of it: small batches, for large ones are a MERGE, and jobs in memory.</summary>
internal static class PlainTSql
{
    public static void Add(IServiceCollection services, int batch, IParceoModule? module)
    {
        services.AddSingleton<JobStorage>(new InMemoryStorage());
        var contexts = ModuleList
            .All.Append(module)
            .OfType<IParceoModule>()
            .Select(m => m.GetType().Assembly)
            .Append(typeof(PlatformDb).Assembly)
            .Distinct()
            .SelectMany(a => a.GetTypes())
            .Where(t => t.IsSubclassOf(typeof(ParceoDb)) && t.Name.EndsWith(nameof(Engine.SqlServer), StringComparison.Ordinal));
        foreach (var context in contexts)
        {
            typeof(PlainTSql)
                .GetMethod(nameof(Limit), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(context)
                .Invoke(null, [services, batch]);
        }
    }

    private static void Limit<T>(IServiceCollection services, int batch)
        where T : DbContext =>
        services.ConfigureDbContext<T>(o => o.UseSqlServer(s => s.MaxBatchSize(batch)).AddInterceptors(Counted.Instance));

    /// <summary>
    /// Babelfish keeps a parameterised batch's SET NOCOUNT ON, with which a save of EF begins, for the rest of the session;
    /// later statements then answer -1 instead of how many rows they changed. On SQL Server it ends with the batch.
    /// </summary>
    private sealed class Counted : DbCommandInterceptor
    {
        public static readonly Counted Instance = new();

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            if (eventData.CommandSource is CommandSource.ExecuteDelete or CommandSource.ExecuteUpdate)
#pragma warning disable CA2100 // what EF made, after a constant
                command.CommandText = "SET NOCOUNT OFF;\n" + command.CommandText;
#pragma warning restore CA2100
            return ValueTask.FromResult(result);
        }
    }
}
