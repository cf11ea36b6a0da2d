using Parceo.Platform;
using Parceo.Platform.Files;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Events;
using Parceo.SecureMail.Mime;
using Parceo.SecureMail.Operator;

namespace Parceo.SecureMail.Services;

/// <summary>Takes mails into the queue: what pages, other modules and receipts share. Refuses before anything is stored.</summary>
internal sealed class Outgoing(
    SecureMailDb db,
    MailSeal seal,
    OperatorSettings settings,
    TrustedDomains domains,
    Antivirus antivirus,
    IIds ids,
    TimeProvider clock
)
{
    /// <summary>Recipients of one mail, at most.</summary>
    public const int MostRecipients = 20;

    /// <summary>Files of one mail, at most.</summary>
    public const int MostFiles = 10;

    /// <summary>A mail, due at once; published and not yet saved.</summary>
    /// <exception cref="ConflictException">There is no operator.</exception>
    /// <exception cref="InvalidException">A recipient is outside the espace de confiance, a file is not allowed, or all is too large.</exception>
    public async Task<OutMail> Queue(
        Mailbox from,
        Guid author,
        Guid key,
        MailOrigin? origin,
        OutContent content,
        IReadOnlyList<MailFile> given,
        CancellationToken ct,
        Guid? answersId = null
    )
    {
        if (!settings.IsConfigured)
            throw new ConflictException("mail_no_operator");
        if (from.ClosedAt is not null)
            throw new ConflictException("mailbox_closed");
        content = content with { To = Recipients(content.To) };
        if (given.Count > MostFiles)
            throw InvalidException.Of("files", "mail_too_many_files");
        var files = new List<(MailFile File, string Type)>(given.Count);
        foreach (var file in given)
            files.Add(await Clean(file, ct));
        var (id, now) = (ids.New(), clock.GetUtcNow());
        var bytes = MailWriter.Write(
            id,
            OutMail.MessageIdOf(id, from.Address),
            from.Name,
            from.Address,
            content,
            [.. files.Select(f => f.File)],
            settings.Nil,
            now
        );
        if (bytes.LongLength > settings.MaxBytes)
            throw InvalidException.Of("files", "mail_too_large");
        var mail = new OutMail(
            id,
            from,
            author,
            key,
            origin?.Module ?? "",
            origin?.Id ?? Guid.Empty,
            seal.Seal(content, from.OrganisationId, id),
            bytes.Length,
            answersId,
            content.Receipt is not null,
            now
        );
        db.Sent.Add(mail);
        foreach (var (n, (file, type)) in files.Index())
        {
            var (attachment, stored) = seal.Attach(
                ids.New(),
                from,
                id,
                n,
                file.Name,
                type,
                file.Content,
                antivirus.IsConfigured ? Verdict.Pending : Verdict.Allowed
            );
            db.Attachments.Add(attachment);
            db.Contents.Add(stored!);
        }
        if (files.Count > 0 && antivirus.IsConfigured)
            db.Publish(new MailFilesArrived(id), id);
        else
            db.Publish(new MailDue(id), id);
        if (origin is not null)
            Tell(mail);
        return mail;
    }

    /// <summary>A changed state, told to whoever asked for the mail.</summary>
    public void Tell(OutMail m)
    {
        if (!m.IsReceipt)
            db.Publish(new MailStateChanged(m.Id, m.Origin, m.OriginId, m.OrganisationId, m.AuthorId, m.State, m.Code, m.StateAt), m.Id);
    }

    /// <summary>As it leaves: a picture without what it says of its camera, place and hour (S42).</summary>
    private static async Task<(MailFile, string)> Clean(MailFile file, CancellationToken ct)
    {
        var name = MailFiles.Clean(file.Name);
        var type = MailFiles.TypeOf(name, file.Content) ?? throw InvalidException.Of("files", "mail_file_refused");
        if (ActiveContent.IsIn(file.Content))
            throw InvalidException.Of("files", "mail_file_active_refused");
        return (
            new MailFile(
                name,
                await FileInspection.Clean(type, file.Content, ct) ?? throw InvalidException.Of("files", "mail_file_refused")
            ),
            type
        );
    }

    /// <summary>References of a mail that answers this one, oldest first (RFC 5322).</summary>
    public static IReadOnlyList<string> ThreadOf(InBody? answered) =>
        answered is null ? [] : [.. answered.References.Reverse().Append(answered.MessageId).OfType<string>()];

    private List<string> Recipients(IReadOnlyList<string> given)
    {
        var parsed = given.Select(g => MssAddress.Parse(g) ?? throw InvalidException.Of("to", "mail_address_invalid")).Distinct().ToList();
        if (parsed.Count is 0 or > MostRecipients)
            throw InvalidException.Of("to", parsed.Count == 0 ? "mail_recipient_missing" : "mail_too_many_recipients");
        var trusted = domains.All;
        foreach (var address in parsed)
            if (MssAddress.Refusal(address, trusted) is { } code)
                throw InvalidException.Of("to", code);
        return parsed;
    }
}
