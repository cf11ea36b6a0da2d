using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Access.Data;
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
    public async Task<List<Guid>> Of(Guid personId, CancellationToken ct) =>
        (await RolesOf(personId, ct)).ConvertAll(r => r.OrganisationId);

    /// <summary>Their roles now, those of the organisation they joined first in front.</summary>
    public async Task<List<(Guid OrganisationId, string Role)>> RolesOf(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem("workplaces");
        var rows = await scope
            .ServiceProvider.GetRequiredService<AccessDb>()
            .Memberships.AsNoTracking()
            .Where(m => m.PersonId == personId && m.From <= now && (m.Until == null || now < m.Until))
            .OrderBy(m => m.From)
            .ThenBy(m => m.OrganisationId)
            .Select(m => new { m.OrganisationId, m.Role })
            .ToListAsync(ct);
        return rows.ConvertAll(m => (m.OrganisationId, m.Role));
    }
}
