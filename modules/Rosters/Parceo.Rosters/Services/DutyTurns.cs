using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;
using Parceo.Rosters.Features;

namespace Parceo.Rosters.Services;

/// <summary>Nobody is on two duties at once, in whatever roster or organisation.</summary>
internal sealed class DutyTurns(RostersDb db, SystemSender system, ICurrentUser user)
{
    /// <summary>Takes the person's turn, then looks: whoever assigns them elsewhere at the same moment loses the turn, runs again and sees this.</summary>
    /// <param name="leaving">Duties that they give away by the same act.</param>
    public async Task Take(Guid person, Duty duty, IReadOnlyCollection<Guid> leaving, CancellationToken ct)
    {
        var turn = db.Turns.Local.FirstOrDefault(t => t.Id == person) ?? await db.Turns.SingleOrDefaultAsync(t => t.Id == person, ct);
        if (turn is null)
            db.Turns.Add(turn = new DutyTurn(person));
        turn.Take();
        if (await system.Send(new FindOverlap.Query(person, duty.Start, duty.End, [duty.Id, .. leaving]), user.CorrelationId, ct))
            throw new ConflictException("duty_overlap");
    }
}
