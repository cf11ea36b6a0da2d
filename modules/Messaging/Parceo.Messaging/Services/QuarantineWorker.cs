using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Features;
using Parceo.Platform;
using Parceo.Platform.Files;

namespace Parceo.Messaging.Services;

/// <summary>Wakes when a file came into quarantine.</summary>
internal sealed class QuarantineSignal : WakeSignal;

/// <summary>
/// Has the antivirus look at files of conversations; until it has answered nobody reads them (S42). It goes round those that
/// wait, oldest first, so that it may be away for days and a file that it never answers about holds up no other.
/// </summary>
internal sealed class QuarantineWorker(
    Antivirus antivirus,
    QuarantineSignal signal,
    SystemSender system,
    IServiceScopeFactory scopes,
    ILogger<QuarantineWorker> log
) : BackgroundService
{
    private const string Name = "messaging-quarantine";
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(4);
    private (DateTimeOffset At, Guid Id) after;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Without one (any more) what waited for it goes on waiting: it fails closed.
        if (!antivirus.IsConfigured)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            var answered = false;
            try
            {
                answered = await InspectNext(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                log.LogWarning("The antivirus gave no answer about a file: {Failure}", e.GetType().Name);
            }
            catch (Exception e)
            {
                log.LogError("A file could not be inspected: {Failure}", e.GetType().Name);
            }
            if (answered)
                continue;
            try
            {
                await signal.Wait(Idle, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>False when none is left in this round.</summary>
    private async Task<bool> InspectNext(CancellationToken ct)
    {
        var (at, id) = after;
        Guid waiting;
        byte[] content;
        await using (var scope = scopes.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem(Name);
            var db = scope.ServiceProvider.GetRequiredService<MessagingDb>();
            var file = await db
                .Files.AsNoTracking()
                .Where(f => f.State == FileState.Pending && (f.At > at || (f.At == at && f.Id.CompareTo(id) > 0)))
                .OrderBy(f => f.At)
                .ThenBy(f => f.Id)
                .FirstOrDefaultAsync(ct);
            after = file is null ? default : (file.At, file.Id); // the next look begins behind it, whatever becomes of it
            if (file is null)
                return false;
            waiting = file.Id;
            try
            {
                content = await scope.ServiceProvider.GetRequiredService<SealedFiles>().Read(file, ct);
            }
            catch (CryptographicException)
            {
                if (await db.Files.AnyAsync(f => f.Id == waiting && f.State == FileState.Pending, ct))
                    throw;
                return true; // settled by another node, or removed, while it was read
            }
        }
        await system.Send(new SettleFile.Command(waiting, await antivirus.IsClean(content, ct)), Name, ct);
        return true;
    }
}
