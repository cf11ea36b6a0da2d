using System.Globalization;
using Parceo.Platform.Data;

namespace Parceo.Simulation.Tests;

/// <summary>Hosts that are ready for a seed: on SQLite each worker's host takes the settled territories over from one file before every seed.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly List<SimHost> hosts = [];
    private readonly string template;

    private World(string template) => this.template = template;

    /// <summary>Settles the three territories once, by the product's own features.</summary>
    public static async Task<World> Build()
    {
        var template = System.IO.Directory.CreateTempSubdirectory("parceo-sim-").FullName;
        await using var first = await SimHost.Start(Engine.Sqlite);
        first.Ids.Seed(-1);
        foreach (var land in Land.All)
            await land.Settle(first);
        await first.Pump();
        using (var from = new Microsoft.Data.Sqlite.SqliteConnection(first.Connection + ";Pooling=False"))
        using (var to = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(template, "parceo.db")};Pooling=False"))
        {
            from.Open();
            to.Open();
            from.BackupDatabase(to);
        }
        var keys = System.IO.Directory.CreateDirectory(Path.Combine(template, "keys")).FullName;
        foreach (var key in System.IO.Directory.GetFiles(Path.Combine(first.Folder, "keys")))
            File.Copy(key, Path.Combine(keys, Path.GetFileName(key)));
        return new(template);
    }

    public async Task<SimHost> Host()
    {
        var host = await SimHost.Start(Engine.Sqlite, template);
        lock (hosts)
            hosts.Add(host);
        return host;
    }

    /// <summary>Runs one seed from the settled state.</summary>
    public Task<(string Hash, IReadOnlyList<string> Trace)> Run(SimHost host, int seed, Action<string>? log = null)
    {
        host.CopyFrom(Path.Combine(template, "parceo.db"));
        return Simulation.Run(host, seed, log);
    }

    /// <summary>Runs many on as many threads as there are processors, in their order on each.</summary>
    /// <param name="seeds">Which.</param>
    /// <param name="enough">So many failures end it.</param>
    /// <returns>What went wrong, by seed.</returns>
    public async Task<IReadOnlyList<SeedFailure>> RunAll(IReadOnlyList<int> seeds, int enough = 10)
    {
        var failures = new List<SeedFailure>();
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, Math.Min(Math.Max(1, Environment.ProcessorCount), seeds.Count))
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var host = await Host();
                        for (
                            var i = Interlocked.Increment(ref next);
                            i < seeds.Count && failures.Count < enough;
                            i = Interlocked.Increment(ref next)
                        )
                        {
                            try
                            {
                                await Run(host, seeds[i]);
                            }
                            catch (SeedFailure failure)
                            {
                                lock (failures)
                                    failures.Add(failure);
                                if (failures.Count >= enough)
                                    return;
                            }
                        }
                    })
                )
        );
        return failures;
    }

    /// <summary><c>17</c> or <c>1-300</c>.</summary>
    public static IReadOnlyList<int> Seeds(string text)
    {
        var ends = text.Split('-', 2);
        var first = int.Parse(ends[0], CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(first, int.Parse(ends[^1], CultureInfo.InvariantCulture) - first + 1)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
            await host.DisposeAsync();
        System.IO.Directory.Delete(template, recursive: true);
    }
}
