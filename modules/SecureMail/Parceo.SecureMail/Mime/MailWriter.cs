using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Xdm;

namespace Parceo.SecureMail.Mime;

/// <summary>
/// Writes a mail as the référentiel socle MSSanté #2 wants it. Header values come from configuration and data; whatever a
/// person typed is one line (validated before) and goes through RFC 2047.
/// </summary>
internal static partial class MailWriter
{
    /// <summary>The subject's beginning when an <c>IHE_XDM.ZIP</c> is attached; a reader does not show it.</summary>
    public const string XdmPrefix = "XDM/1.0/DDM+";

    /// <summary>The one name that the attachment may have.</summary>
    public const string XdmName = "IHE_XDM.ZIP";

    /// <summary>The bytes to hand over: the same for every try, but for the boundaries of its parts.</summary>
    /// <param name="id">Of the mail: its documents derive their ids from it.</param>
    /// <param name="messageId">Message-ID.</param>
    /// <param name="fromName">As recipients see it.</param>
    /// <param name="content">What to say.</param>
    /// <param name="files">Attachments.</param>
    /// <param name="nil">X-MSS-NIL, or null.</param>
    /// <param name="at">When it was written.</param>
    public static byte[] Write(
        Guid id,
        string messageId,
        string fromName,
        string from,
        OutContent content,
        IReadOnlyList<MailFile> files,
        string? nil,
        DateTimeOffset at
    )
    {
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress(fromName, from));
        message.To.AddRange(content.To.Select(t => new MailboxAddress("", t)));
        (message.MessageId, message.Date, message.Subject) = (messageId, at, SubjectOf(content));
        if (content.InReplyTo is { } answered)
            message.InReplyTo = answered;
        foreach (var reference in content.References)
            message.References.Add(reference);
        if (nil is not null)
            message.Headers.Add("X-MSS-NIL", nil);
        if (content.WantsReceipt)
            message.Headers.Add(HeaderId.DispositionNotificationTo, from);
        if (content.Document is { } document)
        {
            message.Headers.Add("X-MSS-CODECDA", document.Code);
            message.Headers.Add("X-MSS-INS", "N"); // Parceo holds no qualified INS yet
        }
        if (content.Receipt is { } receipt)
            message.Headers.Add(HeaderId.AutoSubmitted, "auto-replied");
        message.Body = content.Receipt is { } asked ? ReceiptBody(content, asked) : Body(id, content, files, at);
        using var memory = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        message.WriteTo(format, memory);
        return memory.ToArray();
    }

    /// <summary>The subject on the wire: with a document, the national rule puts the patient's traits into it.</summary>
    public static string SubjectOf(OutContent content)
    {
        if (content.Document is not { } d)
            return content.Subject;
        var born = d.Patient.BirthDate?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        return XdmPrefix
            + string.Join(
                ' ',
                new[] { d.Title, d.Patient.BirthName.ToUpperInvariant(), d.Patient.FirstNames, born }.Where(t => !string.IsNullOrEmpty(t))
            );
    }

    private static MimeEntity Body(Guid id, OutContent content, IReadOnlyList<MailFile> files, DateTimeOffset at)
    {
        var text = new TextPart("plain") { Text = content.Text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        if (files.Count == 0 && content.Document is null)
            return text;
        var all = new Multipart("mixed") { text };
        if (content.Document is { } document)
        {
            var pdf = PlainPdf.Of(document);
            all.Add(Part(XdmName, "application/zip", XdmWriter.Write(id, document, pdf, at)));
            all.Add(
                Part(
                    $"{at:yyyyMMdd}_{MailFiles.Clean(document.Title).Replace(' ', '_')}_{MailFiles.Clean(document.Patient.BirthName)}.pdf",
                    "application/pdf",
                    pdf
                )
            );
        }
        foreach (var file in files)
            all.Add(Part(file.Name, MailFiles.TypeOf(file.Name, file.Content) ?? "application/octet-stream", file.Content));
        return all;
    }

    private static MimePart Part(string name, string type, byte[] content) =>
        new(type)
        {
            Content = new MimeContent(new MemoryStream(content)),
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = name },
            ContentTransferEncoding = ContentEncoding.Base64,
            FileName = name,
        };

    // RFC 8098: a text for people, fields for programs.
    private static MultipartReport ReceiptBody(OutContent content, ReceiptContent receipt)
    {
        var fields = new MessageDispositionNotification();
        fields.Fields.Add("Reporting-UA", "Parceo");
        fields.Fields.Add("Final-Recipient", $"rfc822;{receipt.Recipient}");
        fields.Fields.Add("Original-Message-ID", $"<{receipt.OriginalMessageId}>");
        fields.Fields.Add("Disposition", "automatic-action/MDN-sent-automatically; processed");
        return new MultipartReport("disposition-notification")
        {
            new TextPart("plain") { Text = content.Text },
            fields,
        };
    }

    /// <summary>A Message-ID without its brackets, or null when the text is none that a header may carry: one that could not be written in an answer is none.</summary>
    public static string? MessageIdOf(string? text) =>
        text?.Trim().TrimStart('<').TrimEnd('>') is { Length: > 2 and <= 250 } id && PlainId().IsMatch(id) ? id : null;

    // What people's software makes; quotes, comments and the like are allowed by RFC 5322, and refused by half of those who write them again.
    [GeneratedRegex(
        @"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex PlainId();
}
