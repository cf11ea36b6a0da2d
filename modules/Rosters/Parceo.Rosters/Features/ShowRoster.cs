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
using Parceo.Rosters.Events;

namespace Parceo.Rosters.Features;

/// <summary>A sector's month: duties and gaps; for its planner also warnings, offers, proposals and what changed.</summary>
internal static class ShowRoster
{
    private const int Shown = 50;

    /// <param name="Month">Any day of it.</param>
    [Requires(RostersPermissions.Read)]
    public sealed record Query(Guid SectorId, DateOnly Month) : IRequest<Response>;

    /// <param name="Own">Whether the caller plans it.</param>
    /// <param name="MostPerWeek">Duties of one person in a week, from which on there is a warning.</param>
    /// <param name="RosterId">Null when the month is not prepared, or not published for those who do not plan it.</param>
    public sealed record Response(
        Guid SectorId,
        string Name,
        SectorKind Kind,
        string Departement,
        string Zone,
        string? Phone,
        bool Own,
        DateOnly Month,
        Guid? RosterId,
        RosterState? State,
        int? Edition,
        DateTimeOffset? PublishedAt,
        int Gaps,
        int MostPerWeek,
        IReadOnlyList<DutyLine> Duties,
        IReadOnlyList<ChangeLine> Changes,
        IReadOnlyList<SwapLine> Swaps
    )
    {
        /// <summary>What <see cref="UndoFill"/> needs to take the last filling back; empty once something else changed.</summary>
        public IReadOnlyList<FillRoster.FilledDuty> LastFill { get; init; } = [];
    }

    /// <param name="Offers">Who could take it.</param>
    /// <param name="Absent">The holder takes nobody then.</param>
    /// <param name="OfWeek">Duties of the holder in that ISO week, when they are more than the sector's usual limit; else 0.</param>
    /// <param name="SwapProposed">The holder proposes it to somebody.</param>
    public sealed record DutyLine(
        Guid Id,
        int Version,
        DateOnly Day,
        string Label,
        DateTimeOffset Start,
        DateTimeOffset End,
        string? Holiday,
        RosterPerson? Holder,
        string? Phone,
        IReadOnlyList<RosterPerson> Offers,
        bool Absent,
        int OfWeek,
        bool SwapProposed
    );

    public sealed record ChangeLine(
        DateTimeOffset At,
        DateTimeOffset DutyStart,
        string? Before,
        string? After,
        string ByName,
        string Reason
    );

    public sealed record SwapLine(
        Guid Id,
        DateTimeOffset ProposedAt,
        DateTimeOffset? DutyStart,
        DateTimeOffset? ReturnStart,
        string From,
        string? To,
        SwapState State,
        DateTimeOffset? SettledAt
    );

