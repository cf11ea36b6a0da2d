using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Jobs;
using Parceo.Platform.Sending;
using Parceo.Platform.State;

namespace Parceo.Access.Features;

/// <summary>
/// Whether the service does its work: figures of the whole installation and its schedule. For administrators of an
/// organisation that stands in no other one; numbers only, of no person.
/// </summary>
internal static class ShowServiceState
{
    [Requires(AccessPermissions.SeeService)]
    public sealed record Query : IRequest<Response>;

    /// <param name="At">When it was read.</param>
    /// <param name="Figures">Those above their limit first.</param>
    /// <param name="Jobs">By name.</param>
    public sealed record Response(DateTimeOffset At, IReadOnlyList<FigureReading> Figures, IReadOnlyList<JobLine> Jobs);

    /// <summary>A health house's administrators see to their house, not to the installation.</summary>
    public sealed class OwnInstallation(AccessDb db, ICurrentUser user) : IAccessRule<Query>
    {
        public async Task Check(Query request, CancellationToken ct)
        {
            if (!user.IsSystem && await db.Organisations.AnyAsync(o => o.Id == user.OrganisationId && o.ParentId != null, ct))
                throw new ForbiddenException();
        }
    }

    public sealed class Handler(ServiceState state, JobState jobs, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct) =>
            new(clock.GetUtcNow(), [.. (await state.Look(ct)).OrderByDescending(r => r.IsHigh)], jobs.Read());
    }
}
