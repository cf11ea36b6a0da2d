using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Rosters.Data;

namespace Parceo.Rosters.Features;

/// <summary>When people are on duty in a period, wherever: a planner sees their own organisation only, a person is one.</summary>
internal static class ListHeldDuties
{
    /// <param name="Except">Duties that do not count.</param>
    [SystemOnly]
    public sealed record Query(
        IReadOnlyCollection<Guid> PersonIds,
        DateTimeOffset From,
        DateTimeOffset To,
        IReadOnlyCollection<Guid> Except
    ) : IRequest<IReadOnlyList<Held>>;

    public sealed record Held(Guid PersonId, DateOnly Day, DateTimeOffset Start, DateTimeOffset End);

    public sealed class Handler(RostersDb db) : IRequestHandler<Query, IReadOnlyList<Held>>
    {
        private static readonly TimeSpan Longest = TimeSpan.FromHours(26); // a period ends the next day at the latest; clocks may change

        public async Task<IReadOnlyList<Held>> Handle(Query q, CancellationToken ct)
        {
            var from = q.From - Longest;
            return await db
                .Duties.AsNoTracking()
                .Where(d =>
                    d.HolderId != null
                    && q.PersonIds.Contains(d.HolderId.Value)
                    && d.Start > from
                    && d.Start < q.To
                    && d.End > q.From
                    && !q.Except.Contains(d.Id)
                )
                .Select(d => new Held(d.HolderId!.Value, d.Day, d.Start, d.End))
                .ToListAsync(ct);
        }
    }
}
