using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Features;

/// <summary>Files of a mail that wait for the antivirus.</summary>
internal static class ListPendingFiles
{
    [SystemOnly]
    public sealed record Query(Guid MailId) : IRequest<IReadOnlyList<Pending>>;

    public sealed record Pending(Guid Id, byte[] Content);

    public sealed class Handler(SecureMailDb db, MailSeal seal) : IRequestHandler<Query, IReadOnlyList<Pending>>
    {
        public async Task<IReadOnlyList<Pending>> Handle(Query query, CancellationToken ct) =>
            [
                .. (
                    await (
                        from a in db.Attachments.AsNoTracking()
                        join c in db.Contents.AsNoTracking() on a.Id equals c.AttachmentId
                        where a.MailId == query.MailId && a.Verdict == Verdict.Pending
                        orderby a.Position
                        select new { a, c }
                    ).ToListAsync(ct)
                ).Select(f => new Pending(f.a.Id, seal.Open(f.a, f.c))),
            ];
    }
}
