using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;
using Parceo.Rosters.Services;

namespace Parceo.Rosters.Features;

/// <summary>How many duties others propose to the caller by name.</summary>
internal static class CountProposals
{
    [Requires(RostersPermissions.Take)]
    public sealed record Query : IRequest<int>;

    public sealed class Handler(RostersDb db, Duties duties, TimeProvider clock) : IRequestHandler<Query, int>
    {
        public Task<int> Handle(Query query, CancellationToken ct)
        {
            var (mine, now) = (duties.Mine, clock.GetUtcNow());
            return db.Own<Swap>()
                .Where(s =>
                    s.State == SwapState.Proposed
                    && s.ToId != null
                    && mine.Contains(s.ToId.Value)
                    && !mine.Contains(s.FromId)
                    && db.Duties.Any(d => d.Id == s.DutyId && d.Start > now)
                )
                .Take(HomePart.Counted)
                .CountAsync(ct);
        }
    }
}
