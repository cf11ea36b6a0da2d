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

/// <summary>The organisation's mailboxes and who opens them: for its administrators, without a line of what is inside.</summary>
internal static class ListMailboxes
{
    [Requires(SecureMailPermissions.Manage)]
    public sealed record Query : IRequest<Response>;

    /// <param name="Operator">Its name; null without one.</param>
    /// <param name="Domains">Domains of the liste blanche.</param>
    /// <param name="CertificateEnds">When our certificate ends, if that is within 30 days or past.</param>
    /// <param name="Boxes">At most 100.</param>
    public sealed record Response(string? Operator, int Domains, DateTimeOffset? CertificateEnds, IReadOnlyList<Box> Boxes);

    public sealed record Box(
        Guid Id,
        string Address,
        string Name,
        MailboxKind Kind,
        bool IsClosed,
        string? Trouble,
        DateTimeOffset? CheckedAt,
        IReadOnlyList<Member> Members
    );

    /// <summary>Somebody who opens it.</summary>
    public sealed record Member(Guid PersonId, bool MaySend);

    public sealed class Handler(SecureMailDb db, OperatorSettings settings, TrustedDomains domains, OperatorLink link)
        : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var boxes = await db
                .Mailboxes.AsNoTracking()
                .Include(b => b.Members)
                .OrderBy(b => b.ClosedAt != null)
                .ThenBy(b => b.Address)
                .Take(100)
                .ToListAsync(ct);
            return new Response(
                settings.IsConfigured ? settings.Name : null,
                domains.All.Count,
                link.CertificateEnds,
                [
                    .. boxes.Select(b => new Box(
                        b.Id,
                        b.Address,
                        b.Name,
                        b.Kind,
                        b.ClosedAt is not null,
                        b.Trouble,
                        b.CheckedAt,
                        [.. b.Members.Select(m => new Member(m.PersonId, m.MaySend))]
                    )),
                ]
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("mailboxes", async (ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(new Query(), ct)))
            .WithName("ListMailboxes")
            .WithSummary("The organisation's MSSanté mailboxes");
}