    public sealed class Handler(RostersDb db, SystemSender system, ICurrentUser user) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query q, CancellationToken ct)
        {
            var month = new DateOnly(q.Month.Year, q.Month.Month, 1);
            var sector = await db.Sectors.AsNoTracking().SingleOrDefaultAsync(s => s.Id == q.SectorId, ct)
                ?? throw new NotFoundException("sector_unknown");
            var plans = user.Can(RostersPermissions.Plan) && sector.OrganisationId == user.OrganisationId;
            var roster = await db
                .Rosters.AsNoTracking()
                .Include(r => r.Duties)
                .SingleOrDefaultAsync(r => r.SectorId == sector.Id && r.Month == month && (plans || r.Edition != null), ct);
            Response Of(IReadOnlyList<DutyLine> duties, IReadOnlyList<ChangeLine> changes, IReadOnlyList<SwapLine> swaps) =>
                new(
                    sector.Id,
                    sector.Name,
                    sector.Kind,
                    sector.Departement,
                    sector.Zone,
                    sector.Phone,
                    plans,
                    month,
                    roster?.Id,
                    roster?.State,
                    roster?.Edition,
                    roster?.PublishedAt,
                    roster?.Gaps ?? 0,
                    sector.MostPerWeek,
                    duties,
                    changes,
                    swaps
                )
                {
                    LastFill =
                        plans && roster is not null
                            ?
                            [
                                .. roster
                                    .Duties.Where(d => roster.LastFill.Contains(d.Id))
                                    .Select(d => new FillRoster.FilledDuty(d.Id, d.Version)),
                            ]
                            : [],
                };
            var duties = roster?.Duties.OrderBy(d => d.Start).ToList() ?? [];
            if (!plans || duties.Count == 0)
                return Of([.. duties.Select(d => Line(d, sector, [], false, 0, false))], [], []);

            var ids = duties.ConvertAll(d => d.Id);
            var offers = (await db.Volunteers.AsNoTracking().Where(v => ids.Contains(v.DutyId)).ToListAsync(ct))
                .OrderBy(v => TextRules.WithoutTitle(v.Name), FrenchText.ByName)
                .ToLookup(v => v.DutyId, v => v.Person);
            var swaps = await db
                .Swaps.AsNoTracking()
                .Where(s => s.RosterId == roster!.Id)
                .OrderByDescending(s => s.ProposedAt)
                .Take(Shown)
                .ToListAsync(ct);
            var changes = await db
                .Changes.AsNoTracking()
                .Where(c => c.RosterId == roster!.Id)
                .OrderByDescending(c => c.At)
                .Take(Shown)
                .ToListAsync(ct);
            var (away, weeks) = (await Away(duties, ct), await Weeks(duties, sector.Zone, ct));
            DateTimeOffset? Start(Guid? duty) => duties.Find(d => d.Id == duty)?.Start;
            return Of(
                [
                    .. duties.Select(d =>
                        Line(
                            d,
                            sector,
                            [.. offers[d.Id]],
                            away.Any(a => a.PractitionerId == d.HolderId && a.From < d.End && (a.To is null || a.To > d.Start)),
                            d.HolderId is { } h && weeks.GetValueOrDefault((h, LocalTime.Monday(d.Day))) is var n && n > sector.MostPerWeek
                                ? n
                                : 0,
                            swaps.Exists(s => s.State == SwapState.Proposed && s.DutyId == d.Id)
                        )
                    ),
                ],
                [.. changes.Select(c => new ChangeLine(c.At, c.DutyStart, c.Before, c.After, c.ByName, c.Reason))],
                [
                    .. swaps.Select(s => new SwapLine(
                        s.Id,
                        s.ProposedAt,
                        Start(s.DutyId),
                        Start(s.ReturnDutyId),
                        s.FromName,
                        s.ToName,
                        s.State,
                        s.SettledAt
                    )),
                ]
            );
        }

        private async Task<IReadOnlyList<Slots.Contracts.AbsenceOf>> Away(List<Duty> duties, CancellationToken ct)
        {
            var people = duties.Where(d => d.HolderId is not null && !d.HolderIsAccount).Select(d => d.HolderId!.Value).Distinct().ToList();
            return people.Count == 0
                ? []
                : await system.Send(
                    new Slots.Contracts.FindAbsences.Query(people, duties[0].Start, duties.Max(d => d.End)),
                    user.CorrelationId,
                    ct
                );
        }

        /// <summary>Duties by person and ISO week, in all rosters of the organisation.</summary>
        private async Task<Dictionary<(Guid, DateOnly), int>> Weeks(List<Duty> duties, string zone, CancellationToken ct)
        {
            var people = duties.Select(d => d.HolderId).OfType<Guid>().Distinct().ToList();
            if (people.Count == 0)
                return [];
            var (from, to) = (
                LocalTime.StartOfDay(LocalTime.Monday(duties[0].Day), zone),
                LocalTime.StartOfDay(LocalTime.Monday(duties[^1].Day).AddDays(7), zone)
            );
            var all = await db.Own<Duty>()
                .AsNoTracking()
                .Where(d => d.HolderId != null && people.Contains(d.HolderId.Value) && d.Start >= from && d.Start < to)
                .Select(d => new { Holder = d.HolderId!.Value, d.Day })
                .ToListAsync(ct);
            return all.CountBy(d => (d.Holder, LocalTime.Monday(d.Day))).ToDictionary();
        }

        private static DutyLine Line(Duty d, Sector s, IReadOnlyList<RosterPerson> offers, bool absent, int week, bool swap) =>
            new(
                d.Id,
                d.Version,
                d.Day,
                d.Label,
                d.Start,
                d.End,
                PublicHolidays.Of(d.Day, s.Departement),
                d.Holder,
                d.HolderPhone,
                offers,
                absent,
                week,
                swap
            );
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("sectors/{sectorId:guid}/months/{month}", async (Guid sectorId, DateOnly month, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(sectorId, month), ct))
            )
            .WithName("ShowRoster")
            .WithSummary("A sector's month")
            .ProducesProblem(404);
}
