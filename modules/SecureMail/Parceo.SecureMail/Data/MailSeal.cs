using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Data;

/// <summary>What is sealed of a mail to send.</summary>
/// <param name="To">Recipients.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="WantsReceipt">Asks for an MDN.</param>
/// <param name="InReplyTo">Message-ID that it answers, or null.</param>
/// <param name="References">The thread.</param>
/// <param name="Document">Travels as <c>IHE_XDM.ZIP</c>.</param>
/// <param name="Receipt">What an automatic receipt says; null for any other mail.</param>
/// <param name="PatientId">Reference to the patient whom it is about, as far as a module said so.</param>
internal sealed record OutContent(
    IReadOnlyList<string> To,
    string Subject,
    string Text,
    bool WantsReceipt,
    string? InReplyTo,
    IReadOnlyList<string> References,
    MailDocument? Document = null,
    ReceiptContent? Receipt = null,
    Guid? PatientId = null
);

/// <summary>What an MDN (RFC 8098) says of a received mail.</summary>
internal sealed record ReceiptContent(string OriginalMessageId, string Recipient);

/// <summary>Sender and subject of a received mail: what a list shows.</summary>
/// <param name="Name">Display name, or empty.</param>
/// <param name="Address">Sender's address, or empty.</param>
/// <param name="Subject">As shown: without the XDM prefix.</param>
internal sealed record InHead(string Name, string Address, string Subject);

/// <summary>The rest of a received mail.</summary>
/// <param name="MessageId">Its Message-ID, to answer it; null when it has none.</param>
/// <param name="References">The thread, at most 20.</param>
/// <param name="To">Recipients, at most 50.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Documents">Clinical documents as text.</param>
/// <param name="Notes">What was left out, and why: codes of <c>errors.fr.json</c>.</param>
internal sealed record InBody(
    string? MessageId,
    IReadOnlyList<string> References,
    IReadOnlyList<string> To,
    string Text,
    IReadOnlyList<ReadableDocument> Documents,
    IReadOnlyList<string> Notes
);

/// <summary>A clinical document as people read it.</summary>
/// <param name="Author">Who wrote it, or null.</param>
/// <param name="Patient">Name, birth date; never a number. Null when it names none.</param>
/// <param name="At">Day of the act as the document says, or null.</param>
/// <param name="Sections">Titles and texts.</param>
internal sealed record ReadableDocument(string Title, string? Author, string? Patient, string? At, IReadOnlyList<DocumentSection> Sections);

/// <summary>Seals and opens what people wrote (S29), under the key of the mailbox's organisation.</summary>
internal sealed class MailSeal(FieldCipher cipher)
{
    /// <summary>Where it is kept.</summary>
    public static readonly SealedColumn[] Columns =
    [
        new(typeof(OutMail), nameof(OutMail.Content), "securemail.out_mail", nameof(OutMail.Id)),
        new(typeof(InMail), nameof(InMail.Head), "securemail.in_mail", nameof(InMail.Id)),
        new(typeof(InMail), nameof(InMail.Body), "securemail.in_mail", nameof(InMail.Id)),
        new(typeof(Attachment), nameof(Attachment.Name), "securemail.attachment", nameof(Attachment.Id)),
        new(
            typeof(AttachmentContent),
            nameof(AttachmentContent.Content),
            "securemail.attachment_content",
            nameof(AttachmentContent.AttachmentId)
        )
        {
            Owner = typeof(Attachment),
            Link = nameof(AttachmentContent.AttachmentId),
        },
    ];

    public byte[] Seal(OutContent content, Guid organisation, Guid mail) =>
        cipher.Seal(JsonSerializer.Serialize(content), organisation, "securemail.out_mail", "content", mail);

    public OutContent Open(OutMail m) =>
        JsonSerializer.Deserialize<OutContent>(cipher.Open(m.Content, m.OrganisationId, "securemail.out_mail", "content", m.Id))!;

    /// <summary>For whoever looks at it: what does not open says so in its place. To send it, it must open.</summary>
    public OutContent Shown(OutMail m) =>
        FieldCipher.Shown(() => Open(m), new([], FieldCipher.Illegible, FieldCipher.Illegible, false, null, []));

    public byte[] Seal(InHead head, Guid organisation, Guid mail) =>
        cipher.Seal(JsonSerializer.Serialize(head), organisation, "securemail.in_mail", "head", mail);

    public InHead Head(InMail m) =>
        FieldCipher.Shown(
            () => JsonSerializer.Deserialize<InHead>(cipher.Open(m.Head, m.OrganisationId, "securemail.in_mail", "head", m.Id))!,
            new("", "", FieldCipher.Illegible)
        );

    public byte[] Seal(InBody body, Guid organisation, Guid mail) =>
        cipher.Seal(JsonSerializer.Serialize(body), organisation, "securemail.in_mail", "body", mail);

    public InBody Body(InMail m) =>
        FieldCipher.Shown(
            () => JsonSerializer.Deserialize<InBody>(cipher.Open(m.Body, m.OrganisationId, "securemail.in_mail", "body", m.Id))!,
            new(null, [], [], FieldCipher.Illegible, [], [])
        );

    public string Name(Attachment a) => cipher.Open(a.Name, a.OrganisationId, "securemail.attachment", "name", a.Id);

    /// <summary>For whoever looks at it.</summary>
    public string ShownName(Attachment a) => FieldCipher.Shown(() => Name(a), FieldCipher.Illegible);

    /// <summary>An attachment and its sealed content; without content when it is refused.</summary>
    public (Attachment Attachment, AttachmentContent? Content) Attach(
        Guid id,
        Mailbox mailbox,
        Guid mail,
        int position,
        string name,
        string mediaType,
        byte[] content,
        Verdict verdict
    ) =>
        (
            new Attachment(
                id,
                mailbox.OrganisationId,
                mailbox.Id,
                mail,
                position,
                cipher.Seal(name, mailbox.OrganisationId, "securemail.attachment", "name", id),
                mediaType,
                content.Length,
                SHA256.HashData(content),
                verdict
            ),
            verdict != Verdict.Refused
                ? new AttachmentContent(id, cipher.Seal(content, mailbox.OrganisationId, "securemail.attachment_content", "content", id))
                : null
        );

    /// <exception cref="UnreadableValueException">It is not what was stored (S43).</exception>
    public byte[] Open(Attachment a, AttachmentContent content)
    {
        var bytes = cipher.OpenBytes(content.Content, a.OrganisationId, "securemail.attachment_content", "content", a.Id);
        return SHA256.HashData(bytes).AsSpan().SequenceEqual(a.Hash)
            ? bytes
            : throw new UnreadableValueException("The attachment differs from its hash.");
    }

    /// <summary>By which a received mail is known again: its Message-ID and its sender, so that nobody else's mail can hide it; else its bytes.</summary>
    public static string KeyOf(string? messageId, string sender, ReadOnlySpan<byte> message) =>
        Convert.ToHexStringLower(
            SHA256.HashData(messageId is { Length: > 0 } ? Encoding.UTF8.GetBytes($"id:{messageId} {sender}") : message)
        );
}
