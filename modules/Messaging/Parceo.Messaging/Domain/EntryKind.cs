namespace Parceo.Messaging.Domain;

/// <summary>What an entry of a conversation's log says. Stored by number: append only. On the wire by name (docs/messaging-protocol.md §2).</summary>
internal enum EntryKind
{
    Message = 1,
    Edit = 2,
    Delete = 3,
    React = 4,
    Unreact = 5,
    Confirm = 6,
    Take = 7,
    Release = 8,
    Join = 9,
    Leave = 10,
    Title = 11,
    Topic = 12,
    Resolve = 13,
    Reopen = 14,
    Assign = 15,
    Done = 16,
    Undone = 17,
    Mail = 18,
    MailState = 19,
}

/// <summary>What kinds of entries have in common.</summary>
internal static class EntryKinds
{
    /// <summary>Stands in the thread as a line of its own; the others change the message they point at.</summary>
    public static bool IsLine(this EntryKind kind) => kind is EntryKind.Message or (>= EntryKind.Join and not EntryKind.MailState);

    /// <summary>Something that somebody wrote to be read: it is counted, told and shown in lists.</summary>
    public static bool IsWriting(this EntryKind kind) => kind is EntryKind.Message or EntryKind.Mail;

    /// <summary>May be posted through the queue by a member.</summary>
    public static bool IsPosted(this EntryKind kind) => kind is >= EntryKind.Message and <= EntryKind.Release;
}
