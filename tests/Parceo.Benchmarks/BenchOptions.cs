using System.Globalization;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Benchmarks;

/// <summary>What to measure, and for how long.</summary>
/// <param name="Names">Benchmarks.</param>
/// <param name="Sizes">Slots.</param>
/// <param name="Engines">Of those that are configured.</param>
/// <param name="Seconds">Of each measure, after a warm-up.</param>
/// <param name="Clients">At once.</param>
internal sealed record BenchOptions(
    IReadOnlyList<string> Names,
    IReadOnlyList<int> Sizes,
    IReadOnlyList<Engine> Engines,
    double Seconds,
    IReadOnlyList<int> Clients
)
{
    public static BenchOptions Read(string[] args)
    {
        var names = new List<string>();
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                names.Add(args[i]);
            else if (args[i] is "--sizes" or "--engines" or "--seconds" or "--clients" && i + 1 < args.Length)
                given[args[i]] = args[++i];
            else
                throw new ArgumentException($"Unknown option '{args[i]}'.");
        }
        return new(
            names.Count > 0 ? names : ["slots", "waves", "chat", "live"],
            Numbers(given.GetValueOrDefault("--sizes", "200000,2000000")),
            given.TryGetValue("--engines", out var engines)
                ? [.. engines.Split(',').Select(e => Enum.Parse<Engine>(e, ignoreCase: true))]
                : [.. Enum.GetValues<Engine>().Where(Testing.Engines.IsConfigured)],
            double.Parse(given.GetValueOrDefault("--seconds", "3"), CultureInfo.InvariantCulture),
            Numbers(given.GetValueOrDefault("--clients", "1,8,32"))
        );
    }

    private static List<int> Numbers(string text) => [.. text.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
}
