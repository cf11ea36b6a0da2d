using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parceo.Benchmarks;

/// <summary>The ceiling of HTTP on this machine: Kestrel alone, in a process of its own, that answers with the same JSON each time.</summary>
internal sealed class BareEndpoint : IAsyncDisposable
{
    private readonly Process process;
    private readonly string file;

    private BareEndpoint(Process process, string file, string url) => (this.process, this.file, Url) = (process, file, url);

    public string Url { get; }

    public static async Task<int> Serve(string file, string url)
    {
        var answer = await File.ReadAllBytesAsync(file);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        app.MapGet("/", async http =>
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = answer.Length;
            await http.Response.Body.WriteAsync(answer);
        });
        await app.RunAsync();
        return 0;
    }

    public static async Task<BareEndpoint> Start(byte[] answer)
    {
        var (file, url) = (Path.GetTempFileName(), $"http://127.0.0.1:{Testing.FreePort.Take()}");
        await File.WriteAllBytesAsync(file, answer);
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(BareEndpoint).Assembly.Location, "serve-bare", file, url]))!;
        using var client = Load.Client(url);
        await Testing.Expect.Eventually(
            async () =>
            {
                try
                {
                    return await Load.Get(client, "/");
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(30)
        );
        return new(process, file, url);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        File.Delete(file);
    }
}
