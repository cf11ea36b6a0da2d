using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using Parceo.Platform.Files;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Xdm;

namespace Parceo.SecureMail.Mime;

/// <summary>A received file after the quarantine.</summary>
/// <param name="Name">Cleaned.</param>
/// <param name="MediaType">Of the allow-list, or <c>application/octet-stream</c>.</param>
/// <param name="Content">Bytes.</param>
/// <param name="Verdict">Whether people get it.</param>
internal sealed record InboundFile(string Name, string MediaType, byte[] Content, Verdict Verdict);

/// <summary>What a receipt, an error mail or a return says of mails of ours.</summary>
internal enum ReportKind
{
    /// <summary>Taken in.</summary>
    Processed,

    /// <summary>Could not be taken in.</summary>
    IntegrationError,

    /// <summary>Came back.</summary>
    Bounced,
}

/// <summary>A report on a mail of ours.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Code">900–905, 100–207, or an SMTP status; null when it names none.</param>
/// <param name="MessageId">Of the mail that it is about.</param>
internal sealed record InboundReport(ReportKind Kind, string? Code, string? MessageId);

/// <summary>A received message, understood.</summary>
/// <param name="Head">Sender and subject.</param>
/// <param name="Body">The rest.</param>
/// <param name="SentAt">As its sender says.</param>
/// <param name="Files">Attachments, quarantined.</param>
/// <param name="Report">When it reports on a mail of ours.</param>
/// <param name="ReceiptTo">Who asks for a receipt: its own sender, nobody else; null when nobody does.</param>
internal sealed record Inbound(
    InHead Head,
    InBody Body,
    DateTimeOffset? SentAt,
    IReadOnlyList<InboundFile> Files,
    InboundReport? Report,
    string? ReceiptTo
);

/// <summary>
/// Reads a message from outside as what it is: a hostile upload (S47). Bounded in depth, parts, names and texts; HTML becomes
/// words; nothing is fetched.
/// </summary>
internal static partial class MailReader
{
    private const int Deepest = 20,
        MostParts = 200,
        MostFiles = 50,
        LongestText = 200_000,
        MostReferences = 20,
        MostRecipients = 50;
    private static readonly ParserOptions Options = new()
    {
        MaxMimeDepth = Deepest,
        MaxAddressGroupDepth = 2,
        RespectContentLength = false,
        AddressParserComplianceMode = RfcComplianceMode.Strict,
    };

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    // Mails of windows-1252 and iso-8859-15 are many; without it their headers and texts are read as something else.
    static MailReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It is no message.</exception>
    public static Inbound Read(byte[] bytes)
    {
        MimeBounds.Check(Options, bytes);
        using var memory = new MemoryStream(bytes);
        using var message = MimeMessage.Load(Options, memory);
        var notes = new List<string>();
        var sender = message.From.Mailboxes.FirstOrDefault();
        var address = MssAddress.Parse(sender?.Address) ?? Address(sender);
        var (subject, hadDocument) = Subject(message.Subject);
        var report = Report(message, message.Subject ?? "");
        var parts = Parts(message.Body, notes); // of a report as well: it may be about nothing that we know
        var files = new List<InboundFile>();
        var documents = new List<ReadableDocument>();
        foreach (var part in parts.Where(p => IsFile(p, message)))
        {
            if (files.Count >= MostFiles)
            {
                notes.Add("mail_parts_left_out");
                break;
            }
            Quarantine(part, files, documents, notes);
        }
        var text = Text(message, parts, notes);
        return new(
            new InHead(Name(sender), address, subject.Length == 0 ? "(sans objet)" : subject),
            new InBody(
                MailWriter.MessageIdOf(message.MessageId),
                Thread(message),
                [.. message.To.Mailboxes.Concat(message.Cc.Mailboxes).Take(MostRecipients).Select(m => MssAddress.Shown(Address(m)))],
                text,
                documents,
                [.. notes.Distinct()]
            ),
            message.Date == DateTimeOffset.MinValue ? null : message.Date.ToUniversalTime(),
            files,
            report,
            report is null ? ReceiptTo(message, address) : null
        );
    }

