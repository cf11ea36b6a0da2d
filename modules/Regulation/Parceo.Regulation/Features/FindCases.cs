using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;

namespace Parceo.Regulation.Features;

/// <summary>Finds orientations of the caller's organisation by a part of their case number: what is open, and what was done in the last month.</summary>
internal static class FindCases
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(31);
    private const int Looked = 1000; // newest first, of each: numbers are free text, no index finds their middle

    /// <param name="Number">As typed, 2–64 characters. Sent in a body, never in an address.</param>
    [Requires(RegulationPermissions.Orient), Audited, Limited(LimitKind.Search)]
    public sealed record Query(string Number, int Limit = 5) : IRequest<IReadOnlyList<OrientationLine>>;

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Number).Must(n => n.Trim().Length is >= 2 and <= 64 && TextRules.IsLine(n)).WithMessage("case_number_invalid");
            RuleFor(q => q.Limit).InclusiveBetween(1, 20).WithMessage("limit_invalid");
        }
    }

    public sealed class Handler(RegulationDb db, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Query, IReadOnlyList<OrientationLine>>
    {
        public async Task<IReadOnlyList<OrientationLine>> Handle(Query query, CancellationToken ct)
        {
            var own = db.Orientations.AsNoTracking().Where(o => o.OrganisationId == user.OrganisationId);
            var since = clock.GetUtcNow() - Back;
            var open = await own.Where(o => o.ClosedAt == null).OrderByDescending(o => o.OpenedAt).Take(Looked).ToListAsync(ct);
            var done = await own.Where(o => o.ClosedAt > since).OrderByDescending(o => o.ClosedAt).Take(Looked).ToListAsync(ct);
            return
            [
                .. open.Concat(done)
                    .Where(o => o.CaseReference.Contains(query.Number.Trim(), StringComparison.OrdinalIgnoreCase))
                    .Take(query.Limit)
                    .Select(OrientationLine.Of),
            ];
        }
    }
}
