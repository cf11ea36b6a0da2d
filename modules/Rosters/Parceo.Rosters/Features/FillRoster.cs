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

/// <summary>Fills the gaps of a month that is not published: in turn, evenly, or as the month before. <see cref="UndoFill"/> takes it back.</summary>
internal static class FillRoster
{
    private const int MostPeople = 60,
        MostDuties = 200;

    /// <param name="People">In the order of their turns; for <see cref="FillMode.LastMonth"/> none are needed: those of that month.</param>
    [Requires(RostersPermissions.Plan)]
    public sealed record Command(Guid RosterId, FillMode Mode, IReadOnlyList<Somebody> People) : IRequest<Response>;

    /// <param name="PersonId">A professional of the directory, or an account that offered itself in this organisation.</param>
    /// <param name="Days">Kinds of days, as <see cref="DayKinds"/>.</param>
    /// <param name="Most">In the month, 1–200; null for no limit.</param>
    public sealed record Somebody(Guid PersonId, DayKinds Days = DayKinds.Every, int? Most = null);

    /// <param name="Filled">What <see cref="UndoFill"/> needs.</param>
    /// <param name="Shares">How many of the month's duties each has now, most first.</param>
    /// <param name="Unknown">Of the gaps, those whose holder of the month before the directory no longer knows.</param>
    public sealed record Response(IReadOnlyList<FilledDuty> Filled, IReadOnlyList<Share> Shares, int Gaps, int Unknown);

    /// <param name="Version">Of the duty after it was given.</param>
    public sealed record FilledDuty(Guid DutyId, int Version);

    public sealed record Share(string Name, int Duties);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Mode).IsInEnum().WithMessage("fill_mode_invalid");
            RuleFor(c => c.People)
                .Must((c, p) => p.Count <= MostPeople && (p.Count > 0 || c.Mode == FillMode.LastMonth))
                .WithMessage("fill_people_missing");
            RuleForEach(c => c.People)
                .Must(p => p.Days is > 0 and <= DayKinds.Every && p.Most is null or (>= 1 and <= MostDuties))
                .WithMessage("fill_rule_invalid");
        }
    }

    public sealed class Handler(RostersDb db, Duties duties, TimeProvider clock, AuditNote audit) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command c, CancellationToken ct)
        {
            var roster = await db.Own<Roster>().Include(r => r.Duties).SingleOrDefaultAsync(r => r.Id == c.RosterId, ct)
                ?? throw new NotFoundException("roster_unknown");
            var sector = await db.Own<Sector>().AsNoTracking().SingleAsync(s => s.Id == roster.SectorId, ct);
            audit.About("roster", roster.Id);
            var before = await db.Own<Roster>()
                .AsNoTracking()
                .Where(r => r.SectorId == sector.Id && r.Month == roster.Month.AddMonths(-1))
                .SelectMany(r => r.Duties)
                .OrderBy(d => d.Start)
                .ToListAsync(ct);
            if (c.Mode == FillMode.LastMonth && !before.Exists(d => d.HolderId is not null))
                throw new ConflictException("fill_no_month_before");
            var again = c.Mode == FillMode.LastMonth;
            var people = await People(
                again
                    ? [.. before.Select(d => d.HolderId).OfType<Guid>().Distinct().Select(id => new Somebody(id))]
                    : [.. c.People.DistinctBy(p => p.PersonId)],
                before,
                leaveOut: again,
                ct
            );
            var last = before.LastOrDefault(d => people.Any(p => p.Who.Id == d.HolderId))?.HolderId;
            var now = clock.GetUtcNow();
            var planned = await duties.Fill(roster, sector, people, f => f.Plan(c.Mode, last, before, now), ct);
            var gone = again ? before.Select(d => d.HolderId).OfType<Guid>().Except(people.Select(p => p.Who.Id)).ToHashSet() : [];
            return new(
                [.. planned.Select(p => new FilledDuty(p.Duty.Id, p.Duty.Version))],
                [
                    .. roster
                        .Duties.Select(d => d.Holder)
                        .OfType<RosterPerson>()
                        .CountBy(p => p)
                        .Select(p => new Share(p.Key.Name, p.Value))
                        .OrderByDescending(s => s.Duties)
                        .ThenBy(s => TextRules.WithoutTitle(s.Name), FrenchText.ByName),
                ],
                roster.Gaps,
                Filling.LeftBy(gone, roster.Duties, before, now)
            );
        }

        /// <param name="leaveOut">Who is not known is left out; else choosing them is refused.</param>
        private async Task<IReadOnlyList<Candidate>> People(
            IReadOnlyList<Somebody> wanted,
            List<Duty> before,
            bool leaveOut,
            CancellationToken ct
        )
        {
            var ids = wanted.Select(p => p.PersonId).ToList();
            var known = await duties.Of(ids, ct);
            // An account is known by its offers, or by the duty it had.
            var accounts = (await db.Own<Volunteer>().AsNoTracking().Where(v => v.IsAccount && ids.Contains(v.PersonId)).ToListAsync(ct))
                .Select(v => (v.Person, v.Phone))
                .Concat(before.Where(d => d.HolderIsAccount).Select(d => (Person: d.Holder!, Phone: d.HolderPhone)))
                .DistinctBy(p => p.Person.Id)
                .ToDictionary(p => p.Person.Id);
            return
            [
                .. from p in wanted
                let found = known.TryGetValue(p.PersonId, out var professional) ? professional
                : accounts.TryGetValue(p.PersonId, out var account) ? account
                : leaveOut ? ((RosterPerson Who, string? Phone)?)null
                : throw InvalidException.Of("people", "duty_person_unknown")
                where found is not null
                select new Candidate(found.Value.Who, found.Value.Phone, p.Days, p.Most),
            ];
        }
    }

    public sealed record Body(FillMode Mode, IReadOnlyList<Somebody>? People = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("rosters/{rosterId:guid}/fill", async (Guid rosterId, Body b, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Command(rosterId, b.Mode, b.People ?? []), ct))
            )
            .WithName("FillRoster")
            .WithSummary("Fill the gaps of a month in turn, evenly, or as the month before")
            .ProducesProblem(404)
            .ProducesProblem(409);
}
