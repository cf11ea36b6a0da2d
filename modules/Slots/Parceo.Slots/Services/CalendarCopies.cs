using Microsoft.EntityFrameworkCore;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Geo;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Services;

/// <summary>The module's copy of who works where, refreshed whenever the professional offers something (and every night by a job).</summary>
internal sealed class CalendarCopies(SlotsDb db, ISender sender)
{
    /// <summary>One place of a professional.</summary>
    /// <exception cref="InvalidException"><c>effector_unknown</c>, <c>activity_unknown</c>, <c>activity_without_place</c></exception>
    public async Task<Calendar> Of(Guid practitionerId, Guid activityId, CancellationToken ct)
    {
        var person = await Person(practitionerId, ct);
        var activity = person.Activities.FirstOrDefault(a => a.Id == activityId)
            ?? throw InvalidException.Of("activityId", "activity_unknown");
        return await Copy(person, activity, ct) ?? throw InvalidException.Of("activityId", "activity_without_place");
    }

    /// <summary>All places of a professional that are on the map: who never published a slot can be solicited too.</summary>
    public async Task<IReadOnlyList<Calendar>> All(Guid practitionerId, CancellationToken ct)
    {
        var person = await Person(practitionerId, ct);
        var copies = new List<Calendar>();
        foreach (var activity in person.Activities)
        {
            if (await Copy(person, activity, ct) is { } calendar)
                copies.Add(calendar);
        }
        return copies.Count > 0 ? copies : throw InvalidException.Of("activityId", "activity_without_place");
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
