using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Features;

/// <summary>How many received mails nobody has read, in the mailboxes that the caller opens.</summary>
internal static class CountUnreadMails
{
    [Requires(SecureMailPermissions.Read)]
    public sealed record Query : IRequest<int>;

    public sealed class Handler(SecureMailDb db) : IRequestHandler<Query, int>
    {
        public Task<int> Handle(Query query, CancellationToken ct) =>
            db.Received.Where(m => m.Kind != InKind.Report && m.ReadAt == null).Take(HomePart.Counted).CountAsync(ct);
    }
}
