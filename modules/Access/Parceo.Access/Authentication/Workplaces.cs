using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Authentication;

/// <summary>Where somebody works, whoever asks: as the system, in a scope of its own, since memberships elsewhere are closed to the caller.</summary>
internal sealed class Workplaces(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Where a session starts: where they worked last if they still do, else the organisation they joined first; empty when none.</summary>
    public async Task<Guid> HomeOf(Guid personId, Guid? last, CancellationToken ct)
    {
        var live = await Of(personId, ct);
        return last is { } l && live.Contains(l) ? l : live.FirstOrDefault();
    }

    /// <summary>Organisations somebody works in now, the one they joined first in front; once for each role.</summary>
    public async Task<List<Guid>> Of(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        return await AsSystem(scope)
            .Memberships.AsNoTracking()
            .Where(m => m.PersonId == personId && m.From <= now && (m.Until == null || now < m.Until))
            .OrderBy(m => m.From)
            .ThenBy(m => m.OrganisationId)
            .Select(m => m.OrganisationId)
            .ToListAsync(ct);
    }

    /// <summary>
    /// Whether a role waits for a second administrator (S25): where there is nobody but who gives it and whom it is for, it cannot,
    /// and all who watch over the rights are told instead.
    /// </summary>
    /// <param name="givenBy">Who gives it; null for the installation itself.</param>
    /// <param name="email">Address of whom it is for.</param>
    public async Task<bool> NeedSecond(string role, Guid organisationId, Guid? givenBy, string email, CancellationToken ct)
    {
        if (!ProposedRole.NeedsConfirmation(role))
            return false;
        await using var scope = scopes.CreateAsyncScope();
        var (db, address) = (AsSystem(scope), EmailAddress.Normalize(email));
        return await db.Administrators(organisationId, clock.GetUtcNow())
            .AnyAsync(m => m.PersonId != givenBy && !db.People.Any(p => p.Id == m.PersonId && p.NormalizedEmail == address), ct);
    }

    private static AccessDb AsSystem(AsyncServiceScope scope)
    {
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("workplaces");
        return scope.ServiceProvider.GetRequiredService<AccessDb>();
    }
}
