using System.Diagnostics;
using Parceo.Simulation.Tests;

// The simulator by itself: `dotnet Parceo.Simulation.Tests.dll 17` prints a seed's steps and their hash; `1-5000` runs many and
// prints those that fail (with `--first`: ends at the first). Tests start it to see that a seed goes the same way in another process.
var seeds = World.Seeds(args.FirstOrDefault() ?? "1-300");
await using var world = await World.Build();
if (seeds.Count == 1)
{
    try
    {
        var (hash, _) = await world.Run(await world.Host(), seeds[0], args.Contains("--quiet") ? null : Console.WriteLine);
        Console.WriteLine(hash);
        return 0;
    }
    catch (SeedFailure failure)
    {
        Console.WriteLine(failure.ToString());
        return 1;
    }
}
var watch = Stopwatch.StartNew();
var failures = await world.RunAll(seeds, args.Contains("--first") ? 1 : 10);
foreach (var failure in failures)
    Console.WriteLine($"{failure.Message}\n{(failure.InnerException is Violation ? "" : failure.InnerException)}\n");
Console.WriteLine($"{seeds.Count} seeds in {watch.Elapsed.TotalSeconds:0.0} s, {failures.Count} failed");
return failures.Count == 0 ? 0 : 1;
