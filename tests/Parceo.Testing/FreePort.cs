using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Parceo.Testing;

/// <summary>Loopback ports for servers that are stopped and started again.</summary>
public static class FreePort
{
    private static readonly ConcurrentDictionary<int, bool> Taken = [];

    /// <summary>
    /// A port nobody listens on, below the range the kernel hands out to clients: it is still free when a killed server
    /// comes back to it. Each is given once.
    /// </summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
            }
            catch (SocketException)
            {
                continue;
            }
            if (Taken.TryAdd(port, true))
                return port;
        }
    }
}
