using System.Text.Json;
using System.Text.Json.Serialization;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Data;

/// <summary>
/// Seals and opens what people write (S29), under the key of the conversation's organisation and for its place only. All of it
/// is shown among others: what does not open says so in its place. The bytes of a file stand alone, and are refused.
/// </summary>
internal sealed class MessageSeal(FieldCipher cipher)
{
    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>Where it is kept.</summary>
    public static readonly SealedColumn[] Columns =
    [
        new(typeof(Entry), nameof(Entry.Body), "messaging.entry", nameof(Entry.Id))
        {
            Owner = typeof(Conversation),
            Link = nameof(Entry.ConversationId),
        },
        new(typeof(Conversation), nameof(Conversation.SealedTitle), "messaging.conversation", nameof(Conversation.Id)),
        new(typeof(Conversation), nameof(Conversation.SealedHoldReason), "messaging.conversation", nameof(Conversation.Id)),
        new(typeof(Domain.Topic), nameof(Domain.Topic.SealedTitle), "messaging.topic", nameof(Domain.Topic.Id))
        {
            Owner = typeof(Conversation),
            Link = nameof(Domain.Topic.ConversationId),
        },
        new(typeof(Domain.Draft), nameof(Domain.Draft.SealedText), "messaging.draft", nameof(Domain.Draft.ConversationId))
        {
            Owner = typeof(Conversation),
            Link = nameof(Domain.Draft.ConversationId),
            Label = "{0:n}",
            Part = nameof(Domain.Draft.PersonId),
        },
        new(typeof(StoredFile), nameof(StoredFile.SealedName), "messaging.stored_file", nameof(StoredFile.Id)),
        new(typeof(FileChunk), nameof(FileChunk.Bytes), "messaging.file_chunk", nameof(FileChunk.FileId))
        {
            Owner = typeof(StoredFile),
            Link = nameof(FileChunk.FileId),
            Label = "bytes{0}",
            Part = nameof(FileChunk.Number),
        },
    ];

    public byte[] Body(EntryBody body, Guid organisation, Guid entry) =>
        cipher.Seal(JsonSerializer.Serialize(body, Options), organisation, "messaging.entry", "body", entry);

    public EntryBody? OpenBody(byte[]? body, Guid organisation, Guid entry) =>
        body is null
            ? null
            : FieldCipher.Shown(
                () => JsonSerializer.Deserialize<EntryBody>(cipher.Open(body, organisation, "messaging.entry", "body", entry), Options),
                new EntryBody(FieldCipher.Illegible)
            );

    public byte[] Title(string title, Guid organisation, Guid conversation) =>
        cipher.Seal(title, organisation, "messaging.conversation", "sealed_title", conversation);

    public string? OpenTitle(byte[]? title, Guid organisation, Guid conversation) =>
        title is null ? null : Shown(title, organisation, "messaging.conversation", "sealed_title", conversation);

    public byte[] HoldReason(string reason, Guid organisation, Guid conversation) =>
        cipher.Seal(reason, organisation, "messaging.conversation", "sealed_hold_reason", conversation);

    public string? OpenHoldReason(byte[]? reason, Guid organisation, Guid conversation) =>
        reason is null ? null : Shown(reason, organisation, "messaging.conversation", "sealed_hold_reason", conversation);

    public byte[] Topic(string title, Guid organisation, Guid topic) =>
        cipher.Seal(title, organisation, "messaging.topic", "sealed_title", topic);

    public string OpenTopic(byte[] title, Guid organisation, Guid topic) =>
        Shown(title, organisation, "messaging.topic", "sealed_title", topic);

    /// <summary>A draft is its writer's: sealed for the conversation and the person together.</summary>
    public byte[] Draft(string text, Guid organisation, Draft draft) =>
        cipher.Seal(text, organisation, "messaging.draft", draft.PersonId.ToString("n"), draft.ConversationId);

    public string OpenDraft(Draft draft, Guid organisation) =>
        FieldCipher.Shown(
            () => cipher.Open(draft.SealedText, organisation, "messaging.draft", draft.PersonId.ToString("n"), draft.ConversationId),
            ""
        );

    public byte[] FileName(string name, Guid organisation, Guid file) =>
        cipher.Seal(name, organisation, "messaging.stored_file", "sealed_name", file);

    public string OpenFileName(StoredFile file) =>
        Shown(file.SealedName, file.OrganisationId, "messaging.stored_file", "sealed_name", file.Id);

    public byte[] Chunk(byte[] part, Guid organisation, Guid file, int number) =>
        cipher.Seal(part.AsSpan(), organisation, "messaging.file_chunk", $"bytes{number}", file);

    public byte[] OpenChunk(FileChunk chunk, Guid organisation) =>
        cipher.OpenBytes(chunk.Bytes, organisation, "messaging.file_chunk", $"bytes{chunk.Number}", chunk.FileId);

    private string Shown(byte[] value, Guid organisation, string table, string column, Guid row) =>
        FieldCipher.Shown(() => cipher.Open(value, organisation, table, column, row), FieldCipher.Illegible);
}
