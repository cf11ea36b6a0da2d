using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Features;

/// <summary>
/// Orientations of the caller's organisation that move no further by themselves: nobody searches or is asked, or nobody could;
/// those that another desk has are theirs. The soonest wanted first.
/// </summary>
internal static class ListWaitingOrientations
{
    /// <param name="Limit">1–100.</param>
    [Requires(RegulationPermissions.Orient), Audited]
    public sealed record Query(int Limit = 20) : IRequest<IReadOnlyList<OrientationLine>>;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, 100).WithMessage("limit_invalid");
    }

    /// <summary>Those that wait for this person.</summary>
    public static IQueryable<Orientation> Of(RegulationDb db, ICurrentUser user, DateTimeOffset now) =>
        db
            .Orientations.AsNoTracking()
            .Where(o =>
                o.OrganisationId == user.OrganisationId
                && o.ClosedAt == null
                && (o.State == OrientationState.Open || o.State == OrientationState.Searching || o.State == OrientationState.Unfilled)
                && (o.ClaimedUntil == null || o.ClaimedUntil <= now || o.ClaimedBy == user.Id)
            );

    public sealed class Handler(RegulationDb db, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Query, IReadOnlyList<OrientationLine>>
    {
        public async Task<IReadOnlyList<OrientationLine>> Handle(Query query, CancellationToken ct) =>
            [
                .. (
                    await Of(db, user, clock.GetUtcNow()).OrderBy(o => o.WantedBefore).ThenBy(o => o.Id).Take(query.Limit).ToListAsync(ct)
                ).Select(OrientationLine.Of),
            ];
    }
}
