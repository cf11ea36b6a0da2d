using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;

namespace Parceo.Rosters.Features;

/// <summary>Whether somebody is on duty in a period, wherever: a planner sees their own organisation only, a person is one.</summary>
internal static class FindOverlap
{
    /// <param name="Except">Duties that do not count.</param>
    [SystemOnly]
    public sealed record Query(Guid PersonId, DateTimeOffset Start, DateTimeOffset End, IReadOnlyCollection<Guid> Except) : IRequest<bool>;

    public sealed class Handler(RostersDb db) : IRequestHandler<Query, bool>
    {
        private static readonly TimeSpan Longest = TimeSpan.FromHours(26); // a period ends the next day at the latest; clocks may change

        public Task<bool> Handle(Query q, CancellationToken ct)
        {
            var from = q.Start - Longest;
            return db.Duties.AnyAsync(
                d => d.HolderId == q.PersonId && d.Start > from && d.Start < q.End && d.End > q.Start && !q.Except.Contains(d.Id),
                ct
            );
        }
    }
}
