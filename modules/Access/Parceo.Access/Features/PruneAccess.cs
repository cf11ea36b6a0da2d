using MediatR;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Parceo.Access.Data;
using Parceo.Platform.Data;
using Parceo.Platform.Jobs;

namespace Parceo.Access.Features;

/// <summary>Throws away what has ended long ago: sessions, links and tokens after 30 days, unsent forms the next night. Who did what stays in the audit trail.</summary>
internal static class PruneAccess
{
    [SystemOnly]
    public sealed record Command : IRequest<JobProgress>;

    public sealed class Handler(
        AccessDb db,
        IOpenIddictTokenManager tokens,
        IOpenIddictAuthorizationManager authorizations,
        TimeProvider clock
    ) : IRequestHandler<Command, JobProgress>
    {
        public async Task<JobProgress> Handle(Command command, CancellationToken ct)
        {
            var old = clock.GetUtcNow().AddDays(-30);
            var progress = await db.DeleteSlice(before => db.UnsentForms.Where(f => f.Until < before), f => f.Until, clock.GetUtcNow(), ct);
            progress |= await db.DeleteSlice(before => db.Sessions.Where(s => s.EndsAt < before), s => s.EndsAt, old, ct);
            progress |= await db.DeleteSlice(before => db.Links.Where(l => l.ExpiresAt < before), l => l.ExpiresAt, old, ct);
            progress |= await db.DeleteSlice(before => db.Tokens.Where(t => t.ExpiresAt < before), t => t.ExpiresAt, old, ct);
            await tokens.PruneAsync(old, ct); // in slices of its own
            await authorizations.PruneAsync(old, ct);
            return progress;
        }
    }
}
