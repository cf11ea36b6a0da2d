using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform;
using Parceo.Platform.Files;
using Parceo.SecureMail.Features;

namespace Parceo.SecureMail.Operator;

/// <summary>
/// Has the antivirus look at files of mails, in and out; until it has answered, nobody reads them and nothing leaves (S42). What
/// waits stands in the table, not in an event: an antivirus may be away for days, and an event that fails ten times would hold up
/// all that follows about its mail. A file that the antivirus never answers about holds up no other.
/// </summary>
internal sealed class InspectionWorker(Antivirus antivirus, InspectionSignal signal, SystemSender system, ILogger<InspectionWorker> log)
    : BackgroundService
{
    /// <summary>Code of a mail that waits for the antivirus, or was given up because of it.</summary>
    public const string Silent = "mail_antivirus_silent";
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(4);
    private Guid after;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                more = await Round(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError("Files of MSSanté mails could not be inspected: {Failure}", e.GetType().Name);
            }
            if (more)
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

    /// <summary>Whether there is more to do at once.</summary>
    private async Task<bool> Round(CancellationToken ct)
    {
        var mails = await Send(new ListUninspected.Query(after), ct);
        if (mails.Count == 0)
        {
            after = Guid.Empty; // the end: from the beginning, after a while
            return false;
        }
        foreach (var mail in mails)
        {
            after = mail.Id; // the next look begins behind it, whatever becomes of it
            if (await Inspect(mail.Id, ct))
                continue;
            foreach (var waiting in mails.Where(m => m.Waits && (m.Code != Silent || m.TooOld)))
                await Send(new SettleMail.Command(waiting.Id, SettleMail.Outcome.Unreachable, Silent), ct);
            return false;
        }
        return true;
    }

    /// <summary>False when the antivirus gave no answer.</summary>
    private async Task<bool> Inspect(Guid mail, CancellationToken ct)
    {
        var answers = new Dictionary<Guid, bool>();
        try
        {
            // Without one (no longer configured) what waited for it goes on waiting: it fails closed.
            if (!antivirus.IsConfigured)
                return false;
            foreach (var file in await Send(new ListPendingFiles.Query(mail), ct))
                answers[file.Id] = await antivirus.IsClean(file.Content, ct);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning("The antivirus gave no answer about files of a MSSanté mail: {Failure}", e.GetType().Name);
            return false;
        }
        await Send(new SettleMailFiles.Command(mail, answers), ct);
        return true;
    }

    private Task<T> Send<T>(MediatR.IRequest<T> request, CancellationToken ct) => system.Send(request, "securemail-inspection", ct);
}
