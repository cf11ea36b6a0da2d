using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>What an invitation offers, to whoever holds its link.</summary>
internal static class ShowInvitation
{
    [OpenToAnyone("The link from the mail is the right to see it.")]
    public sealed record Query(string Token) : IRequest<Response>;

    /// <param name="Email">Whom it invites.</param>
    /// <param name="Name">As the inviter wrote it.</param>
    /// <param name="Organisation">Into which organisation.</param>
    /// <param name="Role">As what.</param>
    /// <param name="IsUsed">Already used.</param>
    public sealed record Response(string Email, string Name, string Organisation, string Role, bool IsUsed);

    public sealed class Handler(AccessDb db, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var hash = Secrets.Hash(query.Token);
            var link = await db.Links.AsNoTracking().SingleOrDefaultAsync(l => l.Hash == hash && l.Purpose == LinkPurpose.Invitation, ct);
            if (link is null || link.WithdrawnAt is not null || clock.GetUtcNow() >= link.ExpiresAt)
                throw new NotFoundException("link_unknown");
            var organisation = await db.Organisations.Where(o => o.Id == link.OrganisationId).Select(o => o.Name).SingleAsync(ct);
            return new Response(link.Email, link.Name ?? "", organisation, link.Role!, link.UsedAt is not null);
        }
    }
}
