using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Rosters.Contracts;
using Parceo.Rosters.Data;
using Parceo.Rosters.Domain;
using Parceo.Rosters.Services;

namespace Parceo.Rosters.Features;

/// <summary>Whom a planner fills a month with: those on duty in the sector in the six months before, and who offers to be, but for who has left the directory. In order of name.</summary>
internal static class ListUsualHolders
{
    private const int Months = 6,
        Most = 60;

    [Requires(RostersPermissions.Plan)]
    public sealed record Query(Guid SectorId, DateOnly Month) : IRequest<IReadOnlyList<Usual>>;

    /// <param name="Duties">Of the month before.</param>
    public sealed record Usual(Guid PersonId, string Name, int Duties);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SectorId).NotEmpty().WithMessage("sector_unknown");
    }

    public sealed class Handler(RostersDb db, Duties duties) : IRequestHandler<Query, IReadOnlyList<Usual>>
    {
        public async Task<IReadOnlyList<Usual>> Handle(Query q, CancellationToken ct)
        {
            var month = new DateOnly(q.Month.Year, q.Month.Month, 1);
            var (from, before) = (month.AddMonths(-Months), month.AddMonths(-1));
            var held = await db.Own<Duty>()
                .AsNoTracking()
                .Where(d => d.SectorId == q.SectorId && d.Day >= from && d.Day < month.AddMonths(1) && d.HolderId != null)
                .Select(d => new
                {
                    Id = d.HolderId!.Value,
                    Name = d.HolderName!,
                    d.HolderIsAccount,
                    d.Day,
                })
                .ToListAsync(ct);
            var offers = await db.Own<Volunteer>()
                .AsNoTracking()
                .Where(v =>
                    db.Duties.Any(d => d.Id == v.DutyId && d.SectorId == q.SectorId && d.Day >= month && d.Day < month.AddMonths(1))
                )
                .Select(v => new
                {
                    v.PersonId,
                    v.Name,
                    v.IsAccount,
                })
                .ToListAsync(ct);
            var usual = held.GroupBy(d => d.Id)
                .Select(g =>
                    (
                        Who: new Usual(g.Key, g.Last().Name, g.Count(d => d.Day >= before && d.Day < month)),
                        IsAccount: g.Last().HolderIsAccount
                    )
                )
                .Concat(offers.Select(o => (Who: new Usual(o.PersonId, o.Name, 0), o.IsAccount)))
                .DistinctBy(u => u.Who.PersonId)
                .OrderBy(u => TextRules.WithoutTitle(u.Who.Name), FrenchText.ByName)
                .Take(Most)
                .ToList();
            var known = await duties.Of([.. usual.Where(u => !u.IsAccount).Select(u => u.Who.PersonId)], ct);
            return [.. usual.Where(u => u.IsAccount || known.ContainsKey(u.Who.PersonId)).Select(u => u.Who)];
        }
    }
}
