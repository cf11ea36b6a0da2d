using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Modules;

namespace Parceo.Platform.Data;

/// <summary>
/// Forgets what has served its time: remembered answers after 48 h (S53 asks for 24), inbox rows after 30 days, when no
/// event can still be delivered a second time. Looks every six hours; several nodes may.
/// </summary>
internal sealed class PruneRemembered(IServiceScopeFactory scopes, ModuleCatalog modules, TimeProvider clock, ILogger<PruneRemembered> log)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(6),
        Answers = TimeSpan.FromHours(48),
        Inbox = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await Prune(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    log.LogWarning("Old answers stay for now: {Failure}", e.GetType().Name);
                }
            }
        }
        catch (OperationCanceledException)
        { /* stopping */
        }
    }

    /// <summary>Once, over every module.</summary>
    internal async Task Prune(CancellationToken ct)
    {
        var (answers, inbox) = (clock.GetUtcNow() - Answers, clock.GetUtcNow() - Inbox);
        foreach (var module in modules.Modules.Where(m => m.Db is not null))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(module.Db!);
            await db.Idempotency.Where(i => i.At < answers).Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
            await db.Inbox.Where(i => i.At < inbox).Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
        }
    }
}
