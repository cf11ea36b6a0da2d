using System.Collections.Concurrent;
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
    private readonly ConcurrentBag<SimHost> idle = [];
    private World world = null!;

    [OneTimeSetUp]
    public async Task Build() => world = await World.Build();

    [OneTimeTearDown]
    public async Task Remove() => await world.DisposeAsync();

    /// <summary>Every seed is a case: none is silent for longer than its year takes. The later ones are for the long run.</summary>
    public static IEnumerable<TestCaseData> Seeds()
    {
        if (Environment.GetEnvironmentVariable("PARCEO_SIM_SEED") is { Length: > 0 } one)
            return World.Seeds(one).Select(seed => new TestCaseData(seed));
        if (Environment.GetEnvironmentVariable("PARCEO_SIM_SEEDS") is { Length: > 0 } many)
            return World.Seeds(many).Select(seed => new TestCaseData(seed));
        return World.Seeds("1-300").Select(seed => seed <= 15 ? new TestCaseData(seed) : new TestCaseData(seed).SetCategory("Long"));
    }

    [TestCaseSource(nameof(Seeds)), Parallelizable(ParallelScope.Children)]
    public async Task S62_A_year_breaks_no_rule(int seed)
    {
        // A host runs one seed at a time, on one thread; there are as many as run beside each other.
        if (!idle.TryTake(out var host))
            host = await world.Host();
        try
        {
            var replay = Environment.GetEnvironmentVariable("PARCEO_SIM_SEED") is { Length: > 0 };
            await world.Run(host, seed, replay ? TestContext.Out.WriteLine : null);
        }
        finally
        {
            idle.Add(host);
        }
    }

    [Test, Category("Long")]
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
    [TestCase(1), TestCase(2), TestCase(3)]
    public async Task S62_On_PostgreSQL_too(int seed)
    {
        if (!Engines.IsConfigured(Engine.PostgreSql))
            Assert.Ignore("PostgreSql is not in PARCEO_TEST_DATABASES.");
        await using var host = await SimHost.Start(Engine.PostgreSql);
        host.Ids.Seed(-1);
        await Simulation.LandOf(seed).Settle(host);
        await host.Pump();
        await Simulation.Run(host, seed);
    }
}
