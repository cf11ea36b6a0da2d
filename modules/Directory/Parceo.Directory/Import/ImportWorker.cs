using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Directory.Domain;
using Parceo.Directory.Hubs;

namespace Parceo.Directory.Import;

/// <summary>Imports that wait for this process: each holds an uploaded file, deleted when it was read.</summary>
internal sealed class ImportQueue
{
    private readonly Channel<(Guid Run, string Path)> waiting = Channel.CreateUnbounded<(Guid, string)>();

    /// <summary>Adds a run that was asked for.</summary>
    public void Add(Guid run, string path) => waiting.Writer.TryWrite((run, path));

    /// <summary>Runs in turn.</summary>
    public IAsyncEnumerable<(Guid Run, string Path)> All(CancellationToken ct) => waiting.Reader.ReadAllAsync(ct);
}

/// <summary>Runs uploaded imports one after the other, away from the request that asked, and tells the pages how far they are.</summary>
internal sealed class ImportWorker(
    ImportQueue queue,
    DirectoryImporter importer,
    Uploads uploads,
    IHubContext<DirectoryHub> hub,
    ILogger<ImportWorker> log
) : BackgroundService
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(400);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await uploads.FailTheDead(atStart: true, cancellationToken); // before anybody can ask for the next one
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(RunAll(stoppingToken), WatchLeases(stoppingToken));

    private async Task WatchLeases(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(ImportRun.Lease);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                await uploads.FailTheDead(atStart: false, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning(e, "Dead imports are looked for again in a minute");
            }
        }
    }

    private async Task RunAll(CancellationToken stoppingToken)
    {
        await foreach (var (run, path) in queue.All(stoppingToken))
        {
            try
            {
                var import = Task.Run(() => importer.Run(run, stoppingToken), stoppingToken);
                while (await Task.WhenAny(import, Task.Delay(TellEvery, stoppingToken)) != import)
                {
                    await hub.Clients.All.SendAsync("changed", stoppingToken);
                }
                await import;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Import {Run} failed", run);
            }
            finally
            {
                uploads.Remove(path);
            }
            await hub.Clients.All.SendAsync("changed", stoppingToken);
        }
    }
}
