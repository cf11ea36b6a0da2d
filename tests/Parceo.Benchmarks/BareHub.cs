using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Parceo.Benchmarks;

/// <summary>The ceiling of telling: a hub alone, in a process of its own, that repeats to everybody what one client says.</summary>
internal sealed class BareHub : IAsyncDisposable
{
    private readonly Process process;

    private BareHub(Process process, string url) => (this.process, Url) = (process, url);

    public string Url { get; }

    public static async Task<int> Serve(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapHub<Echo>("/hubs/regulation");
        await app.RunAsync();
        return 0;
    }

    public static async Task<BareHub> Start()
    {
        var url = $"http://127.0.0.1:{Testing.FreePort.Take()}";
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(BareHub).Assembly.Location, "serve-bare-hub", url]))!;
        await Testing.Expect.Eventually(
            async () =>
            {
                await using var probe = new HubConnectionBuilder().WithUrl($"{url}/hubs/regulation").Build();
                try
                {
                    await probe.StartAsync();
                }
                catch (HttpRequestException)
                {
                    return false;
                }
                return true;
            },
            TimeSpan.FromSeconds(30)
        );
        return new(process, url);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private sealed class Echo : Hub
    {
        public Task Join(string room) => Groups.AddToGroupAsync(Context.ConnectionId, room);

        public Task TellRoom(string room, string text) => Clients.Group(room).SendAsync("entry", new { conversationId = room, text });

        public Task Tell(Guid what) => Clients.All.SendAsync("changed", what);
    }
}
