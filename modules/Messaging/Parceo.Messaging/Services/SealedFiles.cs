using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Parceo.Messaging.Data;
using Parceo.Messaging.Domain;
using Parceo.Platform;

namespace Parceo.Messaging.Services;

/// <summary>The bytes of files, in sealed parts.</summary>
internal sealed class SealedFiles(MessagingDb db, MessageSeal seal)
{
    public const int ChunkBytes = 256 * 1024;

    /// <summary>Opens all parts and compares the whole with what was stored.</summary>
    /// <exception cref="UnreadableValueException">Altered, moved or incomplete: nothing is handed out.</exception>
    public async Task<byte[]> Read(StoredFile file, CancellationToken ct)
    {
        var content = new byte[file.Size];
        var at = 0;
        await foreach (
            var chunk in db
                .Chunks.AsNoTracking()
                .Where(c => c.FileId == file.Id)
                .OrderBy(c => c.Number)
                .AsAsyncEnumerable()
                .WithCancellation(ct)
        )
        {
            var part = seal.OpenChunk(chunk, file.OrganisationId);
            if (at + part.Length > content.Length)
                throw new UnreadableValueException("A file is longer than it was.");
            part.CopyTo(content, at);
            at += part.Length;
        }
        if (at != content.Length || !CryptographicOperations.FixedTimeEquals(SHA256.HashData(content), file.Sha256))
            throw new UnreadableValueException("A file is not what it was.");
        return content;
    }
}
