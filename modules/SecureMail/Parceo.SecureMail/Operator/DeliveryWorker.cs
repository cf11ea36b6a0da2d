using MailKit.Net.Smtp;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimeKit;
using Parceo.Platform;
using Parceo.SecureMail.Features;

namespace Parceo.SecureMail.Operator;

/// <summary>
/// Hands due mails to the operator. Away from the event pump, which a slow operator must not hold up. What is due stands in
/// the table: a crash, a second node or a missed signal cost nothing but, at worst, a second copy under the same Message-ID.
/// </summary>
internal sealed class DeliveryWorker(
    OperatorSettings settings,
    OperatorLink link,
    DeliverySignal signal,
    SystemSender system,
    ILogger<DeliveryWorker> log
) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.IsConfigured)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                more = await Round(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return; // a session may break in any way
            }
            catch (Exception e)
            {
                log.LogError("MSSanté mails could not be handed over: {Failure}", e.GetType().Name);
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
        var due = await Send(new ListDueMails.Query(), ct);
        var moved = false;
        foreach (var box in due.GroupBy(d => d.From))
        {
            try
            {
                using var smtp = await link.Smtp(box.Key, ct);
                foreach (var mail in box)
                    await Deliver(smtp, mail.Id, ct);
                moved = true;
                await smtp.DisconnectAsync(true, ct);
            }
            catch (OperatorException e)
            {
                log.LogWarning("The MSSanté operator cannot be used: {Failure}", e.Message);
                foreach (var mail in box.Where(m => m.Code != e.Message || m.TooOld))
                    await Send(new SettleMail.Command(mail.Id, SettleMail.Outcome.Unreachable, e.Message), ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested && OperatorLink.Understood(e) is not null)
            {
                // The session broke; the mail under way was put back already.
            }
        }
        return moved && due.Count == ListDueMails.Most;
    }

    private async Task Deliver(SmtpClient smtp, Guid id, CancellationToken ct)
    {
        try
        {
            if (await Send(new TakeMail.Command(id), ct) is not { } mail)
                return; // another node has it, or it may no longer leave
            using var bytes = new MemoryStream(mail.Message);
            using var message = await MimeMessage.LoadAsync(bytes, ct);
            await smtp.SendAsync(message, MailboxAddress.Parse(mail.From), mail.To.Select(MailboxAddress.Parse), ct);
            await Send(new SettleMail.Command(id, SettleMail.Outcome.Taken), ct);
        }
        catch (SmtpCommandException refused)
        {
            var status = (int)refused.StatusCode;
            await Send(new SettleMail.Command(id, status >= 500 ? SettleMail.Outcome.Refused : SettleMail.Outcome.Later, $"{status}"), ct);
            if (smtp.IsConnected)
                await smtp.NoOpAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && OperatorLink.Understood(e) is { } code)
        {
            await Send(new SettleMail.Command(id, SettleMail.Outcome.Later, code), ct);
            throw;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is not ConcurrentChangeException)
        {
            // A mail that cannot be made (a file that is not what was stored) waits as well, and holds up no other.
            log.LogError("A MSSanté mail could not be prepared: {Failure}", e.GetType().Name);
            await Send(new SettleMail.Command(id, SettleMail.Outcome.Later, "mail_not_prepared"), ct);
        }
    }

    private Task<T> Send<T>(MediatR.IRequest<T> request, CancellationToken ct) => system.Send(request, "securemail-delivery", ct);
}
