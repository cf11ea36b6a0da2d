using System.Reflection;
using Hangfire;
using Hangfire.InMemory;
using Microsoft.EntityFrameworkCore;
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
        where T : DbContext => services.ConfigureDbContext<T>(o => o.UseSqlServer(s => s.MaxBatchSize(batch)));
}
