using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parceo.Testing;

/// <summary>Speaks clamd's INSTREAM on a free port: reads to the empty part, answers what the test says, closes.</summary>
public sealed class TestClamd : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    /// <summary>Listens at once.</summary>
    public TestClamd()
    {
        listener.Start();
        _ = Serve();
    }

    /// <summary>For <c>Antivirus:Clamd</c>.</summary>
    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary><c>stream: OK</c>, <c>stream: NAME FOUND</c>, or empty: it does not answer.</summary>
    public string Answer
    {
        get => Volatile.Read(ref answer);
        set => Volatile.Write(ref answer, value);
    }
    private string answer = "";

    /// <summary>Of a file that holds these words it never says anything.</summary>
    public string SilentAbout
    {
        get => Volatile.Read(ref silentAbout);
        set => Volatile.Write(ref silentAbout, value);
    }
    private string silentAbout = "";

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                try
                {
                    await Scan(client.GetStream());
                }
                catch (IOException)
                { /* whoever asked went away; the next one is answered */
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        { /* the test ends */
        }
    }

    private async Task Scan(NetworkStream stream)
    {
        await stream.ReadExactlyAsync(new byte["zINSTREAM\0".Length]);
        var (length, content) = (new byte[4], new StringBuilder());
        while (true)
        {
            await stream.ReadExactlyAsync(length);
            var size = BinaryPrimitives.ReadInt32BigEndian(length);
            if (size == 0)
                break;
            var part = new byte[size];
            await stream.ReadExactlyAsync(part);
            content.Append(Encoding.Latin1.GetString(part));
        }
        if (Answer.Length > 0 && (SilentAbout.Length == 0 || !content.ToString().Contains(SilentAbout, StringComparison.Ordinal)))
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer + "\0"));
    }
}
