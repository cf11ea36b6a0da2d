using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Parceo.Platform.Data;
using Parceo.Proof.Tests;
using Parceo.Testing;

namespace Parceo.Benchmarks;

/// <summary>
/// Goal P5: 1,000 authorised connections in rooms of 20; a message is delivered after its commit. Delivered messages a
/// second with 1 and 4 in flight a room, and the time from sending to arrival at 200 messages a second. The ceiling, in
/// the same run: a bare hub that repeats to the room, with as many connections, without people, rights or disk.
/// </summary>
internal static class ChatBench
{
    private const int Rooms = 50,
        People = 20,
        Paced = 200;

    // Both servers have just started: until the compiler has seen what is called often, its work is what would be measured.
    private const double WarmUpSeconds = 20;

    public static async Task Run(BenchOptions options)
    {
        foreach (var engine in options.Engines)
            await Run(options, engine);
    }

    private static async Task Run(BenchOptions options, Engine engine)
    {
        await using var database = TestDatabase.Create(engine);
        List<(Guid Room, List<string> Tokens)> rooms;
        await using (var prepare = await ParceoHost.Start(engine, on: database))
        {
            Report.Progress($"{engine}: {Rooms} rooms of {People} people");
            rooms = await Prepare(prepare);
        }
        var (name, connections) = (engine.ToString(), Rooms * People);
        Figures bare;
        await using (var hub = await BareHub.Start())
        {
            bare = await Measure(
                options.Seconds,
                [.. rooms.Select((r, i) => (Room: $"r{i}", Tokens: r.Tokens.ConvertAll(_ => (string?)null)))],
                $"{hub.Url}/hubs/regulation",
                "TellRoom",
                "Join",
                (room, text) => $"\"{room}\",\"{text}\""
            );
        }
        await using var host = await HostProcess.Start(database, environment: "Production");
        var product = await Measure(
            options.Seconds,
            [.. rooms.Select(r => (r.Room.ToString(), r.Tokens.ConvertAll(t => (string?)t)))],
            $"{host.Url}/hubs/messaging",
            "Post",
            null,
            (room, text) => $$"""{"conversationId":"{{room}}","clientId":"{{Guid.CreateVersion7()}}","kind":"message","text":"{{text}}"}"""
        );
        foreach (var (inFlight, ceiling, ours) in new[] { (1, bare.One, product.One), (4, bare.Four, product.Four) })
        {
            Report.Rate($"ceiling.hub.delivered-{inFlight}-in-flight", name, connections, ceiling);
            Report.Rate($"chat.delivered-{inFlight}-in-flight", name, connections, ours, ours / ceiling);
        }
        Report.Times(
            "ceiling.hub.arrival-at-200-per-second",
            name,
            connections,
            bare.Times.Count,
            At(bare.Times, 0.5),
            At(bare.Times, 0.99)
        );
        Report.Times(
            "chat.arrival-at-200-per-second",
            name,
            connections,
            product.Times.Count,
            At(product.Times, 0.5),
            At(product.Times, 0.99),
            At(bare.Times, 0.5) / At(product.Times, 0.5)
        );
        Report.Progress(
            $"{engine}: delivered {product.One:0} and {product.Four:0} a second, bare hub {bare.One:0} and {bare.Four:0}; at {Paced}/s p50 {At(product.Times, 0.5):0.0} ms, p99 {At(product.Times, 0.99):0.0} ms; host {host.ResidentMegabytes:0} MB"
        );
    }

    /// <param name="One">Delivered a second with one in flight a room.</param>
    /// <param name="Four">With four.</param>
    /// <param name="Times">Milliseconds to arrival at 200 messages a second.</param>
    private sealed record Figures(double One, double Four, List<double> Times);

