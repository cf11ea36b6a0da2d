using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Features;

/// <summary>Mails that are due at the operator, the oldest first.</summary>
internal static class ListDueMails
{
    /// <summary>In one round.</summary>
    public const int Most = 50;

    [SystemOnly]
    public sealed record Query : IRequest<IReadOnlyList<Due>>;

    /// <summary>A due mail.</summary>
    /// <param name="From">Address of its mailbox.</param>
    /// <param name="Code">Why it did not leave yet.</param>
    /// <param name="TooOld">To be given up.</param>
    public sealed record Due(Guid Id, string From, string? Code, bool TooOld);

    public sealed class Handler(SecureMailDb db, TimeProvider clock) : IRequestHandler<Query, IReadOnlyList<Due>>
    {
        public async Task<IReadOnlyList<Due>> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var old = now - OutMail.Patience;
            return await (
                from m in db.Sent
                join b in db.Mailboxes on m.MailboxId equals b.Id
                where
                    m.State == MailState.Waiting
                    && m.NextAttemptAt <= now
                    && !db.Attachments.Any(a => a.MailId == m.Id && a.Verdict != Verdict.Allowed)
                orderby m.NextAttemptAt
                select new Due(m.Id, b.Address, m.Code, m.CreatedAt <= old)
            )
                .Take(Most)
                .ToListAsync(ct);
        }
    }
}
