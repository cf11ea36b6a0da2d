using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>How many roles that others give wait for whoever asks, for the menu.</summary>
internal static class CountProposedRoles
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Query : IRequest<int>;

    public sealed class Handler(AccessDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, int>
    {
        public async Task<int> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            return await ListProposedRoles
                    .Proposals(db, user.OrganisationId, now)
                    .CountAsync(r => r.ProposedById != user.Id && r.PersonId != user.Id, ct)
                + await ListProposedRoles.Invitations(db, user.OrganisationId, now).CountAsync(l => l.InvitedById != user.Id, ct);
        }
    }
}
