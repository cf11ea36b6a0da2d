using Parceo.Host;
using Parceo.Platform;
using Parceo.Proof.Tests;

// The real host in a process of its own, with one more module that counts what it is told: `dotnet Parceo.Proof.Tests.dll --urls URL`,
// configured by the environment like the shipped host. Tests kill it.
try
{
    await using var app = HostEntry.Build(args, modules: [.. ModuleList.All, new WitnessModule()]);
    await HostEntry.Prepare(app);
    await WitnessModule.CreateTables(app.Services);
    await app.RunAsync();
    return 0;
}
catch (StartRefusedException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
