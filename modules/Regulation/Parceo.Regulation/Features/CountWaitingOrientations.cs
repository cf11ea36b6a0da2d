using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;

namespace Parceo.Regulation.Features;

/// <summary>How many orientations of the caller's organisation move no further by themselves.</summary>
internal static class CountWaitingOrientations
{
    [Requires(RegulationPermissions.Orient)]
    public sealed record Query : IRequest<int>;

    public sealed class Handler(RegulationDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, int>
    {
        public Task<int> Handle(Query query, CancellationToken ct) =>
            ListWaitingOrientations.Of(db, user, clock.GetUtcNow()).Take(HomePart.Counted).CountAsync(ct);
    }
}
