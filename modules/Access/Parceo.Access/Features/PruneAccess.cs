using MediatR;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Parceo.Access.Data;
using Parceo.Platform.Data;

namespace Parceo.Access.Features;

/// <summary>Throws away what has ended long ago: sessions, links and tokens after 30 days. Who did what stays in the audit trail.</summary>
internal static class PruneAccess
{
    [SystemOnly]
    public sealed record Command : IRequest<Unit>;

    public sealed class Handler(
        AccessDb db,
        IOpenIddictTokenManager tokens,
        IOpenIddictAuthorizationManager authorizations,
        TimeProvider clock
    ) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var old = clock.GetUtcNow().AddDays(-30);
            await db.Sessions.Where(s => s.EndsAt < old).Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
            await db.Links.Where(l => l.ExpiresAt < old).Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
            await db.Tokens.Where(t => t.ExpiresAt < old).Gated(db, q => q.ExecuteDeleteAsync(ct), ct);
            await tokens.PruneAsync(old, ct);
            await authorizations.PruneAsync(old, ct);
            return Unit.Value;
        }
    }
}
