using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Data;

namespace Parceo.SecureMail.Features;

/// <summary>Who opens a mailbox: for telling them.</summary>
internal static class ListReaders
{
    [SystemOnly]
    public sealed record Query(Guid MailboxId) : IRequest<IReadOnlyList<Guid>>;

    public sealed class Handler(SecureMailDb db) : IRequestHandler<Query, IReadOnlyList<Guid>>
    {
        public async Task<IReadOnlyList<Guid>> Handle(Query query, CancellationToken ct) =>
            await db.Members.Where(m => m.MailboxId == query.MailboxId).Select(m => m.PersonId).Take(100).ToListAsync(ct);
    }
}
