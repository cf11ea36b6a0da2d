using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Platform.Sending;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Features;

/// <summary>A professional's weekly plans, present and to come, with the dates ahead that differ.</summary>
internal static class ListPlans
{
    [Requires(SlotsPermissions.Publish)]
    public sealed record Query(Guid PractitionerId) : IRequest<IReadOnlyList<PlanView>>;

    /// <param name="Next">Dates ahead on which it publishes slots, at most six.</param>
    /// <param name="Removed">Dates ahead taken out by hand.</param>
    /// <param name="Skipped">Dates ahead that it leaves out by itself, within its horizon, and why.</param>
    public sealed record PlanView(
        Guid Id,
        Guid ActivityId,
        string LocationLabel,
        DayOfWeek Weekday,
        TimeOnly Start,
        int Minutes,
        int Slots,
        int Capacity,
        Mode Mode,
        string? Note,
        DateOnly First,
        DateOnly? Last,
        bool PublicHolidays,
        SchoolRule School,
        IReadOnlyList<DateOnly> Next,
        IReadOnlyList<DateOnly> Removed,
        IReadOnlyList<Skip> Skipped
    );

    /// <param name="Name">Of the public holiday.</param>
    public sealed record Skip(DateOnly Date, SkipReason Reason, string? Name);

    public sealed class OwnAgenda(CallContext user) : IAccessRule<Query>
    {
        public Task Check(Query request, CancellationToken ct) =>
            user.ActFor(SlotsPermissions.Publish, request.PractitionerId)
                ? Task.CompletedTask
                : throw new ForbiddenException("not_own_agenda");
    }

    public sealed class Handler(SlotsDb db, SchoolHolidays schools, TimeProvider clock) : IRequestHandler<Query, IReadOnlyList<PlanView>>
    {
        private const int Most = 200,
            Shown = 6;

        public async Task<IReadOnlyList<PlanView>> Handle(Query query, CancellationToken ct)
        {
            var yesterday = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1); // no zone is further behind
            var rows = await db
                .Plans.AsNoTracking()
                .Include(p => p.Dates)
                .Where(p => p.PractitionerId == query.PractitionerId && (p.Last == null || (p.Last >= yesterday && p.Last >= p.First)))
                .OrderBy(p => p.First)
                .Take(Most)
                .Join(db.Calendars, p => p.CalendarId, c => c.Id, (p, c) => new { Plan = p, c.LocationLabel })
                .ToListAsync(ct);
            var absences = await db
                .Absences.AsNoTracking()
                .Where(a => a.PractitionerId == query.PractitionerId && (a.To == null || a.To > clock.GetUtcNow()))
                .ToListAsync(ct);
            var made = (
                await db
                    .Ranges.AsNoTracking()
                    .Where(r => r.PractitionerId == query.PractitionerId && r.PlanId != null && r.PlanDate >= yesterday)
                    .Select(r => new { Plan = r.PlanId!.Value, Date = r.PlanDate!.Value })
                    .Distinct()
                    .ToListAsync(ct)
            )
                .Select(r => (r.Plan, r.Date))
                .ToHashSet();
            return
            [
                .. rows.Select(r => View(r.Plan, r.LocationLabel, absences, made))
                    .OrderBy(p => ((int)p.Weekday + 6) % 7)
                    .ThenBy(p => p.Start),
            ];
        }

        private PlanView View(Plan p, string place, IReadOnlyList<Absence> absences, HashSet<(Guid Plan, DateOnly Date)> made)
        {
            var today = LocalTime.DayOf(clock.GetUtcNow(), p.Zone);
            var until = p.SettleUntil(today, schools);
            var days = Enumerable.Range(0, Plan.HorizonDays + 1).Select(today.AddDays).ToList();
            var skipped = days.Select(d => (Date: d, Why: Why(d)))
                .Where(d => d.Why is not null)
                .Select(d => new Skip(d.Date, d.Why!.Value, PublicHolidays.Of(d.Date, p.Departement)))
                .ToList();
            var next = days.Where(d =>
                    d <= until && p.On(d, schools).Any(o => o.Start > clock.GetUtcNow()) && !skipped.Exists(x => x.Date == d)
                )
                .Take(Shown);

            // Today's own times may be over; what was never settled is still to come.
            SkipReason? Why(DateOnly d) =>
                p.Skips(d, until, schools) is { } rule ? rule
                : p.On(d, schools) is not [var first, ..] occurrences ? null
                : absences.Any(a => a.Touches(first.Start, occurrences[^1].End)) ? SkipReason.Absence
                : d > today && d <= p.PublishedUntil && !made.Contains((p.Id, d)) ? SkipReason.Overlap
                : null;
            return new(
                p.Id,
                p.CalendarId,
                place,
                p.Weekday,
                p.StartsAt,
                p.Minutes,
                p.Slots,
                p.Capacity,
                p.Mode,
                p.Note,
                p.First,
                p.Last,
                p.PublicHolidays,
                p.School,
                [.. next],
                [.. p.Dates.Where(d => d.Removed && d.Date >= today).Select(d => d.Date).Order()],
                skipped
            );
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("plans", async (Guid practitionerId, ISender sender, CancellationToken ct) =>
                TypedResults.Ok(await sender.Send(new Query(practitionerId), ct))
            )
            .WithName("ListPlans")
            .WithSummary("Slots of every week")
            .ProducesProblem(403);
}
