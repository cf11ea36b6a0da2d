using System.Security.Cryptography;
using Parceo.Messaging.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Messaging.Events;
using Parceo.Platform;
using Parceo.Platform.Files;

namespace Parceo.Messaging.Services;

/// <summary>Takes a file in, whoever it comes from: name and content must agree on an allowed type; cleaned, sealed, in quarantine while an antivirus looks (S42).</summary>
internal sealed class FileIntake(MessagingDb db, MessageSeal seal, Antivirus antivirus, IIds ids, TimeProvider clock)
{
    /// <summary>Bytes; also what a phone's photograph or some minutes of voice need.</summary>
    public const int MostBytes = 20_000_000;

    /// <summary>The file and its name, not yet saved; null when it is not allowed.</summary>
    public async Task<(StoredFile File, string Name)?> Take(
        Guid conversation,
        Guid organisation,
        Guid owner,
        string given,
        bool voice,
        byte[] bytes,
        CancellationToken ct,
        int? seconds = null
    )
    {
        if (bytes.Length is 0 or > MostBytes || FileKinds.CleanName(given) is not { } cleaned)
            return null;
        var name = FileKinds.WithEnding(cleaned, bytes);
        if (
            FileKinds.TypeOf(name, bytes) is not { } type
            || (voice && !FileKinds.IsSound(type))
            || await FileInspection.Clean(type, bytes, ct) is not { } content
        )
            return null;
        var file = new StoredFile(ids.New(), conversation, organisation, owner, [], type, voice, clock.GetUtcNow(), voice ? seconds : null);
        file.Call(seal.FileName(name, organisation, file.Id));
        file.Store(content.Length, SHA256.HashData(content), antivirus.IsConfigured ? FileState.Pending : FileState.Ready);
        db.Files.Add(file);
        foreach (var (number, part) in content.Chunk(SealedFiles.ChunkBytes).Index())
            db.Chunks.Add(new FileChunk(file.Id, number, seal.Chunk(part, organisation, file.Id, number)));
        if (antivirus.IsConfigured)
            db.Publish(new FileArrived(file.Id), file.Id);
        return (file, name);
    }
}
