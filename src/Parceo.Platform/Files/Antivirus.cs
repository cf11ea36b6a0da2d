using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Parceo.Platform.Files;

/// <summary>
/// Asks a clamd (<c>Antivirus:Clamd</c>, <c>host:port</c>) about a file, by its INSTREAM command. When one is configured
/// and does not answer, the file stays in quarantine: it fails closed (S42, S51).
/// </summary>
public sealed class Antivirus
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const int ChunkBytes = 64 * 1024;
    private readonly (string Host, int Port)? clamd;

    /// <exception cref="StartRefusedException">The setting is not understood.</exception>
    public Antivirus(IConfiguration configuration)
    {
        if (configuration["Antivirus:Clamd"] is not { Length: > 0 } text)
            return;
        clamd =
            text.Split(':') is [{ Length: > 0 } host, var port] && int.TryParse(port, out var number) && number is > 0 and < 65536
                ? (host, number)
                : throw new StartRefusedException($"Antivirus:Clamd is '{text}'; it must be host:port.");
    }

    /// <summary>Whether files wait for its answer.</summary>
    public bool IsConfigured => clamd is not null;

    /// <summary>Whether it is clean.</summary>
    /// <exception cref="IOException">No usable answer: ask again later.</exception>
    public async Task<bool> IsClean(byte[] content, CancellationToken ct)
    {
        var (host, port) = clamd ?? throw new InvalidOperationException("No antivirus is configured.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, limit.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), limit.Token);
        var length = new byte[4];
        foreach (var part in content.Chunk(ChunkBytes))
        {
            BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
            await stream.WriteAsync(length, limit.Token);
            await stream.WriteAsync(part, limit.Token);
        }
        await stream.WriteAsync(new byte[4], limit.Token);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = (await reader.ReadToEndAsync(limit.Token)).Trim('\0', '\n', ' ');
        return answer == "stream: OK"
            || (
                answer.EndsWith("FOUND", StringComparison.Ordinal)
                    ? false
                    : throw new IOException("The antivirus did not answer as it should.")
            );
    }
}
