namespace Parceo.SecureMail.Domain;

/// <summary>Whether a file may be given to people (S42).</summary>
internal enum Verdict
{
    /// <summary>Its name and its content agree on an allowed kind.</summary>
    Allowed = 1,

    /// <summary>Kept from everybody; its content was not stored.</summary>
    Refused = 2,

    /// <summary>Waits for the antivirus: nobody gets it yet, and its mail does not leave.</summary>
    Pending = 3,
}

/// <summary>A file of a mail; its content stands in <see cref="AttachmentContent"/>, so that lists never load it.</summary>
internal sealed class Attachment
{
    private Attachment() { }

    /// <param name="organisationId">Of the mailbox.</param>
    /// <param name="mailId">Of a sent or a received mail.</param>
    /// <param name="position">0, 1, 2…</param>
    /// <param name="name">Sealed.</param>
    /// <param name="mediaType">Of the allow-list, or <c>application/octet-stream</c>.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="hash">SHA-256 of the content, checked at each reading (S43).</param>
    /// <param name="verdict">Whether people get it.</param>
    public Attachment(
        Guid id,
        Guid organisationId,
        Guid mailboxId,
        Guid mailId,
        int position,
        byte[] name,
        string mediaType,
        long size,
        byte[] hash,
        Verdict verdict
    )
    {
        Id = id;
        OrganisationId = organisationId;
        MailboxId = mailboxId;
        MailId = mailId;
        Position = position;
        Name = name;
        MediaType = mediaType;
        Size = size;
        Hash = hash;
        Verdict = verdict;
    }

    public Guid Id { get; private set; }

    /// <summary>Of the mailbox.</summary>
    public Guid OrganisationId { get; private set; }

    public Guid MailboxId { get; private set; }

    /// <summary>Of a sent or a received mail.</summary>
    public Guid MailId { get; private set; }

    /// <summary>0, 1, 2…</summary>
    public int Position { get; private set; }

    /// <summary>File name, sealed.</summary>
    public byte[] Name { get; private set; } = [];

    /// <summary>Of the allow-list, or <c>application/octet-stream</c>.</summary>
    public string MediaType { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    /// <summary>SHA-256 of the content.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>Whether people get it.</summary>
    public Verdict Verdict { get; private set; }

    /// <summary>What the antivirus says.</summary>
    public void Judge(bool clean) => Verdict = clean ? Verdict.Allowed : Verdict.Refused;
}

/// <summary>The bytes of an allowed attachment, sealed.</summary>
internal sealed class AttachmentContent(Guid attachmentId, byte[] content)
{
    /// <summary>The attachment.</summary>
    public Guid AttachmentId { get; private set; } = attachmentId;

    /// <summary>Sealed.</summary>
    public byte[] Content { get; private set; } = content;
}
