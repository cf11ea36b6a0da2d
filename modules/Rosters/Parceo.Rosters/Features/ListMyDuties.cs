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
using Parceo.Rosters.Services;

namespace Parceo.Rosters.Features;

/// <summary>One's own duties to come, proposals to answer and made, and gaps of one's organisation that one could take.</summary>
internal static class ListMyDuties
{
    private const int Shown = 60;

    [Requires(RostersPermissions.Take)]
    public sealed record Query : IRequest<Response>;

    public sealed record Response(IReadOnlyList<Mine> Duties, IReadOnlyList<Proposal> ToAnswer, IReadOnlyList<Gap> Gaps);

    /// <param name="Swap">The live proposal about it, or null.</param>
    public sealed record Mine(
        Guid Id,
        Guid SectorId,
        string Sector,
        string? SectorPhone,
        string Label,
        DateTimeOffset Start,
        DateTimeOffset End,
        string Zone,
        bool CanPropose,
        Proposal? Swap
    );

    /// <param name="To">Null: whoever wants.</param>
    /// <param name="ReturnStart">Of the duty taken in exchange, or null.</param>
    public sealed record Proposal(
        Guid Id,
        string From,
        string? To,
        string Sector,
        string Label,
        DateTimeOffset Start,
        DateTimeOffset End,
        string Zone,
        DateTimeOffset? ReturnStart,
        string? Note
    );

    /// <param name="Offered">One said that one could.</param>
    public sealed record Gap(Guid Id, string Sector, string Label, DateTimeOffset Start, DateTimeOffset End, string Zone, bool Offered);

    public sealed class Handler(RostersDb db, Duties duties, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query q, CancellationToken ct)
        {
            var (mine, now) = (duties.Mine, clock.GetUtcNow());
            var (begun, far) = (now.AddHours(-26), now.AddDays(62));
            var own = await db
                .Duties.AsNoTracking()
                .Where(d => d.HolderId != null && mine.Contains(d.HolderId.Value) && d.Start > begun && d.Published && d.End > now)
                .OrderBy(d => d.Start)
                .Take(Shown)
                .ToListAsync(ct);
            var gaps = await db.Own<Duty>()
                .AsNoTracking()
                .Where(d => d.HolderId == null && d.Start > now && d.Start < far)
                .OrderBy(d => d.Start)
                .Take(Shown)
                .ToListAsync(ct);
            // A proposal that nobody answered stays proposed: those of duties that are over may not take the place of the others.
            var swaps = await db.Own<Swap>()
                .AsNoTracking()
                .Where(s =>
                    s.State == SwapState.Proposed
                    && (s.ToId == null || mine.Contains(s.ToId.Value) || mine.Contains(s.FromId))
                    && db.Duties.Any(d => d.Id == s.DutyId && d.End > now)
                )
                .OrderBy(s => s.ProposedAt)
                .Take(Shown)
                .ToListAsync(ct);
            var others = swaps.Select(s => s.DutyId).Concat(swaps.Select(s => s.ReturnDutyId).OfType<Guid>()).Distinct().ToList();
            var about = await db.Own<Duty>().AsNoTracking().Where(d => others.Contains(d.Id)).ToDictionaryAsync(d => d.Id, ct);
            var sectorIds = own.Concat(gaps).Concat(about.Values).Select(d => d.SectorId).Distinct().ToList();
            var sectors = await db.Sectors.AsNoTracking().Where(s => sectorIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
            var gapIds = gaps.ConvertAll(g => g.Id);
            var offered = await db.Own<Volunteer>()
                .Where(v => gapIds.Contains(v.DutyId) && mine.Contains(v.PersonId))
                .Select(v => v.DutyId)
                .ToListAsync(ct);
            Proposal Of(Swap s)
            {
                var (duty, sector) = (about[s.DutyId], sectors[about[s.DutyId].SectorId]);
                return new(
                    s.Id,
                    s.FromName,
                    s.ToName,
                    sector.Name,
                    duty.Label,
                    duty.Start,
                    duty.End,
                    sector.Zone,
                    s.ReturnDutyId is { } back ? about.GetValueOrDefault(back)?.Start : null,
                    s.Note
                );
            }
            return new(
                [
                    .. own.Where(d => sectors.ContainsKey(d.SectorId))
                        .Select(d => new Mine(
                            d.Id,
                            d.SectorId,
                            sectors[d.SectorId].Name,
                            sectors[d.SectorId].Phone,
                            d.Label,
                            d.Start,
                            d.End,
                            sectors[d.SectorId].Zone,
                            d.OrganisationId == user.OrganisationId && d.Start > now,
                            swaps.Find(s => s.DutyId == d.Id) is { } swap ? Of(swap) : null
                        )),
                ],
                [.. swaps.Where(s => !mine.Contains(s.FromId) && about.TryGetValue(s.DutyId, out var d) && d.Start > now).Select(Of)],
                [
                    .. gaps.Select(d => new Gap(
                        d.Id,
                        sectors[d.SectorId].Name,
                        d.Label,
                        d.Start,
                        d.End,
                        sectors[d.SectorId].Zone,
                        offered.Contains(d.Id)
                    )),
                ]
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("duties/mine", async (ISender sender, CancellationToken ct) => TypedResults.Ok(await sender.Send(new Query(), ct)))
            .WithName("ListMyDuties")
            .WithSummary("One's own duties, proposals and gaps one could take");
}
