using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Parceo.Proof.Tests;

/// <summary>
/// A loopback proxy that cuts half of what passes through it, every so often, in the middle of whatever it is. What it will
/// cut goes deaf a moment before: the host still hears and stores, and its answers are lost.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private static readonly TimeSpan StallFor = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<TcpClient, Passing> passing = new();
    private readonly CancellationTokenSource stop = new();
    private readonly int port;
    private readonly Task accepting,
        cutting;

    public CuttingProxy(int port, TimeSpan every)
    {
        this.port = port;
        listener.Start();
        accepting = Accept();
        cutting = Cut(every);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public int Cuts { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        foreach (var client in passing.Keys)
            client.Close();
        await Task.WhenAll(accepting, cutting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task Accept()
    {
        while (!stop.IsCancellationRequested)
            _ = Pass(await listener.AcceptTcpClientAsync(stop.Token));
    }

    private async Task Cut(TimeSpan every)
    {
        using var timer = new PeriodicTimer(every);
        while (await timer.WaitForNextTickAsync(stop.Token))
        {
            // A connection has a second to begin with, or a slow machine would never get to say anything.
            var cut = passing
                .Where(p => Stopwatch.GetElapsedTime(p.Value.Since) > TimeSpan.FromSeconds(1))
                .Where((_, i) => (i + Cuts) % 2 == 0)
                .ToList();
            foreach (var (_, through) in cut)
                through.IsStalled = true;
            await Task.Delay(StallFor, stop.Token);
            foreach (var (client, _) in cut)
                client.Close();
            Cuts++;
        }
    }

    private async Task Pass(TcpClient client)
    {
        var through = passing[client] = new Passing(Stopwatch.GetTimestamp());
        using var host = new TcpClient();
        try
        {
            await host.ConnectAsync(IPAddress.Loopback, port, stop.Token);
            var (near, far) = (client.GetStream(), host.GetStream());
            await Task.WhenAny(near.CopyToAsync(far, stop.Token), Answer(far, near, through));
        }
        catch (Exception e)
            when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        { /* cut, or the host is away */
        }
        finally
        {
            passing.TryRemove(client, out _);
            client.Close();
        }
    }

    private async Task Answer(NetworkStream host, NetworkStream client, Passing through)
    {
        var some = new byte[16 * 1024];
        while (await host.ReadAsync(some, stop.Token) is > 0 and var read)
            if (!through.IsStalled)
                await client.WriteAsync(some.AsMemory(0, read), stop.Token);
    }

    private sealed class Passing(long since)
    {
        private volatile bool deaf;

        public long Since => since;

        public bool IsStalled
        {
            get => deaf;
            set => deaf = value;
        }
    }
}
