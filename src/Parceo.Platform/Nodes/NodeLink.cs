using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Parceo.Platform.Nodes;

/// <summary>
/// What nodes tell each other through Redis (docs/decisions/0008): pushes to pages, as hints. Nothing waits for it: a push
/// goes to this node's pages first, and is handed over without being waited for. Each node says every second that it is
/// there and listens for itself: as long as it hears nothing, and once when a number is missing, its pages are told to
/// look by themselves (S51).
/// </summary>
internal sealed class NodeLink(ConfigurationOptions redis, Keys keys, TimeProvider clock, ILogger<NodeLink> log) : BackgroundService
{
    /// <summary>What hubs say of the link: <c>live(whole)</c>.</summary>
    public const string Live = "live";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1),
        Silence = TimeSpan.FromSeconds(3),
        Forget = TimeSpan.FromMinutes(1);
    private const int MostWaiting = 10_000;
    private readonly Guid node = Guid.CreateVersion7();
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, Func<Push, Task>> hubs = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, (long Number, long At)> heard = []; // by the listener only
    private RedisChannel channel;
    private ConnectionMultiplexer? connection;
    private long sent,
        heardMyselfAt;
    private volatile bool whole;

    /// <summary>Whether this node hears the others; when not, its pages look by themselves.</summary>
    public bool IsWhole => whole;

    /// <summary>How pushes reach this node's connections of a hub.</summary>
    public void Join(string hub, Func<Push, Task> deliver) => hubs[hub] = deliver;

    /// <summary>Hands a push over to the other nodes; never waits, never fails.</summary>
    public void Send(string? hub, PushTo to, IReadOnlyList<string> names, IReadOnlyList<string> except, string method, object?[] arguments)
    {
        if (Volatile.Read(ref connection) is not { } link)
            return;
        var said = Array.ConvertAll(arguments, a => JsonSerializer.SerializeToElement(a, PlatformJson.Options));
        lock (gate)
        {
            // Numbered even when it cannot leave: whoever hears the next one then knows that something is missing.
            var push = new Push(node, ++sent, hub, to, names, except, method, said);
            if (!link.IsConnected)
                return;
            try
            {
                link.GetSubscriber()
                    .Publish(channel, JsonSerializer.SerializeToUtf8Bytes(push, PlatformJson.Options), CommandFlags.FireAndForget);
            }
            catch (Exception e) when (e is RedisException or ObjectDisposedException)
            { /* the silence will tell */
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        // Of this installation only: another one may use the same server.
        channel = RedisChannel.Literal($"parceo:{Convert.ToHexStringLower(keys.FingerprintOf("Data"))[..16]}");
        try
        {
            await using var link = await ConnectionMultiplexer.ConnectAsync(redis);
            Volatile.Write(ref connection, link);
            await Task.WhenAll(Listen(link, stoppingToken), Watch(stoppingToken));
        }
        catch (OperationCanceledException)
        { /* stopping */
        }
        finally
        {
            Volatile.Write(ref connection, null);
        }
    }

    private async Task Listen(ConnectionMultiplexer link, CancellationToken ct)
    {
        var queue = await Subscribe(link, ct);
        while (!ct.IsCancellationRequested)
        {
            var message = await queue.ReadAsync(ct);
            if (queue.TryGetCount(out var waiting) && waiting > MostWaiting)
                while (queue.TryRead(out _)) { } // S50; the gap sends the pages to look
            try
            {
                if (JsonSerializer.Deserialize<Push>((byte[])message.Message!, PlatformJson.Stored) is { } push)
                    await Hear(push);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("A push of another node was lost: {Failure}", e.GetType().Name);
            }
        }
    }

    private async Task<ChannelMessageQueue> Subscribe(ConnectionMultiplexer link, CancellationToken ct)
    {
        while (true)
        {
            // Kept by the client from then on, whatever happens to the connection.
            try
            {
                return await link.GetSubscriber().SubscribeAsync(channel);
            }
            catch (Exception e) when (e is RedisException or TimeoutException)
            {
                await Task.Delay(Beat, ct);
            }
        }
    }

    private async Task Hear(Push push)
    {
        var now = clock.GetTimestamp();
        var missed = heard.TryGetValue(push.Node, out var last) && push.Number > last.Number + 1;
        heard[push.Node] = (push.Number, now);
        if (push.Node == node)
            Interlocked.Exchange(ref heardMyselfAt, now);
        else if (push.Hub is { } hub && hubs.TryGetValue(hub, out var deliver))
            await deliver(push);
        if (missed && IsWhole)
            await TellPages();
        foreach (var (gone, _) in heard.Where(h => clock.GetElapsedTime(h.Value.At, now) > Forget).ToList())
            heard.Remove(gone);
    }

    private async Task Watch(CancellationToken ct)
    {
        var (told, started) = (false, clock.GetTimestamp());
        using var timer = new PeriodicTimer(Beat);
        do
        {
            Send(null, PushTo.All, [], [], "", []);
            var at = Interlocked.Read(ref heardMyselfAt);
            var now = at != 0 && clock.GetElapsedTime(at) < Silence;
            if (now != whole)
            {
                whole = now;
                told = true;
                if (whole)
                    log.LogInformation("Redis answers: pages hear of what happens on every node");
                else
                    log.LogWarning("Redis is silent: pages of this node hear of this node only, and look by themselves for the rest");
                await TellPages();
            }
            else if (!whole && !told && clock.GetElapsedTime(started) > Silence)
            {
                told = true;
                log.LogWarning("Redis does not answer: this node serves alone until it does");
            }
        } while (await timer.WaitForNextTickAsync(ct));
    }

    private Task TellPages() =>
        Task.WhenAll(
            hubs.Select(h => h.Value(new Push(node, 0, h.Key, PushTo.All, [], [], Live, [JsonSerializer.SerializeToElement(IsWhole)])))
        );
}
