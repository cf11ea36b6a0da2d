using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;

namespace Parceo.Benchmarks;

/// <summary>
/// A hub connection that only counts: frames are told apart by their separator and looked at by a few bytes, so that a
/// thousand of them cost the machine little beside the server that is measured.
/// </summary>
internal sealed class RawHubClient : IAsyncDisposable
{
    private const byte Separator = 0x1E;
    private static readonly byte[] Completion = Encoding.ASCII.GetBytes("{\"type\":3"),
        Invocation = Encoding.ASCII.GetBytes("{\"type\":1"),
        Stamp = Encoding.ASCII.GetBytes("stamp=");
    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim answered = new(0);
    private Task reading = Task.CompletedTask;
    private long delivered,
        refused;

    /// <summary>Pushes received since the start.</summary>
    public long Delivered => Interlocked.Read(ref delivered);

    /// <summary>Invocations that were answered by an error.</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <summary>Times from the stamp in a message to its arrival, while they are wanted.</summary>
    public List<long>? Latencies { get; set; }

    public static async Task<RawHubClient> Connect(string url, string? token)
    {
        var client = new RawHubClient();
        if (token is not null)
            client.socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await client.socket.ConnectAsync(new Uri(url.Replace("http", "ws", StringComparison.Ordinal)), default);
        await client.Write("{\"protocol\":\"json\",\"version\":1}");
        client.reading = client.Read();
        return client;
    }

    /// <summary>Invokes and waits for the answer; one at a time on a connection.</summary>
    public async Task Invoke(string target, string argument)
    {
        await Write($$"""{"type":1,"invocationId":"1","target":"{{target}}","arguments":[{{argument}}]}""");
        if (!await answered.WaitAsync(TimeSpan.FromSeconds(30)))
            throw new ArgumentException("The hub does not answer.");
    }

    /// <summary>A text that says when it was sent.</summary>
    public static string Stamped() => $"stamp={Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture)};";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        socket.Dispose();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task Write(string frame)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(frame) + 1];
        Encoding.UTF8.GetBytes(frame, bytes);
        bytes[^1] = Separator;
        await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, stop.Token);
    }

    private async Task Read()
    {
        var buffer = new byte[1 << 16];
        var kept = 0;
        while (true)
        {
            if (kept == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var got = await socket.ReceiveAsync(buffer.AsMemory(kept), stop.Token);
            if (got.MessageType == WebSocketMessageType.Close)
                return;
            kept += got.Count;
            var from = 0;
            for (int end; (end = buffer.AsSpan(from, kept - from).IndexOf(Separator)) >= 0; from += end + 1)
                Take(buffer.AsSpan(from, end));
            buffer.AsSpan(from, kept - from).CopyTo(buffer);
            kept -= from;
        }
    }

    private void Take(ReadOnlySpan<byte> frame)
    {
        if (frame.StartsWith(Invocation))
        {
            Interlocked.Increment(ref delivered);
            if (Latencies is not { } wanted || frame.IndexOf(Stamp) is not (>= 0 and var at))
                return;
            var digits = frame[(at + Stamp.Length)..];
            if (long.TryParse(digits[..digits.IndexOf((byte)';')], CultureInfo.InvariantCulture, out var sent))
                lock (wanted)
                    wanted.Add(Stopwatch.GetTimestamp() - sent);
        }
        else if (frame.StartsWith(Completion))
        {
            if (frame.IndexOf("\"error\""u8) >= 0)
                Interlocked.Increment(ref refused);
            answered.Release();
        }
    }
}
