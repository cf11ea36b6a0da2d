using System.Threading.Channels;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Parceo.Access.Mail;

/// <summary>A mail to one person: plain text, no patient data ever (S66).</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Key">Left part of its Message-ID; null for any.</param>
internal sealed record OutgoingMail(string To, string Subject, string Text, Guid? Key = null);

/// <summary>
/// Mails that carry a one-time link. They wait in memory only, because a link is kept nowhere but as a hash: one lost by
/// a crash is asked for again. Sending after the answer also keeps its duration from telling who has an account (S5).
/// </summary>
internal sealed class MailOut(IConfiguration configuration, ILogger<MailOut> log) : BackgroundService
{
    // When a flood fills it, the oldest go first: they are the likeliest to have been asked for again.
    private readonly Channel<OutgoingMail> waiting = Channel.CreateBounded<OutgoingMail>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest }
    );

    /// <summary>Whether mails leave at all (<c>Mail:Smtp:Host</c>); without it links are handed over by administrators.</summary>
    public bool IsConfigured => Host.Length > 0;

    private string Host => configuration["Mail:Smtp:Host"] ?? "";

    public void Queue(OutgoingMail mail)
    {
        if (IsConfigured)
            waiting.Writer.TryWrite(mail);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var mail in waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Send(mail, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Neither the address nor the text: only that it happened (S64).
                log.LogError("A mail could not be sent: {Failure}", e.GetType().Name);
            }
        }
    }

    /// <summary>Hands one over now.</summary>
    public async Task Send(OutgoingMail mail, CancellationToken ct)
    {
        using var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse(configuration["Mail:From"] is { Length: > 0 } from ? from : "parceo@localhost"));
        message.To.Add(MailboxAddress.Parse(mail.To));
        message.Subject = mail.Subject;
        if (mail.Key is { } key)
            message.MessageId = $"{key:n}.parceo@{message.From.Mailboxes.First().Domain}";
        message.Body = new TextPart("plain") { Text = mail.Text };
        using var smtp = new SmtpClient { Timeout = 20_000 };
        var port = configuration.GetValue("Mail:Smtp:Port", 587);
        await smtp.ConnectAsync(
            Host,
            port,
            configuration.GetValue("Mail:Smtp:Tls", true) ? SecureSocketOptions.StartTls : SecureSocketOptions.None,
            ct
        );
        if (configuration["Mail:Smtp:User"] is { Length: > 0 } user)
            await smtp.AuthenticateAsync(user, configuration["Mail:Smtp:Password"] ?? "", ct);
        await smtp.SendAsync(message, ct);
        await smtp.DisconnectAsync(true, ct);
    }
}
