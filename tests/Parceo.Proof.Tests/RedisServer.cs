using System.Diagnostics;
using System.Net.Sockets;
using NUnit.Framework;
using Parceo.Testing;

namespace Parceo.Proof.Tests;

/// <summary>A Redis of the test's own, on a free loopback port, that keeps nothing: it may be killed and started again.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("parceo-redis-").FullName;
    private readonly int port = FreePort.Take();
    private Process? process;

    private RedisServer() { }

    /// <summary>For <c>Redis:ConnectionString</c>.</summary>
    public string Address => $"127.0.0.1:{port}";

    /// <summary>Starts one; the test is reported as ignored where there is no Redis.</summary>
    public static async Task<RedisServer> Create()
    {
        if (Program is null)
            Assert.Ignore("redis-server is not installed; build/test installs it where it may.");
        var server = new RedisServer();
        await server.Start();
        return server;
    }

    /// <summary>Again after a kill, on the same port; nothing to do when it runs.</summary>
    public async Task Start()
    {
        if (process is not null)
            return;
        process = Process.Start(
            new ProcessStartInfo(
                Program!,
                [
                    "--port",
                    $"{port}",
                    "--bind",
                    "127.0.0.1",
                    "--dir",
                    folder,
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--logfile",
                    Path.Combine(folder, "log"),
                ]
            )
        )!;
        await Expect.Eventually(
            async () =>
            {
                using var probe = new TcpClient();
                try
                {
                    await probe.ConnectAsync("127.0.0.1", port);
                }
                catch (SocketException)
                {
                    return false;
                }
                return true;
            },
            Soon,
            "Redis"
        );
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        if (process is null)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private static string? Program { get; } =
        Environment.GetEnvironmentVariable("PARCEO_TEST_REDIS") is { Length: > 0 } given
            ? given
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(':')
                .Select(f => Path.Combine(f, "redis-server"))
                .FirstOrDefault(File.Exists);
}