    private static async Task<Figures> Measure(
        double seconds,
        List<(string Room, List<string?> Tokens)> rooms,
        string url,
        string post,
        string? join,
        Func<string, string, string> arguments
    )
    {
        var clients = new List<(string Room, RawHubClient Client)>();
        foreach (var (room, tokens) in rooms)
        foreach (var token in tokens)
        {
            var client = await RawHubClient.Connect(url, token);
            if (join is not null)
                await client.Invoke(join, $"\"{room}\"");
            clients.Add((room, client));
        }
        try
        {
            var byRoom = clients.GroupBy(c => c.Room).ToList();
            await Delivered(clients, byRoom, 4, WarmUpSeconds, post, arguments);
            var one = await Delivered(clients, byRoom, 1, seconds, post, arguments);
            var four = await Delivered(clients, byRoom, 4, seconds, post, arguments);
            var times = await Arrivals(clients, byRoom, seconds, post, arguments);
            if (clients.Sum(c => c.Client.Refused) is > 0 and var refused)
                throw new ArgumentException($"{refused} postings were refused.");
            return new(one, four, times);
        }
        finally
        {
            foreach (var (_, client) in clients)
                await client.DisposeAsync();
        }
    }

    /// <summary>Closed loop: so many of each room send as soon as they are answered.</summary>
    private static async Task<double> Delivered(
        List<(string Room, RawHubClient Client)> clients,
        List<IGrouping<string, (string Room, RawHubClient Client)>> rooms,
        int inFlight,
        double seconds,
        string post,
        Func<string, string, string> arguments
    )
    {
        var warm = Stopwatch.GetTimestamp() + (long)(seconds / 3 * Stopwatch.Frequency);
        var end = warm + (long)(seconds * Stopwatch.Frequency);
        var sending = rooms
            .SelectMany(r => r.Take(inFlight))
            .Select(c =>
                Task.Run(async () =>
                {
                    while (Stopwatch.GetTimestamp() < end)
                        await c.Client.Invoke(post, arguments(c.Room, "Bonjour, le pansement de jeudi est fait."));
                })
            )
            .ToList();
        await Task.Delay(TimeSpan.FromSeconds(seconds / 3));
        var (before, begun) = (clients.Sum(c => c.Client.Delivered), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var rate = (clients.Sum(c => c.Client.Delivered) - before) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await Task.WhenAll(sending);
        return rate;
    }

    /// <summary>Open loop at a fixed pace, each message from another room.</summary>
    private static async Task<List<double>> Arrivals(
        List<(string Room, RawHubClient Client)> clients,
        List<IGrouping<string, (string Room, RawHubClient Client)>> rooms,
        double seconds,
        string post,
        Func<string, string, string> arguments
    )
    {
        var times = new List<long>();
        clients.ForEach(c => c.Client.Latencies = times);
        var sending = new List<Task>();
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < Paced * seconds; i++)
        {
            var room = rooms[i % rooms.Count].ToList();
            var sender = room[i / rooms.Count % room.Count];
            sending.Add(sender.Client.Invoke(post, arguments(sender.Room, RawHubClient.Stamped())));
            var ahead = TimeSpan.FromSeconds((i + 1.0) / Paced) - Stopwatch.GetElapsedTime(begun);
            if (ahead > TimeSpan.Zero)
                await Task.Delay(ahead);
        }
        await Task.WhenAll(sending);
        await Expect.Eventually(
            () =>
            {
                lock (times)
                    return Task.FromResult(times.Count >= Paced * seconds * People);
            },
            TimeSpan.FromSeconds(10),
            "every message to arrive"
        );
        lock (times)
            return times.ConvertAll(t => t * 1000.0 / Stopwatch.Frequency);
    }

    private static async Task<List<(Guid, List<string>)>> Prepare(ParceoHost host)
    {
        var rooms = new List<(Guid, List<string>)>();
        var community = await host.Organisation($"CPTS {Guid.CreateVersion7():n}");
        for (var r = 0; r < Rooms; r++)
        {
            var people = new List<World.Caller>();
            for (var p = 0; p < People; p++)
                people.Add(await host.Member(community, $"Writer {r} {p}", [Roles.Professional]));
            using var owner = new Api(host.Url, people[0].Token);
            var opened = await owner.Send(
                HttpMethod.Post,
                "/api/messaging/conversations",
                JsonSerializer.Serialize(
                    new { personIds = people.Skip(1).Select(p => p.Id), title = $"Room {r.ToString(CultureInfo.InvariantCulture)}" }
                )
            );
            if (opened.Status != 200)
                throw new ArgumentException($"A room was refused: {opened.Code}.");
            rooms.Add((opened.Body.GetProperty("id").GetGuid(), people.ConvertAll(p => p.Token)));
        }
        return rooms;
    }

    private static double At(List<double> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }
}
