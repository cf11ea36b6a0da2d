using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Parceo.Access.Authentication;
using Parceo.Platform;
using Parceo.Platform.Cli;
using Parceo.Platform.Modules;

namespace Parceo.Demo;

/// <summary>
/// One module's part of the demonstration world: fictional, deterministic (fixed ids and names), relative to today. Run at
/// each start in demo mode, so it must change nothing the second time.
/// </summary>
internal interface IDemoPart
{
    /// <summary>Sends requests as anyone would; what lies in the past, which no request can make, is written with the module's own entities.</summary>
    Task Seed(CancellationToken ct);
}

/// <summary>The demonstration: a world of fictional people, and one click to be one of them.</summary>
public static class DemoWorld
{
    // In this order: later parts ask for what earlier ones made.
    private static readonly (string Module, Type Part)[] Parts =
    [
        ("access", typeof(AccessDemo)),
        ("directory", typeof(DirectoryDemo)),
        ("slots", typeof(SlotsDemo)),
        ("regulation", typeof(RegulationDemo)),
        ("rosters", typeof(RostersDemo)),
        ("dashboards", typeof(DashboardsDemo)),
        ("messaging", typeof(MessagingDemo)),
        ("securemail", typeof(SecureMailDemo)),
    ];

    /// <summary>
    /// Adds the demonstration's verbs to a host and, when it is wanted (<c>Parceo:Demo</c>) and allowed (never outside
    /// Development), its world and its sign-in. Elsewhere not even the handler of that sign-in exists.
    /// </summary>
    public static void Add(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTransient<IParceoCommand, DemoSeedCommand>().AddTransient<IParceoCommand, SampleCommand>();
        if (!builder.Environment.IsDevelopment() || !builder.Configuration.GetValue("Parceo:Demo", false))
            return;
        services.AddTransient<IRequestHandler<SignInAsDemo.Command, SignInAsDemo.Response>, SignInAsDemo.Handler>();
        services.AddSingleton<IValidator<SignInAsDemo.Command>, SignInAsDemo.Validator>();
        services.AddSingleton(new OtherSignIn(SignInAsDemo.Means, typeof(DemoSignIn)));
        services.AddSingleton<IBeforeServing, SeedAtStart>();
    }

    /// <summary>Seeds every enabled module's part, as the system, one after the other.</summary>
    public static async Task SeedDemo(this IServiceProvider services, CancellationToken ct)
    {
        var enabled = services.GetRequiredService<ModuleCatalog>().Modules.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var part in Parts.Where(p => enabled.Contains(p.Module)))
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("demo-seed");
            await ((IDemoPart)ActivatorUtilities.CreateInstance(scope.ServiceProvider, part.Part)).Seed(ct);
        }
    }

    private sealed class SeedAtStart(IServiceProvider services) : IBeforeServing
    {
        public Task Run(CancellationToken ct) => services.SeedDemo(ct);
    }
}
