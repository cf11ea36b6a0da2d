using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Sending;

namespace Parceo.Access.Authentication;

/// <summary>Whoever reaches patients' data keeps at least one second factor (S3).</summary>
internal sealed class Factors(AccessDb db, ICurrentUser user, PermissionCatalog permissions, TimeProvider clock)
{
    /// <summary>Throws when removing one would leave none where one is needed, in any organisation of the person.</summary>
    public async Task DemandAnother(int left, CancellationToken ct)
    {
        if (left > 0)
            return;
        var now = clock.GetUtcNow();
        var roles = await db
            .Memberships.Where(m => m.PersonId == user.Id && m.From <= now && (m.Until == null || now < m.Until))
            .Select(m => m.Role)
            .Distinct()
            .ToListAsync(ct);
        if (permissions.NeedsSecondFactor(roles))
            throw new ConflictException("factor_needed");
    }
}
