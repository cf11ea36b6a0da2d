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
/// a job), and what regulators are offered, in step with absences, limits, outside agendas and accepted patients. Ranges themselves carry the
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

    /// <summary>
    /// When the professional is promised to a patient, so that nobody may promise them again: what they accepted, and those of
    /// their own ranges whose patients leave no more time for another one. Touch the agenda first: then nothing that is
    /// promised at the same moment is overlooked. Their limits, absences and outside agendas are their own word, which they
    /// may go beyond; this is their word to somebody else.
    /// </summary>
    /// <param name="lasts">How long the other patient would take.</param>
    public async Task<IReadOnlyList<(Guid PractitionerId, Period Period)>> Promises(
        IReadOnlyCollection<Guid> practitioners,
        DateTimeOffset from,
        DateTimeOffset to,
        TimeSpan lasts,
        CancellationToken ct
    )
    {
        // Around it too: a long range touches the period, and others' shares of it lie outside. Free ones too: a place of them that
        // is booked after this look meets the version that was read here.
        var (now, earliest, latest) = (clock.GetUtcNow(), from - (2 * SlotRange.Longest), to + SlotRange.Longest);
        var near = await db
            .Ranges.Include(r => r.Holds)
            .Where(r =>
                practitioners.Contains(r.PractitionerId) && (r.ClosedAt == null || r.Taken != 0) && r.Start > earliest && r.Start < latest
            )
            .OrderBy(r => r.Start)
            .Take(Most)
            .ToListAsync(ct);
        return
        [
            .. near.Where(r => r.Taken != 0)
                .GroupBy(r => r.PractitionerId)
                .SelectMany(own =>
                {
                    var accepted = own.Where(r => r.IsOutside).Select(r => r.Period).ToList();
                    return own.Where(r => r.Period.Touches(from, to))
                        .Where(r => r.IsOutside || r.Promised(now) > r.SharesLeft(accepted, lasts))
                        .Select(r => (own.Key, r.Period));
                }),
        ];
    }

    /// <summary>
    /// The one answer to « is this person busy? » for what they offer: their outside agendas and the patients they accepted.
    /// What this request adds counts already.
    /// </summary>
    public async Task<IReadOnlyList<Period>> Busy(Guid practitionerId, DateTimeOffset first, DateTimeOffset last, CancellationToken ct)
    {
        await db.BusyTimes.Where(t => t.PractitionerId == practitionerId && t.End > first && t.Start < last).LoadAsync(ct);
        return
        [
            .. db
                .BusyTimes.Local.Where(t => t.PractitionerId == practitionerId)
                .Select(t => new Period(t.Start, t.End))
                .Where(t => t.Touches(first, last)),
            .. await Accepted(practitionerId, first, last, ct),
        ];
    }

    /// <summary>When they see patients whom they accepted outside what they offer.</summary>
    public async Task<IReadOnlyList<Period>> Accepted(Guid practitionerId, DateTimeOffset first, DateTimeOffset last, CancellationToken ct)
    {
        var earliest = first - SlotRange.Longest;
        await db
            .Ranges.Where(r =>
                r.PractitionerId == practitionerId
                && (r.HiddenBy & Hidden.Outside) != 0
                && r.Taken != 0
                && r.Start > earliest
                && r.Start < last
            )
            .LoadAsync(ct);
        return
        [
            .. db
                .Ranges.Local.Where(r => r.PractitionerId == practitionerId && r.IsOutside && r.Taken != 0)
                .Select(r => r.Period)
                .Where(t => t.Touches(first, last)),
        ];
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
        var busy = await Busy(practitionerId, first, last, ct);
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
                    r.SharesLeft(busy)
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
