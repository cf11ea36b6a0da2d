namespace Parceo.SecureMail.Domain;

/// <summary>What came in.</summary>
internal enum InKind
{
    /// <summary>A mail to read.</summary>
    Mail = 1,

    /// <summary>A receipt or an error about a mail of ours: it changed that mail's state and is shown there.</summary>
    Report = 2,

    /// <summary>Too large to be taken in: to be read at the operator's.</summary>
    TooLarge = 3,

    /// <summary>It could not be understood: to be read at the operator's.</summary>
    Unreadable = 4,
}

/// <summary>A received mail. What a person wrote is sealed (S29); it is known again by mailbox and Message-ID (S56).</summary>
internal sealed class InMail
{
    private InMail() { }

    /// <summary>A new one.</summary>
    /// <param name="messageKey">Hash of its Message-ID, or of its bytes when it has none.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="head">Sender and subject, sealed.</param>
    /// <param name="body">The rest, sealed.</param>
    /// <param name="sentAt">As its sender says.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="files">Attachments.</param>
    /// <param name="hasDocument">A clinical document was read in it.</param>
    /// <param name="answersId">The mail of ours that it answers or reports on.</param>
    public InMail(
        Guid id,
        Mailbox mailbox,
        string messageKey,
        InKind kind,
        byte[] head,
        byte[] body,
        DateTimeOffset? sentAt,
        long size,
        int files,
        bool hasDocument,
        Guid? answersId,
        DateTimeOffset now
    )
    {
        Id = id;
        OrganisationId = mailbox.OrganisationId;
        MailboxId = mailbox.Id;
        MessageKey = messageKey;
        Kind = kind;
        Head = head;
        Body = body;
        SentAt = sentAt;
        Size = size;
        Files = files;
        HasDocument = hasDocument;
        AnswersId = answersId;
        ReceivedAt = now;
    }

    public Guid Id { get; private set; }

    /// <summary>Of the mailbox.</summary>
    public Guid OrganisationId { get; private set; }

    public Guid MailboxId { get; private set; }

    /// <summary>By which it is known again.</summary>
    public string MessageKey { get; private set; } = "";

    /// <summary>What it is.</summary>
    public InKind Kind { get; private set; }

    /// <summary>Sender and subject, sealed.</summary>
    public byte[] Head { get; private set; } = [];

    /// <summary>Recipients, text, documents: sealed.</summary>
    public byte[] Body { get; private set; } = [];

    /// <summary>As its sender says.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>When it was collected.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    /// <summary>Attachments.</summary>
    public int Files { get; private set; }

    /// <summary>A clinical document was read in it.</summary>
    public bool HasDocument { get; private set; }

    /// <summary>The mail of ours that it answers or reports on.</summary>
    public Guid? AnswersId { get; private set; }

    /// <summary>When somebody first opened it.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>Account that did.</summary>
    public Guid? ReadBy { get; private set; }

    /// <summary>Somebody opens it; the first time counts.</summary>
    public void Read(Guid by, DateTimeOffset now)
    {
        if (ReadAt is null)
            (ReadAt, ReadBy) = (now, by);
    }

    /// <summary>To be read again.</summary>
    public void Unread() => (ReadAt, ReadBy) = (null, null);
}
