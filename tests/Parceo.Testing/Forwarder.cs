using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Parceo.Testing;

/// <summary>
/// Stands on loopback before a server. Closed, it cuts every connection and refuses new ones, as when the server or the
/// network is gone: the driver then says what it says in that case, whatever the server can or cannot be told to do.
/// </summary>
internal sealed class Forwarder : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, bool> open = new();
    private readonly string host;
    private readonly int port;
    private Socket? listener;
    private Task accepting = Task.CompletedTask;

    public Forwarder(string host, int port)
    {
        (this.host, this.port) = (host, port);
        Open();
    }

    /// <summary>Where it listens, the same after each <see cref="Open"/>.</summary>
    public int Port { get; private set; }

    public void Open()
    {
        listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen();
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        accepting = Accept(listener);
    }

    public async Task Close()
    {
        listener?.Dispose();
        listener = null;
        await accepting;
        foreach (var socket in open.Keys)
            socket.Dispose();
    }

    public async ValueTask DisposeAsync() => await Close();

    private async Task Accept(Socket from)
    {
        while (true)
        {
            Socket near;
            try
            {
                near = await from.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return; // closed
            }
            _ = Join(near);
        }
    }

    private async Task Join(Socket near)
    {
        using var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        open[near] = open[far] = true;
        try
        {
            await far.ConnectAsync(host, port);
            await Task.WhenAny(Copy(near, far), Copy(far, near));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        { /* closed */
        }
        finally
        {
            near.Dispose();
            open.TryRemove(near, out _);
            open.TryRemove(far, out _);
        }
    }

    private static async Task Copy(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer.AsMemory())) > 0; )
            {
                for (var sent = 0; sent < read; )
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        { /* one end is gone: so is the other, in a moment */
        }
    }
}
