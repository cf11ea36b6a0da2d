using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>How many roles wait for whoever asks, for the menu.</summary>
internal static class CountProposedRoles
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Query : IRequest<int>;

    public sealed class Handler(AccessDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, int>
    {
        public async Task<int> Handle(Query query, CancellationToken ct) =>
            await db.ProposedRoles.CountAsync(
                r =>
                    r.OrganisationId == user.OrganisationId
                    && r.SettledAt == null
                    && r.ProposedById != user.Id
                    && r.PersonId != user.Id
                    && db.People.Any(p => p.Id == r.PersonId && p.DisabledAt == null),
                ct
            )
            + await ListProposedRoles
                .InvitationsThatWait(db, user.OrganisationId, clock.GetUtcNow())
                .CountAsync(l => l.InvitedById != user.Id, ct);
    }
}
