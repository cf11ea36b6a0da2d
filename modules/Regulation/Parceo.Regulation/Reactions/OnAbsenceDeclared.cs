using Microsoft.EntityFrameworkCore;
using Parceo.Platform.Events;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Reactions;

/// <summary>Who is away is not asked (D28): what they were asked is withdrawn. An absence still to come changes nothing; no wave asks them once it has begun.</summary>
internal sealed class OnAbsenceDeclared(RegulationDb db, TimeProvider clock) : IReaction<AbsenceDeclared, RegulationDb>
{
    public async Task Handle(AbsenceDeclared e, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (e.From > now || e.To <= now)
            return;
        var asking = await db
            .Orientations.Include(o => o.Invitations)
            .Where(o =>
                o.State == OrientationState.Soliciting
                && o.Invitations.Any(i => i.PractitionerId == e.PractitionerId && i.State == InvitationState.Sent)
            )
            .ToListAsync(ct);
        foreach (var orientation in asking)
        {
            orientation.Withdraw(e.PractitionerId, now);
            foreach (var happened in orientation.TakeHappened())
                db.Publish(happened, orientation.Id);
        }
    }
}
