using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Data;
using Parceo.Platform;

namespace Parceo.Access.Authentication;

/// <summary>Where somebody works, asked before they are signed in: as the system, in a scope of its own.</summary>
internal sealed class Places(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Where a session starts: where they worked last if they still do, else the organisation they joined first; empty when none.</summary>
    public async Task<Guid> HomeOf(Guid personId, Guid? last, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("places");
        var db = scope.ServiceProvider.GetRequiredService<AccessDb>();
        var live = await db.Memberships.AsNoTracking().Where(m => m.PersonId == personId && m.From <= now && (m.Until == null || now < m.Until))
            .OrderBy(m => m.From).ThenBy(m => m.OrganisationId).Select(m => m.OrganisationId).ToListAsync(ct);
        return last is { } l && live.Contains(l) ? l : live.FirstOrDefault();
    }
}