    /// <summary>The subject as shown: without the XDM prefix.</summary>
    internal static (string Shown, bool HadPrefix) Subject(string? subject)
    {
        var line = PlainText.Line(subject, 400);
        return line.Contains(MailWriter.XdmPrefix, StringComparison.OrdinalIgnoreCase)
            ? (PlainText.Line(line.Replace(MailWriter.XdmPrefix, "", StringComparison.OrdinalIgnoreCase), 300), true)
            : (PlainText.Line(line, 300), false);
    }

    /// <summary>A domain of other letters than it seems is shown as what it is: <c>xn--…</c>.</summary>
    private static string Address(MailboxAddress? of)
    {
        if (of is null)
            return "";
        try
        {
            return PlainText.Line(MailboxAddress.EncodeAddrspec(of.Address), 254);
        }
        catch (ArgumentException)
        {
            return PlainText.Line(of.Address, 254);
        }
    }

    /// <summary>Underscores of MSSanté's names (« Dr_Anne_PETIT ») stand for spaces (ECO.2.2.7). A name that poses as an address is none: lists show the name alone.</summary>
    private static string Name(MailboxAddress? of) =>
        PlainText.Line(of?.Name?.Replace('_', ' '), 200) is var name && name.IndexOfAny(['@', '\uFF20', '\uFE6B']) < 0 ? name : "";

    private static List<MimeEntity> Parts(MimeEntity? body, List<string> notes)
    {
        var (found, waiting) = (new List<MimeEntity>(), new Stack<MimeEntity>());
        if (body is not null)
            waiting.Push(body);
        while (waiting.TryPop(out var entity))
        {
            if (found.Count >= MostParts)
            {
                notes.Add("mail_parts_left_out");
                break;
            }
            if (entity is Multipart multipart)
                foreach (var child in multipart.Reverse())
                    waiting.Push(child);
            else
                found.Add(entity);
        }
        return found;
    }

    private static bool IsFile(MimeEntity part, MimeMessage message) =>
        part switch
        {
            MessagePart or MessageDispositionNotification or MessageDeliveryStatus => false,
            TextPart text => text.IsAttachment
                || !(text.IsPlain || text.IsHtml)
                || (text.FileName is { Length: > 0 } && message.Body != part),
            _ => true,
        };

    private static string Text(MimeMessage message, List<MimeEntity> parts, List<string> notes)
    {
        var shown = parts.OfType<TextPart>().Where(p => !IsFile(p, message)).ToHashSet();
        var text = PlainText.Of(Words(message.Body, shown), LongestText);
        if (text.Length >= LongestText)
            notes.Add("mail_text_cut");
        foreach (var inner in parts.OfType<MessagePart>().Take(3).Select(p => p.Message).OfType<MimeMessage>())
        {
            // A forwarded message: its words; its files are asked for at the sender's.
            text += $"\n\n— Message joint : {Subject(inner.Subject).Shown} —\n{PlainText.Of(inner.TextBody, 20_000)}";
            if (inner.BodyParts.Take(MostParts).Any(p => p.IsAttachment))
                notes.Add("mail_inner_files");
        }
        return text.Trim();
    }

    /// <summary>
    /// The words of a message in their order. Of an alternative one, plain text before a page; of a mixed one all, for programs
    /// put a file between two texts; a page that repeats the text before it is left out.
    /// </summary>
    private static string Words(MimeEntity? entity, HashSet<TextPart> shown)
    {
        switch (entity)
        {
            case TextPart text when shown.Contains(text):
                return text.IsPlain ? PlainText.Of(Decoded(text), LongestText) : PlainText.OfHtml(Decoded(text), LongestText);
            case MultipartAlternative alternative:
                return
                    Words(alternative.FirstOrDefault(p => p is TextPart { IsPlain: true } && Words(p, shown).Length > 0), shown)
                        is { Length: > 0 } plain
                    ? plain
                    : alternative.Select(p => Words(p, shown)).FirstOrDefault(t => t.Length > 0) ?? "";
            case Multipart multipart:
                var all = new List<string>();
                foreach (var words in multipart.Select(p => Words(p, shown)).Where(t => t.Length > 0))
                    if (all.Count == 0 || Bare(all[^1]) != Bare(words))
                        all.Add(words);
                return string.Join("\n\n", all);
            default:
                return "";
        }

        static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
    }

