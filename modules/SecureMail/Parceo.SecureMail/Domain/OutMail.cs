using Parceo.SecureMail.Contracts;

namespace Parceo.SecureMail.Domain;

/// <summary>
/// A mail to send, and what became of it. Its <see cref="MessageId"/> is made once: a second transmission after a crash
/// carries the same one, by which every receiver knows it again.
/// </summary>
internal sealed class OutMail
{
    /// <summary>After this long without an operator that takes it, it is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>One try lasts at most that long; then any node may try again.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Code of one that was refused here because of a file: it can only be written anew.</summary>
    public const string Infected = "mail_file_infected";
    private static readonly TimeSpan[] Waits = [.. new[] { 15, 30, 60, 120, 300, 600, 900 }.Select(s => TimeSpan.FromSeconds(s))];

    private OutMail() { }

    /// <summary>A new one, due at once.</summary>
    /// <param name="mailbox">From where.</param>
    /// <param name="author">Account; empty for the host itself.</param>
    /// <param name="key">Idempotency key of whoever asked.</param>
    /// <param name="origin">Module that asked; empty for a person.</param>
    /// <param name="originId">The thing there.</param>
    /// <param name="content">Sealed.</param>
    /// <param name="size">Encoded, bytes.</param>
    /// <param name="answersId">The received mail that it answers, or null.</param>
    /// <param name="isReceipt">An automatic receipt: shown in no list.</param>
    public OutMail(
        Guid id,
        Mailbox mailbox,
        Guid author,
        Guid key,
        string origin,
        Guid originId,
        byte[] content,
        int size,
        Guid? answersId,
        bool isReceipt,
        DateTimeOffset now
    )
    {
        Id = id;
        OrganisationId = mailbox.OrganisationId;
        MailboxId = mailbox.Id;
        AuthorId = author;
        Key = key;
        Origin = origin;
        OriginId = originId;
        Content = content;
        Size = size;
        AnswersId = answersId;
        IsReceipt = isReceipt;
        CreatedAt = now;
        StateAt = now;
        NextAttemptAt = now;
        State = MailState.Waiting;
        MessageId = MessageIdOf(id, mailbox.Address);
    }

    public Guid Id { get; private set; }

    /// <summary>Of the mailbox.</summary>
    public Guid OrganisationId { get; private set; }

    /// <summary>From where.</summary>
    public Guid MailboxId { get; private set; }

    /// <summary>Account that wrote it; empty for the host itself.</summary>
    public Guid AuthorId { get; private set; }

    /// <summary>Idempotency key of whoever asked.</summary>
    public Guid Key { get; private set; }

    /// <summary>Message-ID without the angle brackets; by it receipts, errors and answers are matched.</summary>
    public string MessageId { get; private set; } = "";

    /// <summary>Module that asked; empty for a person.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>The thing there.</summary>
    public Guid OriginId { get; private set; }

    /// <summary>The received mail that it answers.</summary>
    public Guid? AnswersId { get; private set; }

    /// <summary>An automatic receipt (RFC 8098).</summary>
    public bool IsReceipt { get; private set; }

    /// <summary>Recipients, subject, text: sealed (S29).</summary>
    public byte[] Content { get; private set; } = [];

    /// <summary>Encoded, bytes.</summary>
    public int Size { get; private set; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the operator took it.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Where it stands.</summary>
    public MailState State { get; private set; }

    public DateTimeOffset StateAt { get; private set; }

    /// <summary>Why: SMTP status, integration code, or a stable reason.</summary>
    public string? Code { get; private set; }

    /// <summary>Transmissions begun.</summary>
    public int Attempts { get; private set; }

    /// <summary>Next try; null when none is to come.</summary>
    public DateTimeOffset? NextAttemptAt { get; private set; }

    /// <summary>Stale writers look again.</summary>
    public int Version { get; private set; }

    /// <summary>The Message-ID of a mail: ours, hard to guess, without a name in it.</summary>
    public static string MessageIdOf(Guid id, string from) => $"{id:n}.parceo@{from[(from.LastIndexOf('@') + 1)..]}";

    /// <summary>A node transmits it now; should it die, another one may after the lease.</summary>
    public void Take(DateTimeOffset now)
    {
        Attempts++;
        NextAttemptAt = now + Lease;
        Version++;
    }

    /// <summary>The operator took it.</summary>
    /// <returns>True when that is news.</returns>
    public bool Taken(DateTimeOffset now)
    {
        if (State != MailState.Waiting)
            return false;
        SentAt = now;
        return Become(MailState.Sent, null, now);
    }

    /// <summary>The operator asks for patience: tried again after a while.</summary>
    /// <returns>True when it is given up.</returns>
    public bool Later(string code, DateTimeOffset now)
    {
        if (State != MailState.Waiting)
            return false;
        if (now - CreatedAt >= Patience)
            return Become(MailState.GivenUp, code, now);
        (Code, NextAttemptAt) = (code, now + Waits[Math.Min(Math.Max(Attempts, 1) - 1, Waits.Length - 1)]);
        Version++;
        return false;
    }

    /// <summary>Nobody answers, at the operator's or the antivirus: it stays due, so that it leaves as soon as somebody does.</summary>
    /// <returns>True when it is given up.</returns>
    public bool Stall(string code, DateTimeOffset now)
    {
        if (State != MailState.Waiting)
            return false;
        if (now - CreatedAt >= Patience)
            return Become(MailState.GivenUp, code, now);
        Code = code;
        Version++;
        return false;
    }

    /// <summary>The operator refused it for good.</summary>
    /// <returns>True when that is news.</returns>
    public bool Refuse(string code, DateTimeOffset now) => State == MailState.Waiting && Become(MailState.Refused, code, now);

    /// <summary>The antivirus refused one of its files; that may come after it was given up, and ends what could be sent again.</summary>
    /// <returns>True when that is news.</returns>
    public bool Infect(DateTimeOffset now) => State is MailState.Waiting or MailState.GivenUp && Become(MailState.Refused, Infected, now);

    /// <summary>The recipient's software has it. Bad news from another recipient stays.</summary>
    /// <returns>True when that is news.</returns>
    public bool Arrive(DateTimeOffset now) => State is MailState.Waiting or MailState.Sent && Become(MailState.Received, null, now);

    /// <summary>It came back.</summary>
    /// <returns>True when that is news.</returns>
    public bool Bounce(string? code, DateTimeOffset now) =>
        State is MailState.Waiting or MailState.Sent or MailState.Received && Become(MailState.Bounced, code, now);

    /// <summary>The recipient's software could not take it in.</summary>
    /// <returns>True when that is news.</returns>
    public bool FailIntegration(string? code, DateTimeOffset now) =>
        State is MailState.Waiting or MailState.Sent or MailState.Received && Become(MailState.IntegrationError, code, now);

    /// <summary>Once more, by a person's decision, under the same Message-ID.</summary>
    /// <returns>True when it may.</returns>
    public bool Again(DateTimeOffset now)
    {
        if (State is not (MailState.GivenUp or MailState.Refused) || Code == Infected)
            return false;
        (CreatedAt, Attempts) = (now, 0);
        Become(MailState.Waiting, null, now);
        NextAttemptAt = now;
        return true;
    }

    private bool Become(MailState state, string? code, DateTimeOffset now)
    {
        State = state;
        Code = code;
        StateAt = now;
        NextAttemptAt = null;
        Version++;
        return true;
    }
}
