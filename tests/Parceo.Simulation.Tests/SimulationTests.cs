using System.Diagnostics;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Simulation.Tests;

/// <summary>
/// S62: a territory of 200 effectors over a year, from a seed. <c>PARCEO_SIM_SEEDS=1-5000</c> runs other seeds than the 300,
/// <c>PARCEO_SIM_SEED=17</c> replays one and prints its steps. See README.md.
/// </summary>
internal sealed class SimulationTests
{
    private World world = null!;

    [OneTimeSetUp]
    public async Task Build() => world = await World.Build();

    [OneTimeTearDown]
    public async Task Remove() => await world.DisposeAsync();

    [Test]
    public async Task S62_Seeds_of_a_year_break_no_rule()
    {
        if (Environment.GetEnvironmentVariable("PARCEO_SIM_SEED") is { Length: > 0 } one)
        {
            await world.Run(await world.Host(), int.Parse(one, null), TestContext.Out.WriteLine);
            return;
        }
        var seeds = World.Seeds(Environment.GetEnvironmentVariable("PARCEO_SIM_SEEDS") is { Length: > 0 } many ? many : "1-300");
        var watch = Stopwatch.StartNew();
        var failures = await world.RunAll(seeds);
        TestContext.Out.WriteLine($"{seeds.Count} seeds in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.That(failures, Is.Empty, string.Join("\n\n", failures.Select(f => f.Message)));
    }

    [Test]
    public async Task S62_A_seed_goes_the_same_way_again_on_another_host_and_in_another_process()
    {
        const int Seed = 7;
        var first = await world.Run(await world.Host(), Seed);
        var again = await world.Run(await world.Host(), Seed);
        Assert.That(again.Trace, Is.EqualTo(first.Trace));
        Assert.That(again.Hash, Is.EqualTo(first.Hash));

        using var other = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(World).Assembly.Location, $"{Seed}", "--quiet"]) { RedirectStandardOutput = true }
        )!;
        var said = await other.StandardOutput.ReadToEndAsync();
        await other.WaitForExitAsync();
        Assert.That((other.ExitCode, said.Trim()), Is.EqualTo((0, first.Hash)));
    }

    /// <summary>The same rules where commits, locks and time types are another engine's; a seed for each territory.</summary>
    [Test]
    public async Task S62_On_PostgreSQL_too()
    {
        if (!Engines.IsConfigured(Engine.PostgreSql))
            Assert.Ignore("PostgreSql is not in PARCEO_TEST_DATABASES.");
        foreach (var seed in new[] { 1, 2, 3 })
        {
            await using var host = await SimHost.Start(Engine.PostgreSql);
            host.Ids.Seed(-1);
            await Simulation.LandOf(seed).Settle(host);
            await host.Pump();
            await Simulation.Run(host, seed);
        }
    }
}
