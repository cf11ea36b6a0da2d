using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Parceo.Platform.Cli;

namespace Parceo.Demo;

/// <summary>Adds the demonstration world, or what time has brought to it since; in Development only.</summary>
internal sealed class DemoSeedCommand(IServiceProvider services) : IParceoCommand
{
    public string Verb => "demo seed";
    public string Usage => "";
    public string Summary => "Add the demonstration world to the data folder (Development only).";

    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
            throw new CommandException("The demonstration world exists in Development only: set ASPNETCORE_ENVIRONMENT=Development.");
        await services.SeedDemo(ct);
        Console.WriteLine("The demonstration world is in place.");
        return 0;
    }
}
