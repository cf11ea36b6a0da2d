using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Mime;
using Parceo.SecureMail.Operator;

namespace Parceo.SecureMail.Data;

/// <summary>Takes mails into the queue: what pages, other modules and receipts share. Refuses before anything is stored.</summary>
internal sealed class Outgoing(SecureMailDb db, MailSeal seal, OperatorSettings settings, TrustedDomains domains, IIds ids, TimeProvider clock)
{
    /// <summary>Recipients of one mail, at most.</summary>
    public const int MostRecipients = 20;
    /// <summary>Files of one mail, at most.</summary>
    public const int MostFiles = 10;

    /// <summary>A mail, due at once; published and not yet saved.</summary>
    /// <exception cref="ConflictException">There is no operator.</exception>
    /// <exception cref="InvalidException">A recipient is outside the espace de confiance, a file is not allowed, or all is too large.</exception>
    public OutMail Queue(Mailbox from, Guid author, Guid key, MailOrigin? origin, OutContent content, IReadOnlyList<MailFile> files, Guid? answersId = null)
    {
        if (!settings.IsConfigured) throw new ConflictException("mail_no_operator");
        if (from.ClosedAt is not null) throw new ConflictException("mailbox_closed");
        content = content with { To = Recipients(content.To) };
        if (files.Count > MostFiles) throw InvalidException.Of("files", "mail_too_many_files");
        files = [.. files.Select(f => f with { Name = FileKinds.Clean(f.Name) })];
        if (files.Any(f => FileKinds.TypeOf(f.Name, f.Content) is null)) throw InvalidException.Of("files", "mail_file_refused");
        var (id, now) = (ids.New(), clock.GetUtcNow());
        var bytes = MailWriter.Write(id, OutMail.MessageIdOf(id, from.Address), from.Name, from.Address, content, files, settings.Nil, now);
        if (bytes.LongLength > settings.MaxBytes) throw InvalidException.Of("files", "mail_too_large");
        var mail = new OutMail(id, from, author, key, origin?.Module ?? "", origin?.Id ?? Guid.Empty, seal.Seal(content, from.OrganisationId, id), bytes.Length, answersId, content.Receipt is not null, now);
        db.Sent.Add(mail);
        foreach (var (file, n) in files.Select((f, n) => (f, n)))
        {
            var (attachment, stored) = seal.Attach(ids.New(), from, id, n, file.Name, FileKinds.TypeOf(file.Name, file.Content)!, file.Content, Verdict.Allowed);
            db.Attachments.Add(attachment);
            db.Contents.Add(stored!);
        }
        db.Publish(new MailDue(id), id);
        if (origin is not null) Tell(mail);
        return mail;
    }

    /// <summary>A changed state, told to whoever asked for the mail.</summary>
    public void Tell(OutMail m)
    {
        if (!m.IsReceipt) db.Publish(new MailStateChanged(m.Id, m.Origin, m.OriginId, m.OrganisationId, m.AuthorId, m.State, m.Code, m.StateAt), m.Id);
    }

    /// <summary>References of a mail that answers this one, oldest first (RFC 5322).</summary>
    public static IReadOnlyList<string> ThreadOf(InBody? answered) => answered is null ? [] : [.. answered.References.Reverse().Append(answered.MessageId).OfType<string>()];

    private List<string> Recipients(IReadOnlyList<string> given)
    {
        var parsed = given.Select(g => MssAddress.Parse(g) ?? throw InvalidException.Of("to", "mail_address_invalid")).Distinct().ToList();
        if (parsed.Count is 0 or > MostRecipients) throw InvalidException.Of("to", parsed.Count == 0 ? "mail_recipient_missing" : "mail_too_many_recipients");
        var trusted = domains.All;
        foreach (var address in parsed) if (MssAddress.Refusal(address, trusted) is { } code) throw InvalidException.Of("to", code);
        return parsed;
    }
}
