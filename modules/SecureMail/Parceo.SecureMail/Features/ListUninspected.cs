using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Features;

/// <summary>Mails, sent or received, with files that wait for the antivirus.</summary>
internal static class ListUninspected
{
    private const int Most = 200;

    /// <param name="After">Those behind this one; empty for the first.</param>
    [SystemOnly]
    public sealed record Query(Guid After) : IRequest<IReadOnlyList<Row>>;

    /// <summary>A mail.</summary>
    /// <param name="Waits">It is to be sent.</param>
    /// <param name="Code">Why it did not leave yet.</param>
    /// <param name="TooOld">To be given up.</param>
    public sealed record Row(Guid Id, bool Waits, string? Code, bool TooOld);

    public sealed class Handler(SecureMailDb db, TimeProvider clock) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct)
        {
            var old = clock.GetUtcNow() - OutMail.Patience;
            var ids = await db
                .Attachments.Where(a => a.Verdict == Verdict.Pending && a.MailId.CompareTo(query.After) > 0)
                .Select(a => a.MailId)
                .Distinct()
                .OrderBy(id => id)
                .Take(Most)
                .ToListAsync(ct);
            var waiting = await db
                .Sent.Where(m => ids.Contains(m.Id) && m.State == MailState.Waiting)
                .Select(m => new Row(m.Id, true, m.Code, m.CreatedAt <= old))
                .ToDictionaryAsync(r => r.Id, ct);
            return [.. ids.Select(id => waiting.GetValueOrDefault(id) ?? new Row(id, false, null, false))];
        }
    }
}
