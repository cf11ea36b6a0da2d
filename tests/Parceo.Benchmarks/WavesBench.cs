using System.Diagnostics;
using Microsoft.AspNetCore.SignalR.Client;
using Parceo.Platform.Data;
using Parceo.Proof.Tests;
using Parceo.Testing;

namespace Parceo.Benchmarks;

/// <summary>
/// From the click of an acceptance to everyone told: 200 effectors are connected to the hub of the shipped host, in a
/// process of its own, all are asked, one accepts over HTTP. Each connection's time counts, and each round's last one. The
/// ceiling, in the same run: a bare hub that repeats one client's word to as many connections.
/// </summary>
internal static class WavesBench
{
    private const int Effectors = 200,
        Most = 40,
        Warm = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task Run(BenchOptions options)
    {
        foreach (var engine in options.Engines)
            await Run(options, engine);
    }

    private static async Task Run(BenchOptions options, Engine engine)
    {
        await using var database = TestDatabase.Create(engine);
        WaveWorld world;
        await using (var prepare = await ParceoHost.Start(engine, on: database))
        {
            Report.Progress($"{engine}: {Effectors} effectors");
            world = await WaveWorld.Create(prepare, Effectors);
        }
        var bare = await Bare();
        Report.Times("ceiling.hub.everyone-told", engine.ToString(), Effectors, bare.Each.Count, At(bare.Each, 0.5), At(bare.Each, 0.99));

        await using var host = await HostProcess.Start(database, environment: "Production");
        using var desk = new Api(host.Url, world.Desk.Token);
        var effectors = world.Effectors.Select(e => new Api(host.Url, e.Token)).ToList();
        await using var pages = await Pages.Open(host.Url, world.Effectors.Select(e => (string?)e.Token));
        var (each, last, asked) = (new List<double>(), new List<double>(), new List<double>());
        var started = Stopwatch.GetTimestamp();
        for (
            var round = -Warm;
            round < Most && (round < 1 || Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(options.Seconds * 15));
            round++
        )
        {
            var orientation = await world.Open(desk);
            var everybody = pages.Hear(orientation);
            var begun = Stopwatch.GetTimestamp();
            if (await WaveWorld.Ask(desk, orientation) != Effectors)
                throw new ArgumentException("The wave does not ask everybody.");
            var heard = await everybody.WaitAsync(Patience);
            if (round >= 0)
                asked.Add(Stopwatch.GetElapsedTime(begun, heard.Max()).TotalMilliseconds);

            // At rest: an acceptance waits behind what is still delivered of its own case.
            await Outboxes.Drained(database, Patience, "regulation", "notifications");
            var winner = effectors[(round + Warm) * 7 % Effectors];
            var (invitation, _) = await WaveWorld.Last(winner);
            everybody = pages.Hear(orientation);
            begun = Stopwatch.GetTimestamp();
            var answer = await WaveWorld.Accept(winner, invitation);
            if (answer.Status != 200)
                throw new ArgumentException($"The acceptance was refused: {answer.Code}.");
            heard = await everybody.WaitAsync(Patience);
            if (round < 0)
                continue;
            each.AddRange(heard.Select(h => Stopwatch.GetElapsedTime(begun, h).TotalMilliseconds));
            last.Add(Stopwatch.GetElapsedTime(begun, heard.Max()).TotalMilliseconds);
        }
        Report.Times(
            "waves.told",
            engine.ToString(),
            Effectors,
            each.Count,
            At(each, 0.5),
            At(each, 0.99),
            At(bare.Each, 0.5) / At(each, 0.5)
        );
        Report.Times(
            "waves.everyone-told",
            engine.ToString(),
            Effectors,
            last.Count,
            At(last, 0.5),
            At(last, 0.99),
            At(bare.Last, 0.5) / At(last, 0.5)
        );
        Report.Times("waves.everyone-asked", engine.ToString(), Effectors, asked.Count, At(asked, 0.5), At(asked, 0.99));
        Report.Progress(
            $"{engine}: {last.Count} rounds, everyone told p50 {At(last, 0.5):0} ms, p99 {At(last, 0.99):0} ms; bare hub {At(bare.Last, 0.5):0} ms"
        );
        effectors.ForEach(e => e.Dispose());
    }

    private static async Task<(List<double> Each, List<double> Last)> Bare()
    {
        await using var hub = await BareHub.Start();
        await using var pages = await Pages.Open(hub.Url, Enumerable.Repeat((string?)null, Effectors));
        var (each, last) = (new List<double>(), new List<double>());
        for (var round = -Warm; round < Most; round++)
        {
            var what = Guid.CreateVersion7();
            var everybody = pages.Hear(what);
            var begun = Stopwatch.GetTimestamp();
            await pages.Any.InvokeAsync("Tell", what);
            var heard = await everybody.WaitAsync(Patience);
            if (round < 0)
                continue;
            each.AddRange(heard.Select(h => Stopwatch.GetElapsedTime(begun, h).TotalMilliseconds));
            last.Add(Stopwatch.GetElapsedTime(begun, heard.Max()).TotalMilliseconds);
        }
        return (each, last);
    }

    private static double At(List<double> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }

    /// <summary>Connections that note when they first hear of a case.</summary>
    private sealed class Pages : IAsyncDisposable
    {
        private readonly List<HubConnection> connections = [];
        private Guid awaited;
        private long[] heard = [];
        private int missing;
        private TaskCompletionSource<long[]> everybody = new();

        public HubConnection Any => connections[0];

        public static async Task<Pages> Open(string url, IEnumerable<string?> tokens)
        {
            var pages = new Pages();
            foreach (var token in tokens)
            {
                var (connection, number) = (
                    new HubConnectionBuilder()
                        .WithUrl($"{url}/hubs/regulation", o => o.AccessTokenProvider = () => Task.FromResult(token))
                        .Build(),
                    pages.connections.Count
                );
                connection.On<Guid>("changed", id => pages.Hears(number, id));
                pages.connections.Add(connection);
                await connection.StartAsync();
            }
            return pages;
        }

        /// <summary>The moment at which each connection next hears of it.</summary>
        public Task<long[]> Hear(Guid what)
        {
            lock (connections)
            {
                (awaited, heard, missing, everybody) = (
                    what,
                    new long[connections.Count],
                    connections.Count,
                    new(TaskCreationOptions.RunContinuationsAsynchronously)
                );
                return everybody.Task;
            }
        }

        private void Hears(int number, Guid what)
        {
            var now = Stopwatch.GetTimestamp();
            lock (connections)
            {
                if (what != awaited || heard[number] != 0)
                    return;
                heard[number] = now;
                if (--missing == 0)
                    everybody.TrySetResult(heard);
            }
        }

        public async ValueTask DisposeAsync() => await Task.WhenAll(connections.Select(c => c.DisposeAsync().AsTask()));
    }
}
