using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Parceo.Platform;
using Parceo.Platform.Files;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Events;
using Parceo.SecureMail.Mime;
using Parceo.SecureMail.Operator;

namespace Parceo.SecureMail.Services;

/// <summary>Takes a received message in: stores it once, matches it to a mail of ours, answers a receipt when one is asked for.</summary>
internal sealed class Incoming(
    SecureMailDb db,
    MailSeal seal,
    Outgoing outgoing,
    TrustedDomains domains,
    Antivirus antivirus,
    IIds ids,
    TimeProvider clock,
    ILogger<Incoming> log
)
{
    /// <summary>Takes it in; changes nothing when it is known.</summary>
    /// <param name="size">As the server says.</param>
    /// <param name="bytes">The message; null when it is too large to be fetched.</param>
    /// <param name="fallback">Distinguishes messages that could not be fetched.</param>
    /// <param name="unreadable">Only note that it is there.</param>
    public async Task Take(Mailbox mailbox, long size, byte[]? bytes, string fallback, bool unreadable, CancellationToken ct)
    {
        var read = bytes is null || unreadable ? null : Understand(bytes);
        var key = bytes is null ? MailSeal.KeyOf(fallback, "", []) : MailSeal.KeyOf(read?.Body.MessageId, read?.Head.Address ?? "", bytes);
        if (await db.Received.AnyAsync(m => m.MailboxId == mailbox.Id && m.MessageKey == key, ct))
            return;
        if (read is null)
            Store(
                mailbox,
                key,
                bytes is null ? InKind.TooLarge : InKind.Unreadable,
                Nothing(bytes is null ? "mail_in_too_large" : "mail_in_unreadable"),
                size,
                null
            );
        else if (read.Report is { } report && await About(mailbox, report.MessageId is { } id ? [id] : [], ct) is { } concerned)
            Settle(mailbox, key, read, report, concerned, size);
        else
            await Store(mailbox, key, read, size, ct);
    }

    private Inbound? Understand(byte[] bytes)
    {
        try
        {
            return MailReader.Read(bytes);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // Whatever a hostile message provokes in a parser, the mailbox goes on; the message waits at the operator's.
            log.LogWarning("A MSSanté message could not be read: {Failure}", e.GetType().Name);
            return null;
        }
    }

    private void Settle(Mailbox mailbox, string key, Inbound read, InboundReport report, OutMail concerned, long size)
    {
        var now = clock.GetUtcNow();
        var news = report.Kind switch
        {
            ReportKind.Processed => concerned.Arrive(now),
            ReportKind.Bounced => concerned.Bounce(report.Code, now),
            _ => concerned.FailIntegration(report.Code, now),
        };
        if (news)
            outgoing.Tell(concerned);
        // Of a report nothing needs to be kept but that it was seen.
        Store(mailbox, key, InKind.Report, read with { Head = new("", "", ""), Body = Nothing("").Body, Files = [] }, size, concerned.Id);
    }

    private async Task Store(Mailbox mailbox, string key, Inbound read, long size, CancellationToken ct)
    {
        var answered = await About(mailbox, read.Body.References, ct);
        var mail = Store(mailbox, key, InKind.Mail, read, size, answered?.Id);
        foreach (var (file, n) in read.Files.Select((f, n) => (f, n)))
        {
            var (attachment, content) = seal.Attach(
                ids.New(),
                mailbox,
                mail.Id,
                n,
                file.Name,
                file.MediaType,
                file.Content,
                file.Verdict == Verdict.Allowed && antivirus.IsConfigured ? Verdict.Pending : file.Verdict
            );
            db.Attachments.Add(attachment);
            if (content is not null)
                db.Contents.Add(content);
        }
        if (antivirus.IsConfigured && read.Files.Any(f => f.Verdict == Verdict.Allowed))
            db.Publish(new MailFilesArrived(mail.Id), mail.Id);
        db.Publish(new MailReceived(mail.Id, mailbox.Id, mailbox.OrganisationId, mail.ReceivedAt), mailbox.Id);
        if (answered is { Origin.Length: > 0 })
            db.Publish(
                new AnswerReceived(mail.Id, answered.Id, answered.Origin, answered.OriginId, mailbox.OrganisationId, mail.ReceivedAt),
                answered.OriginId
            );
        if (
            read is { ReceiptTo: { } to, Body.MessageId: { } messageId }
            && mailbox.ClosedAt is null
            && MssAddress.Refusal(to, domains.All) is null
        )
        {
            await outgoing.Queue(
                mailbox,
                Guid.Empty,
                mail.Id,
                null,
                new OutContent(
                    [to],
                    "Accusé de réception",
                    "Votre message est arrivé dans la messagerie sécurisée de son destinataire.",
                    false,
                    messageId,
                    [messageId],
                    Receipt: new(messageId, mailbox.Address)
                ),
                [],
                ct
            );
        }
    }

    private InMail Store(Mailbox mailbox, string key, InKind kind, Inbound read, long size, Guid? answers)
    {
        var id = ids.New();
        var mail = new InMail(
            id,
            mailbox,
            key,
            kind,
            seal.Seal(read.Head, mailbox.OrganisationId, id),
            seal.Seal(read.Body, mailbox.OrganisationId, id),
            read.SentAt,
            size,
            read.Files.Count,
            read.Body.Documents.Count > 0,
            answers,
            clock.GetUtcNow()
        );
        db.Received.Add(mail);
        return mail;
    }

    /// <summary>The mail of ours, sent from this mailbox, that one of these Message-IDs names.</summary>
    private Task<OutMail?> About(Mailbox mailbox, IReadOnlyList<string> messageIds, CancellationToken ct) =>
        messageIds.Count == 0
            ? Task.FromResult<OutMail?>(null)
            : db
                .Sent.Where(m => m.MailboxId == mailbox.Id && messageIds.Contains(m.MessageId))
                .OrderByDescending(m => m.CreatedAt)
                .FirstOrDefaultAsync(ct);

    private static Inbound Nothing(string note) =>
        new(new InHead("", "", ""), new InBody(null, [], [], "", [], note.Length == 0 ? [] : [note]), null, [], null, null);
}
