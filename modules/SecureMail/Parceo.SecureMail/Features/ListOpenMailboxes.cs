using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Data;

namespace Parceo.SecureMail.Features;

/// <summary>Mailboxes to look into.</summary>
internal static class ListOpenMailboxes
{
    [SystemOnly]
    public sealed record Query : IRequest<IReadOnlyList<Box>>;

    /// <summary>A mailbox, and how far it was read.</summary>
    public sealed record Box(Guid Id, string Address, long UidValidity, long LastUid);

    public sealed class Handler(SecureMailDb db) : IRequestHandler<Query, IReadOnlyList<Box>>
    {
        public async Task<IReadOnlyList<Box>> Handle(Query query, CancellationToken ct) =>
            await db
                .Mailboxes.Where(m => m.ClosedAt == null)
                .OrderBy(m => m.Id)
                .Select(m => new Box(m.Id, m.Address, m.UidValidity, m.LastUid))
                .Take(1000)
                .ToListAsync(ct);
    }
}
