using Microsoft.EntityFrameworkCore;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Data;

/// <summary>A file of a mail as listed.</summary>
/// <param name="Id">To download it.</param>
/// <param name="Name">File name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Verdict">Whether it can be downloaded.</param>
internal sealed record MailFileRow(Guid Id, string Name, long Size, Verdict Verdict)
{
    /// <summary>It can be downloaded.</summary>
    public bool IsAllowed => Verdict == Verdict.Allowed;

    /// <summary>Those of a mail that the caller may read, in order.</summary>
    public static async Task<IReadOnlyList<MailFileRow>> Of(SecureMailDb db, MailSeal seal, Guid mail, CancellationToken ct) =>
        [
            .. (await db.Attachments.AsNoTracking().Where(a => a.MailId == mail).OrderBy(a => a.Position).Take(100).ToListAsync(ct)).Select(
                a => new MailFileRow(a.Id, seal.ShownName(a), a.Size, a.Verdict)
            ),
        ];
}
