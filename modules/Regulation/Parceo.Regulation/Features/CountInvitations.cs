using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Features;

/// <summary>How many solicitations wait at this moment for an answer of the caller, or of those they answer for.</summary>
internal static class CountInvitations
{
    [Requires(RegulationPermissions.Answer)]
    public sealed record Query : IRequest<int>;

    public sealed class Handler(RegulationDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, int>
    {
        public Task<int> Handle(Query query, CancellationToken ct)
        {
            var (mine, now) = (user.Rights.PractitionersFor(RegulationPermissions.Answer), clock.GetUtcNow());
            var longest = now.AddDays(-3); // no wave asks for so long: years of answered ones are not read
            return db
                .Invitations.Where(i =>
                    mine.Contains(i.PractitionerId) && i.SentAt > longest && i.State == InvitationState.Sent && i.Deadline > now
                )
                // Somebody else's win is known from the orientation before the row is settled.
                .Where(i =>
                    db.Orientations.Any(o =>
                        o.Id == i.OrientationId && o.State != OrientationState.Accepted && o.State != OrientationState.Booked
                    )
                )
                .Take(HomePart.Counted)
                .CountAsync(ct);
        }
    }
}
