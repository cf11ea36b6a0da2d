using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Platform.Sending;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Events;
using Parceo.Slots.Features;

namespace Parceo.Slots.Services;

/// <summary>
/// A professional's agenda: the module's copy of where they work, refreshed whenever they offer something (and every night by
/// a job), and what regulators are offered, in step with absences, limits and outside agendas. Ranges themselves carry the
/// answer, so the search asks nothing more, and a booking under way meets a new version and looks again.
/// </summary>
internal sealed class Agendas(SlotsDb db, ISender sender, SystemSender system, ICurrentUser user, TimeProvider clock)
{
    private const int Most = 20_000; // far more than 15 months of anybody's slots

    /// <summary>One location of a professional.</summary>
    /// <exception cref="InvalidException"><c>effector_unknown</c>, <c>activity_unknown</c>, <c>activity_without_location</c></exception>
    public async Task<Calendar> CalendarAt(Guid practitionerId, Guid activityId, CancellationToken ct)
    {
        var person = await Person(practitionerId, ct);
        var activity = person.Activities.FirstOrDefault(a => a.Id == activityId)
            ?? throw InvalidException.Of("activityId", "activity_unknown");
        return await Copy(person, activity, ct) ?? throw InvalidException.Of("activityId", "activity_without_location");
    }

    /// <summary>All locations of a professional that are on the map: who never published a slot can be solicited too.</summary>
    public async Task<IReadOnlyList<Calendar>> CalendarsOf(Guid practitionerId, CancellationToken ct)
    {
        var person = await Person(practitionerId, ct);
        var copies = new List<Calendar>();
        foreach (var activity in person.Activities)
        {
            if (await Copy(person, activity, ct) is { } calendar)
                copies.Add(calendar);
        }
        return copies.Count > 0 ? copies : throw InvalidException.Of("activityId", "activity_without_location");
    }

    /// <summary>The professional's agenda, made at the first occasion. Touch it before looking at what else they offer.</summary>
    public async Task<Agenda> Agenda(Guid practitionerId, CancellationToken ct)
    {
        var agenda = await db.Agendas.SingleOrDefaultAsync(a => a.PractitionerId == practitionerId, ct);
        if (agenda is null)
            db.Agendas.Add(agenda = new Agenda(practitionerId));
        return agenda;
    }

    /// <summary>Refuses the patient beyond a limit (bookings of one professional then take turns on their agenda).</summary>
    public async Task RefuseBeyondLimit(SlotRange range, CancellationToken ct)
    {
        var agenda = await db.Agendas.SingleOrDefaultAsync(a => a.PractitionerId == range.PractitionerId, ct);
        if (agenda is not { HasLimits: true })
            return;
        agenda.Touch(); // read before the count: whoever books meanwhile makes this one look again
        var load = await LoadOf(range.PractitionerId, range.Start, range.Start, Zones.OfDepartement(range.Departement), ct);
        if (load.IsFull(agenda, range.Start))
            throw new ConflictException("effector_limit");
    }

    /// <summary>Shows and hides the professional's ranges that start in a period; returns how many changed.</summary>
    public async Task<int> Refresh(Guid practitionerId, DateTimeOffset from, DateTimeOffset? to, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var first = from - SlotRange.Longest > now ? from - SlotRange.Longest : now; // a range may begin before the period and end in it
        var ranges = await db
            .Ranges.Where(r =>
                r.PractitionerId == practitionerId
                && r.ClosedAt == null
                && (r.HiddenBy & Hidden.Outside) == 0
                && r.Start > first
                && (to == null || r.Start < to)
            )
            .OrderBy(r => r.Start)
            .Take(Most)
            .ToListAsync(ct);
        return await Refresh(practitionerId, ranges, ct);
    }

    /// <summary>The same for ranges at hand, new ones among them.</summary>
    public async Task<int> Refresh(Guid practitionerId, IReadOnlyCollection<SlotRange> ranges, CancellationToken ct)
    {
        if (ranges.Count == 0)
            return 0;
        var (first, last) = (ranges.Min(r => r.Start), ranges.Max(r => r.End));
        var now = clock.GetUtcNow();
        // Local: what this request adds or ends counts already.
        await db.Absences.Where(a => a.PractitionerId == practitionerId && (a.To == null || a.To > now)).LoadAsync(ct);
        var absences = db.Absences.Local.Where(a => a.PractitionerId == practitionerId).ToList();
        await db.BusyTimes.Where(t => t.PractitionerId == practitionerId && t.End > first && t.Start < last).LoadAsync(ct);
        var busy = db.BusyTimes.Local.Where(t => t.PractitionerId == practitionerId && t.End > first && t.Start < last).ToList();
        var agenda = await db.Agendas.FindAsync([practitionerId], ct);
        var load = agenda is { HasLimits: true }
            ? await LoadOf(practitionerId, first, last, Zones.OfDepartement(ranges.First().Departement), ct)
            : null;

        var away = ranges.Where(r => r.IsAway).Select(r => r.Id).ToHashSet();
        var changed = ranges
            .Where(r =>
                r.Hide(
                    (absences.Exists(a => a.Touches(r.Start, r.End)) ? Hidden.Absence : Hidden.No)
                        | (load?.IsFull(agenda!, r.Start) == true ? Hidden.Load : Hidden.No),
                    BusyTime.Leave(r, busy)
                )
            )
            .ToList();
        foreach (var flipped in changed.Where(r => r.IsAway != away.Contains(r.Id)).GroupBy(r => r.IsAway))
        foreach (var some in flipped.Select(r => r.Id).Chunk(200))
            db.Publish(new RangesHidden(practitionerId, some, flipped.Key, now), practitionerId);
        if (changed.Count > 0)
            db.Publish(new AvailabilityChanged(practitionerId, [.. changed.Select(r => r.Departement).Distinct()]), practitionerId);
        return changed.Count;
    }

    private async Task<WeeklyLoad> LoadOf(Guid practitionerId, DateTimeOffset first, DateTimeOffset last, string zone, CancellationToken ct)
    {
        var bookings = await system.Send(
            new CountLoad.Query([practitionerId], LocalTime.WeekOf(first, zone).Start, LocalTime.WeekOf(last, zone).End),
            user.CorrelationId,
            ct
        );
        return new WeeklyLoad(bookings.Select(b => b.Start), zone);
    }

    private async Task<Practitioner> Person(Guid id, CancellationToken ct) =>
        await sender.Send(new GetPractitioners.Query([id]), ct) is [var person]
            ? person
            : throw InvalidException.Of("practitionerId", "effector_unknown");

    private async Task<Calendar?> Copy(Practitioner person, PractitionerActivity activity, CancellationToken ct)
    {
        if (activity is not { Latitude: { } latitude, Longitude: { } longitude, Departement: { } departement })
            return null;
        var calendar = await db.Calendars.SingleOrDefaultAsync(c => c.Id == activity.Id, ct);
        if (calendar is null)
            db.Calendars.Add(calendar = new Calendar(activity.Id, person.Id));
        calendar.Refresh(
            person.Name,
            person.CareCode,
            person.Skill ?? person.Profession,
            activity.Structure ?? activity.Address ?? "",
            activity.CommuneName ?? "",
            departement,
            activity.Phone,
            new GeoPoint(latitude, longitude),
            activity.Commune
        );
        return calendar;
    }
}
