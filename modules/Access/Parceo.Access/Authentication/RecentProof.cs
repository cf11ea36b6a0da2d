using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Sending;

namespace Parceo.Access.Authentication;

/// <summary>
/// Dangerous acts ask for a proof less than five minutes old (S10): of the second factor, or of the password for somebody
/// who has no second factor yet. A page answers <c>step_up_needed</c> by leading to « /confirmer ». Whoever opens something that
/// outlives the session claims the account first: a session that ends after this look makes them look again.
/// </summary>
internal sealed class RecentProof(AccessDb db, ICurrentUser user, TimeProvider clock) : IRecentProof
{
    public async Task Demand(CancellationToken ct)
    {
        if (user.IsSystem)
            return;
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == user.SessionId && s.PersonId == user.Id, ct)
            ?? throw new ForbiddenException("session_needed");
        var now = clock.GetUtcNow();
        if (!session.IsLive(now))
            throw new ForbiddenException("session_needed");
        if (!session.IsFresh(now, await HasFactor(ct)))
            throw new ForbiddenException("step_up_needed");
    }

    /// <summary>Whether the person has a second factor.</summary>
    public Task<bool> HasFactor(CancellationToken ct) =>
        db.People.AnyAsync(p => p.Id == user.Id && (p.TotpSecret != null || db.Passkeys.Any(k => k.UserId == p.Id)), ct);
}
