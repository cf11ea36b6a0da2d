using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Parceo.Benchmarks;

/// <summary>What a measure gave.</summary>
/// <param name="PerSecond">Successes a second.</param>
/// <param name="P50">Median latency of all calls, ms.</param>
/// <param name="P99">99th percentile, ms.</param>
/// <param name="Failed">Calls that did not succeed.</param>
internal sealed record Measure(double PerSecond, double P50, double P99, long Failed);

/// <summary>Closed loop: each client calls again as soon as it is answered. Bounded in time; a third of it first, unmeasured, to warm up.</summary>
internal static class Load
{
    /// <param name="clients">At once.</param>
    /// <param name="seconds">Measured.</param>
    /// <param name="call">(client, number of the call) → whether it counts.</param>
    public static async Task<Measure> Run(int clients, double seconds, Func<int, int, Task<bool>> call)
    {
        var warmUntil = Stopwatch.GetTimestamp() + (long)(seconds / 3 * Stopwatch.Frequency);
        var end = warmUntil + (long)(seconds * Stopwatch.Frequency);
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(client =>
                    Task.Run(async () =>
                    {
                        var latencies = new List<long>(1 << 14);
                        var (won, failed) = (0L, 0L);
                        for (var i = 0; ; i++)
                        {
                            var started = Stopwatch.GetTimestamp();
                            if (started >= end)
                                break;
                            var ok = await call(client, i);
                            if (started < warmUntil)
                                continue;
                            latencies.Add(Stopwatch.GetTimestamp() - started);
                            if (ok)
                                won++;
                            else
                                failed++;
                        }
                        return (latencies, won, failed);
                    })
                )
        );
        var sorted = results.SelectMany(r => r.latencies).Order().ToArray();
        double At(double share) =>
            sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))] * 1000.0 / Stopwatch.Frequency;
        return new(results.Sum(r => r.won) / seconds, At(0.50), At(0.99), results.Sum(r => r.failed));
    }

    /// <summary>A connection of its own, a token, nothing else.</summary>
    public static HttpClient Client(string url, string? token = null) =>
        new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 1 })
        {
            BaseAddress = new Uri(url),
            DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
        };

    /// <summary>Reads the whole answer; true when its status is 2xx.</summary>
    public static async Task<bool> Get(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode;
    }
}

/// <summary>One JSON object a line on standard output.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <param name="name"><c>slots.search.start</c></param>
    /// <param name="engine">Engine, or null.</param>
    /// <param name="size">Slots, or null.</param>
    /// <param name="clients">At once.</param>
    /// <param name="m">The measure.</param>
    /// <param name="ratio">To the ceiling measured in the same run, or null for a ceiling itself.</param>
    /// <param name="ratioHttp">To the bare HTTP endpoint.</param>
    public static void Line(
        string name,
        string? engine,
        int? size,
        int clients,
        Measure m,
        double? ratio = null,
        double? ratioHttp = null
    ) =>
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    name,
                    engine,
                    size,
                    clients,
                    figure = Math.Round(m.PerSecond, 1),
                    unit = "1/s",
                    p50 = Math.Round(m.P50, 2),
                    p99 = Math.Round(m.P99, 2),
                    ratio = ratio is { } r ? Math.Round(r, 3) : (double?)null,
                    ratioHttp = ratioHttp is { } h ? Math.Round(h, 3) : (double?)null,
                    failed = m.Failed > 0 ? m.Failed : (long?)null,
                },
                Json
            )
        );

    /// <summary>How often something happens a second, and its ratio to the ceiling's.</summary>
    public static void Rate(string name, string? engine, int clients, double perSecond, double? ratio = null) =>
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    name,
                    engine,
                    clients,
                    figure = Math.Round(perSecond, 1),
                    unit = "1/s",
                    ratio = ratio is { } r ? Math.Round(r, 3) : (double?)null,
                },
                Json
            )
        );

    /// <summary>Times of something that happens, not how often: p50 and p99 in ms, the ratio of the ceiling's p50 to it.</summary>
    public static void Times(string name, string? engine, int clients, int count, double p50, double p99, double? ratio = null) =>
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    name,
                    engine,
                    clients,
                    count,
                    figure = Math.Round(p50, 2),
                    unit = "ms",
                    p50 = Math.Round(p50, 2),
                    p99 = Math.Round(p99, 2),
                    ratio = ratio is { } r ? Math.Round(r, 3) : (double?)null,
                },
                Json
            )
        );

    public static void Fact(string name, string? engine, int? size, double figure, string unit) =>
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    name,
                    engine,
                    size,
                    figure = Math.Round(figure, 1),
                    unit,
                },
                Json
            )
        );

    public static void Progress(string text) => Console.Error.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {text}");
}
