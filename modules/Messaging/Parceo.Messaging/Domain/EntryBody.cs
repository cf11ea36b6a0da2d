using Parceo.SecureMail.Contracts;

namespace Parceo.Messaging.Domain;

/// <summary>What an entry says, sealed at rest as one text (S29). Members that do not apply are null.</summary>
/// <param name="Text">Light Markdown, as written; 1–8 000 characters.</param>
/// <param name="Mentions">Members named in it.</param>
/// <param name="ReplyTo">Sequence number of the message it answers.</param>
/// <param name="Topic">Topic of the channel it belongs to.</param>
/// <param name="Priority">Asks every recipient to confirm.</param>
/// <param name="Files">Attached files, already looked at.</param>
/// <param name="Emoji">Of a reaction.</param>
/// <param name="Person">Who joined, left, or was given the thread.</param>
/// <param name="Title">New title of the conversation or of a topic.</param>
/// <param name="Mail">Where a message went that left by MSSanté.</param>
/// <param name="State">Where such a message stands now.</param>
/// <param name="Code">Why: SMTP status, integration code, or an error code.</param>
/// <param name="Outside">Who wrote it, when it came back by MSSanté.</param>
internal sealed record EntryBody(
    string? Text = null,
    IReadOnlyList<Guid>? Mentions = null,
    long? ReplyTo = null,
    Guid? Topic = null,
    bool Priority = false,
    IReadOnlyList<AttachedFile>? Files = null,
    string? Emoji = null,
    Guid? Person = null,
    string? Title = null,
    MailTo? Mail = null,
    MailState? State = null,
    string? Code = null,
    Outsider? Outside = null
)
{
    private const int LineLength = 140;

    /// <summary>Its beginning on one line, as lists show it; of a message that is nothing but files, the first one.</summary>
    public string Beginning() =>
        !string.IsNullOrWhiteSpace(Text) ? Beginning(Outside is null ? LightMarkdown.Plain(Text) : Text)
        : Files is [var file, ..] ? file.Title()
        : "";

    /// <summary>The beginning of a text on one line.</summary>
    public static string Beginning(string text)
    {
        text = text.ReplaceLineEndings(" ");
        return text.Length <= LineLength ? text : string.Concat(text.AsSpan(0, LineLength), "…");
    }
}

/// <summary>Where a message went that left by MSSanté.</summary>
/// <param name="To">MSSanté address.</param>
/// <param name="Name">Whose it is; the address when the national extraction does not say.</param>
/// <param name="From">Mailbox that it leaves from.</param>
/// <param name="Subject">One line.</param>
internal sealed record MailTo(string To, string Name, string From, string Subject);

/// <summary>Somebody without an account who answered by MSSanté.</summary>
/// <param name="Name">As their mail says.</param>
/// <param name="Address">As their mail says.</param>
/// <param name="MailId">The received mail in SecureMail.</param>
/// <param name="Files">Attachments that are there only: archives, and what is not allowed here.</param>
internal sealed record Outsider(string Name, string Address, Guid MailId, int Files);

/// <summary>An attached file as a message shows it.</summary>
/// <param name="Id">To download it.</param>
/// <param name="Name">As its sender called it, cleaned.</param>
/// <param name="Type">Media type of the allow-list.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Voice">A voice note: played where it stands.</param>
/// <param name="Seconds">How long it lasts, as its recorder says.</param>
internal sealed record AttachedFile(Guid Id, string Name, string Type, long Size, bool Voice = false, int? Seconds = null)
{
    /// <summary>As one line says it: « Message vocal, 1:05 », or its name.</summary>
    public string Title() =>
        !Voice ? Name
        : Seconds is { } s ? $"Message vocal, {s / 60}:{s % 60:00}"
        : "Message vocal";
}
