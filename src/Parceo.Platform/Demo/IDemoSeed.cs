using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Parceo.Platform.Demo;

/// <summary>
/// A module's part of the demonstration world: fictional, deterministic (fixed ids and names), relative to today. Found
/// by the platform's scan; run at each start in demo mode, so it must change nothing the second time.
/// </summary>
public interface IDemoSeed
{
    /// <summary>Smaller runs first: Access 10, Directory 20, Slots 30.</summary>
    int Order { get; }

    /// <summary>Sends the module's own requests or writes its own tables.</summary>
    Task Seed(CancellationToken ct);
}

/// <summary>The demonstration world's switch.</summary>
public static class DemoWorld
{
    /// <summary>Wanted (<c>Parceo:Demo</c>) and allowed: never outside Development.</summary>
    public static bool IsDemo(this IServiceProvider services) =>
        services.GetRequiredService<IHostEnvironment>().IsDevelopment()
        && services.GetRequiredService<IConfiguration>().GetValue("Parceo:Demo", false);

    /// <summary>Seeds every module's part, as the system, one after the other.</summary>
    public static async Task SeedDemo(this IServiceProvider services, CancellationToken ct)
    {
        await using var outer = services.CreateAsyncScope();
        foreach (var order in outer.ServiceProvider.GetServices<IDemoSeed>().Select(s => s.Order).Distinct().Order().ToList())
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("demo-seed");
            foreach (var seed in scope.ServiceProvider.GetServices<IDemoSeed>().Where(s => s.Order == order))
                await seed.Seed(ct);
        }
    }
}