    /// <summary>As its charset says, unless its bytes say otherwise: Windows-1252 is sent under every name.</summary>
    private static string Decoded(TextPart text)
    {
        if (text.Content is null)
            return "";
        using var memory = new MemoryStream();
        text.Content.DecodeTo(memory);
        var bytes = memory.GetBuffer().AsSpan(0, (int)memory.Length);
        var charset = text.ContentType.Charset?.Trim().Trim('"') ?? "";
        if (charset.Length > 0 && !Unsaid.Contains(charset, StringComparer.OrdinalIgnoreCase))
            try
            {
                return Encoding.GetEncoding(charset).GetString(bytes);
            }
            catch (ArgumentException) { } // no charset of this world: by the bytes
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding(1252).GetString(bytes);
        }
    }

    // Written by programs that did not look.
    private static readonly string[] Unsaid =
    [
        "utf-8",
        "utf8",
        "us-ascii",
        "ascii",
        "iso-8859-1",
        "latin1",
        "windows-1252",
        "unknown-8bit",
    ];

    private static void Quarantine(MimeEntity entity, List<InboundFile> files, List<ReadableDocument> documents, List<string> notes)
    {
        if (entity is not MimePart { Content: { } content } part)
            return;
        using var memory = new MemoryStream();
        content.DecodeTo(memory);
        var (name, bytes) = (MailFiles.Clean(part.FileName ?? (part is TextPart ? "texte.txt" : null)), memory.ToArray());
        if (name.Equals(MailWriter.XdmName, StringComparison.OrdinalIgnoreCase))
        {
            var xdm = XdmReader.Read(bytes);
            documents.AddRange(xdm.Documents.Take(XdmReader.MostDocuments - documents.Count));
            if (documents.Count < xdm.Documents.Count)
                notes.Add("mail_parts_left_out");
            foreach (var (inner, innerBytes) in xdm.Files.Take(MostFiles))
                Keep(MailFiles.Clean(inner), innerBytes);
            if (xdm.Problem is { } problem)
                notes.Add(problem);
            files.Add(new(name, "application/zip", bytes, xdm.Problem is null ? Verdict.Allowed : Verdict.Refused));
        }
        else if (
            Path.GetExtension(name).Equals(".xml", StringComparison.OrdinalIgnoreCase)
            && documents.Count < XdmReader.MostDocuments
            && CdaReader.Read(bytes) is { } cda
        )
        {
            documents.Add(cda.Document);
            if (cda.Body is { } inside)
                Keep(inside.Name, inside.Content);
        }
        else
            Keep(name, bytes);

        void Keep(string file, byte[] of)
        {
            file = FileKinds.WithEnding(file, of);
            var type = MailFiles.TypeOf(file, of);
            if (type is null)
                notes.Add("mail_file_refused");
            else if (ActiveContent.IsIn(of))
                notes.Add("mail_file_active"); // forms of the administration calculate; who reads it is told
            files.Add(new(file, type ?? "application/octet-stream", of, type is null ? Verdict.Refused : Verdict.Allowed));
        }
    }

    private static IReadOnlyList<string> Thread(MimeMessage message) =>
        [
            .. new[] { message.InReplyTo }
                .Concat(message.References.Take(200).Reverse())
                .Select(MailWriter.MessageIdOf)
                .OfType<string>()
                .Distinct()
                .Take(MostReferences),
        ];

    /// <summary>Only to the sender itself: a receipt to a third address would be a way to make Parceo write to anybody.</summary>
    private static string? ReceiptTo(MimeMessage message, string sender)
    {
        if (
            message.Headers[HeaderId.DispositionNotificationTo] is not { } asked
            || !InternetAddressList.TryParse(Options, asked, out var list)
        )
            return null;
        var automatic =
            message.Headers[HeaderId.AutoSubmitted] is { } auto && !auto.Trim().Equals("no", StringComparison.OrdinalIgnoreCase);
        return !automatic && list.Mailboxes.Count() == 1 && MssAddress.Parse(list.Mailboxes.First().Address) is { } to && to == sender
            ? to
            : null;
    }

    private static InboundReport? Report(MimeMessage message, string subject)
    {
        if (message.Body is Multipart body && message.Body.ContentType.IsMimeType("multipart", "report"))
        {
            var original = Original(body);
            if (body.OfType<MessageDispositionNotification>().FirstOrDefault(IsShort) is { } receipt)
            {
                var disposition = receipt.Fields["Disposition"] ?? "";
                var id = MailWriter.MessageIdOf(receipt.Fields["Original-Message-ID"]) ?? original;
                var failed =
                    disposition.Contains("error", StringComparison.OrdinalIgnoreCase)
                    || disposition.Contains("failed", StringComparison.OrdinalIgnoreCase);
                if (
                    !failed
                    && !disposition.Contains("processed", StringComparison.OrdinalIgnoreCase)
                    && !disposition.Contains("displayed", StringComparison.OrdinalIgnoreCase)
                )
                    return null;
                var code = failed ? ErrorCode().Match($"{receipt.Fields["Error"]} {receipt.Fields["Failure"]} {disposition}") : Match.Empty;
                return new(
                    failed ? ReportKind.IntegrationError : ReportKind.Processed,
                    code.Success ? code.Groups["code"].Value : null,
                    id
                );
            }
            if (body.OfType<MessageDeliveryStatus>().FirstOrDefault(IsShort) is { } status)
            {
                var failed = status
                    .StatusGroups.Take(50)
                    .FirstOrDefault(g => "failed".Equals(g["Action"]?.Trim(), StringComparison.OrdinalIgnoreCase));
                return failed is null
                    ? null
                    : new(ReportKind.Bounced, PlainText.Line(failed["Status"], 20) is { Length: > 0 } code ? code : null, original);
            }
        }
        var plain = PlainText.Line(subject, 400).Replace('’', '\'').Replace('\u00A0', ' ').Replace('\u202F', ' ');
        return IntegrationSubject().Match(plain) is { Success: true } match
            ? new(
                ReportKind.IntegrationError,
                match.Groups["code"].Value is { Length: > 0 } said ? said : null,
                message.Body is Multipart all ? Original(all) : null
            )
            : null;
    }

    /// <summary>Fields of a report are read into objects: not millions of them.</summary>
    private static bool IsShort(MimePart part) => part.Content?.Stream is { Length: <= 64 * 1024 };

    private static string? Original(Multipart body)
    {
        foreach (var part in body.Take(MostParts))
        {
            if (part is MessagePart { Message: { } inner })
                return MailWriter.MessageIdOf(inner.MessageId);
            if (
                part is TextPart text
                && text.ContentType.IsMimeType("text", "rfc822-headers")
                && OwnHeader().Match(text.Text) is { Success: true } header
            )
                return MailWriter.MessageIdOf(header.Groups["id"].Value);
        }
        return null;
    }

    [GeneratedRegex(
        @"^\s*\[(KO Intégration système ?!|Erreur d'intégration ?!)\]\s*(\[(?<code>\d{1,3})\])?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex IntegrationSubject();

    [GeneratedRegex(@"\b(?<code>\d{1,3})\^", RegexOptions.CultureInvariant)]
    private static partial Regex ErrorCode();

    [GeneratedRegex(
        @"^Message-ID:\s*(?<id><[^>\s]{1,250}>)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex OwnHeader();
}
