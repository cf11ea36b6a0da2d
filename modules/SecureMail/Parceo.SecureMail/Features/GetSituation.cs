using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Data;
using Parceo.SecureMail.Domain;
using Parceo.SecureMail.Operator;

namespace Parceo.SecureMail.Features;

/// <summary>What one can do with MSSanté here and now: the operator, one's mailboxes, what is wrong with them.</summary>
internal static class GetSituation
{
    [Requires(SecureMailPermissions.Read)]
    public sealed record Query : IRequest<Response>;

    /// <param name="Operator">Its name; null without one.</param>
    /// <param name="MayLeave">Whether the liste blanche holds a domain.</param>
    /// <param name="CertificateEnds">When our certificate ends, if that is within 30 days or past.</param>
    /// <param name="MaxBytes">Largest encoded mail.</param>
    /// <param name="Boxes">Mailboxes that the caller opens, at most 50.</param>
    public sealed record Response(
        string? Operator,
        bool MayLeave,
        DateTimeOffset? CertificateEnds,
        long MaxBytes,
        IReadOnlyList<Box> Boxes
    );

    /// <param name="Trouble">Error code: why it cannot be read now.</param>
    /// <param name="Waiting">Mails of it that did not leave yet.</param>
    public sealed record Box(
        Guid Id,
        string Address,
        string Name,
        MailboxKind Kind,
        bool MaySend,
        bool IsClosed,
        int Unread,
        int Waiting,
        string? Trouble
    );

    public sealed class Handler(SecureMailDb db, ICurrentUser user, OperatorSettings settings, TrustedDomains domains, OperatorLink link)
        : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var boxes = await (
                from b in db.Mailboxes
                join m in db.Members on b.Id equals m.MailboxId
                where m.PersonId == user.Id
                orderby b.ClosedAt != null, b.Kind, b.Address
                select new Box(
                    b.Id,
                    b.Address,
                    b.Name,
                    b.Kind,
                    m.MaySend,
                    b.ClosedAt != null,
                    db.Received.Count(r => r.MailboxId == b.Id && r.Kind != InKind.Report && r.ReadAt == null),
                    db.Sent.Count(s => s.MailboxId == b.Id && s.State == MailState.Waiting && !s.IsReceipt),
                    b.Trouble
                )
            )
                .Take(50)
                .ToListAsync(ct);
            return new Response(
                settings.IsConfigured ? settings.Name : null,
                domains.All.Count > 0,
                link.CertificateEnds,
                settings.MaxBytes,
                boxes
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("situation", async (ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(new Query(), ct)))
            .WithName("GetMailSituation")
            .WithSummary("The operator and one's MSSanté mailboxes");
}
