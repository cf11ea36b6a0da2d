using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;

namespace Parceo.Slots.Features;

/// <summary>How many outcomes the caller, and those they act for, still have to note.</summary>
internal static class CountMissingOutcomes
{
    [Requires(SlotsPermissions.RecordOutcome)]
    public sealed record Query : IRequest<int>;

    public sealed class Handler(SlotsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, int>
    {
        public Task<int> Handle(Query query, CancellationToken ct) =>
            ListMissingOutcomes
                .Of(db, user.Rights.PractitionersFor(SlotsPermissions.RecordOutcome), clock.GetUtcNow())
                .Take(HomePart.Counted)
                .CountAsync(ct);
    }
}
