using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
internal sealed class ImportWorker(ImportQueue queue, DirectoryImporter importer, IHubContext<DirectoryHub> hub, ILogger<ImportWorker> log) : BackgroundService
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(400);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
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
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Import {Run} failed", run);
            }
            finally
            {
                File.Delete(path);
            }
            await hub.Clients.All.SendAsync("changed", stoppingToken);
        }
    }
}
