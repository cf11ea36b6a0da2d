using Microsoft.EntityFrameworkCore;
using Parceo.Platform;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Services;

/// <summary>
/// Turns plans into ranges and back. Idempotent: a range knows its plan, date and number, unique together, so a date is
/// published once however often the job runs; what was booked or withdrawn by hand is never made again.
/// </summary>
internal sealed class Timetable(SlotsDb db, Agendas agendas, SchoolHolidays schools, IIds ids, TimeProvider clock)
{
    /// <inheritdoc cref="Agendas.CalendarAt" />
    public Task<Calendar> CalendarAt(Guid practitionerId, Guid activityId, CancellationToken ct) =>
        agendas.CalendarAt(practitionerId, activityId, ct);

    /// <summary>Publishes what is missing up to the horizon; returns how many slots, and how many were wanted. A time already offered otherwise is left out.</summary>
    public async Task<(int Made, int Wanted)> Publish(Plan plan, DateOnly from, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = LocalTime.DayOf(now, plan.Zone);
        var until = plan.SettleUntil(today, schools);
        var first = from > today ? from : today;
        if (until < first)
            return default;

        (await agendas.Agenda(plan.PractitionerId, ct)).Touch(); // overlaps below are then never outdated
        var wanted = Enumerable
            .Range(0, until.DayNumber - first.DayNumber + 1)
            .SelectMany(d => plan.On(first.AddDays(d), schools))
            .Where(o => o.Start > now)
            .ToList();
        plan.Settled(until);
        if (wanted.Count == 0)
            return default;

        var (earliest, latest) = (wanted[0].Start - SlotRange.Longest, wanted.Max(o => o.End));
        await db.Ranges.Where(r => r.PractitionerId == plan.PractitionerId && r.Start > earliest && r.Start < latest).LoadAsync(ct);
        var there = db.Ranges.Local.Where(r => r.PractitionerId == plan.PractitionerId).ToList();
        var calendar = await db.Calendars.FindAsync([plan.CalendarId], ct) ?? throw new NotFoundException("plan_unknown");
        var made = wanted
            .Where(o => !there.Exists(r => r.PlanId == plan.Id && r.PlanDate == o.Date && r.PlanNumber == o.Number))
            .Where(o => !there.Exists(r => r.ClosedAt is null && !r.IsOutside && r.Start < o.End && r.End > o.Start))
            .Select(o => new SlotRange(
                ids.New(),
                calendar,
                o.Start,
                o.End,
                plan.Capacity,
                plan.Mode,
                plan.Note,
                plan.MadeBy,
                now,
                plan.Id,
                o.Date,
                o.Number
            ))
            .ToList();
        db.Ranges.AddRange(made);
        await agendas.Refresh(plan.PractitionerId, made, ct);
        foreach (var r in made)
            db.Publish(
                new RangePublished(r.Id, r.PractitionerId, r.CalendarId, r.Departement, r.Start, r.End, r.Capacity, r.CommuneCode, r.Skill),
                r.Id
            );
        return (made.Count, wanted.Count);
    }

    /// <summary>Withdraws the plan's slots to come of these dates that nobody has booked or holds; returns how many.</summary>
    public async Task<int> Withdraw(Guid planId, DateOnly from, DateOnly? to, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var free = await db
            .Ranges.Include(r => r.Holds)
            .Where(r =>
                r.PlanId == planId
                && r.ClosedAt == null
                && r.Taken == 0
                && r.Start > now
                && r.PlanDate >= from
                && (to == null || r.PlanDate <= to)
            )
            .ToListAsync(ct);
        foreach (var r in free)
        {
            r.Close(now);
            db.Publish(new RangeClosed(r.Id, r.PractitionerId, r.CalendarId, r.Departement), r.Id);
        }
        return free.Count;
    }
}
