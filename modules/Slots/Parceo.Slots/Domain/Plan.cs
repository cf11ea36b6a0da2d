using Parceo.Platform;

namespace Parceo.Slots.Domain;

/// <summary>What a weekly plan does in school holidays.</summary>
internal enum SchoolRule
{
    /// <summary>Takes no notice of them.</summary>
    Always,

    /// <summary>Only then.</summary>
    Only,

    /// <summary>Not then.</summary>
    Except,
}

/// <summary>The form of a plan: what stands in the week.</summary>
/// <param name="Weekday">Local day of the week.</param>
/// <param name="Start">Local time, right on both sides of a change of clocks.</param>
/// <param name="Minutes">Length of each slot.</param>
/// <param name="Slots">How many follow each other, 1–40.</param>
/// <param name="Capacity">Patients each.</param>
/// <param name="Mode">How patients are seen.</param>
/// <param name="Note">For regulators.</param>
/// <param name="PublicHolidays">On public holidays too.</param>
/// <param name="School">In school holidays.</param>
internal sealed record WeeklySlots(
    DayOfWeek Weekday,
    TimeOnly Start,
    int Minutes,
    int Slots,
    int Capacity,
    Mode Mode,
    string? Note,
    bool PublicHolidays,
    SchoolRule School
);

/// <summary>One slot that a plan wants on a date.</summary>
/// <param name="Date">Local date.</param>
/// <param name="Number">Unique in plan and date; another hundred for each change of that date.</param>
internal sealed record Occurrence(DateOnly Date, int Number, DateTimeOffset Start, DateTimeOffset End);

/// <summary>
/// Slots that come back every week (issue: recurrences). A plan is never rewritten: changing it ends it the day before
/// and begins another, so that what was booked stays what it was.
/// </summary>
internal sealed class Plan
{
    /// <summary>How far ahead slots are published.</summary>
    public const int HorizonDays = 56;
    private const int EditionStep = 100;

    private readonly List<PlanDate> dates = [];

    private Plan() { }

    /// <summary>A plan at a place.</summary>
    public Plan(Guid id, Calendar calendar, WeeklySlots week, DateOnly first, DateOnly? last, Guid by, DateTimeOffset now)
    {
        if (week.Minutes is < 5 or > 840 || week.Slots is < 1 or > 40 || week.Minutes * week.Slots > SlotRange.Longest.TotalMinutes)
            throw InvalidException.Of("minutes", "plan_length");
        if (week.Capacity is < 1 or > SlotRange.MostPlaces)
            throw InvalidException.Of("capacity", "slot_capacity");
        if (last < first || first > LocalTime.DayOf(now, calendar.Zone).AddDays(731))
            throw InvalidException.Of("last", "plan_period");
        Id = id;
        CalendarId = calendar.Id;
        PractitionerId = calendar.PractitionerId;
        Zone = calendar.Zone;
        Departement = calendar.Departement;
        Weekday = week.Weekday;
        StartsAt = week.Start;
        Minutes = week.Minutes;
        Slots = week.Slots;
        Capacity = week.Capacity;
        Mode = week.Mode;
        (Note, PublicHolidays, School) = (string.IsNullOrWhiteSpace(week.Note) ? null : week.Note.Trim(), week.PublicHolidays, week.School);
        First = first;
        Last = last;
        PublishedUntil = first.AddDays(-1);
        MadeBy = by;
        MadeAt = now;
    }

    public Guid Id { get; private set; }

    public Guid CalendarId { get; private set; }

    public Guid PractitionerId { get; private set; }

    /// <summary>IANA zone of the place, in which the times are meant.</summary>
    public string Zone { get; private set; } = "";

    /// <summary>Département of the place, for holidays.</summary>
    public string Departement { get; private set; } = "";

    /// <summary>Local day of the week.</summary>
    public DayOfWeek Weekday { get; private set; }

    /// <summary>Local time.</summary>
    public TimeOnly StartsAt { get; private set; }

    /// <summary>Length of each slot.</summary>
    public int Minutes { get; private set; }

    /// <summary>How many follow each other.</summary>
    public int Slots { get; private set; }

    /// <summary>Patients each.</summary>
    public int Capacity { get; private set; }

    /// <summary>How patients are seen.</summary>
    public Mode Mode { get; private set; }

    /// <summary>For regulators.</summary>
    public string? Note { get; private set; }

    /// <summary>On public holidays too.</summary>
    public bool PublicHolidays { get; private set; }

    /// <summary>In school holidays.</summary>
    public SchoolRule School { get; private set; }

    /// <summary>First local date.</summary>
    public DateOnly First { get; private set; }

    /// <summary>Last local date, or null.</summary>
    public DateOnly? Last { get; private set; }

    /// <summary>All dates up to here are settled.</summary>
    public DateOnly PublishedUntil { get; private set; }

    /// <summary>Who made it.</summary>
    public Guid MadeBy { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }

    /// <summary>Stale writers look again.</summary>
    public int Version { get; private set; }

    /// <summary>Dates that differ from the week.</summary>
    public IReadOnlyList<PlanDate> Dates => dates;

    /// <summary>What the plan wants on a date; nothing on the wrong day, a holiday, a removed date, or what the table of school holidays does not know.</summary>
    public IReadOnlyList<Occurrence> On(DateOnly date, SchoolHolidays schools)
    {
        if (date.DayOfWeek != Weekday || date < First || date > Last)
            return [];
        var own = dates.Find(d => d.Date == date);
        if (own?.Removed == true)
            return [];
        // A date changed by hand is wanted, whatever day it is.
        if (own is null && ((!PublicHolidays && Platform.PublicHolidays.Of(date, Departement) is not null) || !Allows(date, schools)))
            return [];
        var start = LocalTime.At(date, own?.Start ?? StartsAt, Zone);
        return
        [
            .. Enumerable
                .Range(0, Slots)
                .Select(i => new Occurrence(
                    date,
                    ((own?.Edition ?? 0) * EditionStep) + i + 1,
                    start.AddMinutes(Minutes * i),
                    start.AddMinutes(Minutes * (i + 1))
                )),
        ];
    }

    /// <summary>Why a date of the plan's day has no slots though nobody took it out; null when it has, or is none of its dates.</summary>
    public SkipReason? Skips(DateOnly date, DateOnly settledUntil, SchoolHolidays schools) =>
        date.DayOfWeek != Weekday || date < First || date > Last || dates.Exists(d => d.Date == date) ? null
        : !PublicHolidays && Platform.PublicHolidays.Of(date, Departement) is not null ? SkipReason.PublicHoliday
        : School == SchoolRule.Always ? null
        : date > settledUntil ? SkipReason.SchoolUnknown
        : Allows(date, schools) ? null
        : School == SchoolRule.Only ? SkipReason.NoSchoolHoliday
        : SkipReason.SchoolHoliday;

    /// <summary>The last date that can be settled today: the horizon, the end, or as far as the school holidays are known.</summary>
    public DateOnly SettleUntil(DateOnly today, SchoolHolidays schools)
    {
        var until = today.AddDays(HorizonDays);
        if (Last < until)
            until = Last.Value;
        return School != SchoolRule.Always && (schools.KnownUntil(Departement) ?? today) is var known && known < until ? known : until;
    }

    /// <summary>Whether it offers all the time that another one would, every week: nothing would be left for that one.</summary>
    public bool Covers(Plan other) =>
        Weekday == other.Weekday
        && First <= other.First
        && (Last is null || Last >= other.Last)
        && (School == SchoolRule.Always || School == other.School)
        && (PublicHolidays || !other.PublicHolidays)
        && StartsAt <= other.StartsAt
        && StartsAt.ToTimeSpan() + TimeSpan.FromMinutes(Minutes * Slots)
            >= other.StartsAt.ToTimeSpan() + TimeSpan.FromMinutes(other.Minutes * other.Slots);

    /// <summary>All dates up to one are settled.</summary>
    public void Settled(DateOnly until)
    {
        if (until <= PublishedUntil)
            return;
        PublishedUntil = until;
        Version++;
    }

    /// <summary>The last date; earlier than now said.</summary>
    public void End(DateOnly last)
    {
        if (Last <= last)
            return;
        Last = last;
        Version++;
    }

    /// <summary>One date differs: not that day, at another time, or (both null) as every week again.</summary>
    public PlanDate Change(DateOnly date, bool removed, TimeOnly? start)
    {
        if (date.DayOfWeek != Weekday || date < First || date > Last)
            throw InvalidException.Of("date", "plan_date");
        var own = dates.Find(d => d.Date == date);
        if (own is null)
            dates.Add(own = new PlanDate(Id, date));
        own.Become(removed, start);
        Version++;
        return own;
    }

    private bool Allows(DateOnly date, SchoolHolidays schools) =>
        School switch
        {
            SchoolRule.Only => schools.Covers(date, Departement),
            SchoolRule.Except => !schools.Covers(date, Departement),
            _ => true,
        };
}

/// <summary>A date of a plan that differs from the week.</summary>
internal sealed class PlanDate
{
    private PlanDate() { }

    internal PlanDate(Guid planId, DateOnly date) => (PlanId, Date) = (planId, date);

    /// <summary>The plan.</summary>
    public Guid PlanId { get; private set; }

    /// <summary>Local date.</summary>
    public DateOnly Date { get; private set; }

    /// <summary>Not that day.</summary>
    public bool Removed { get; private set; }

    /// <summary>At this local time instead.</summary>
    public TimeOnly? Start { get; private set; }

    /// <summary>How often it was changed: slots of each change have numbers of their own.</summary>
    public int Edition { get; private set; }

    internal void Become(bool removed, TimeOnly? start)
    {
        (Removed, Start) = (removed, start);
        Edition++;
    }
}

/// <summary>Why a plan leaves one of its dates out.</summary>
internal enum SkipReason
{
    /// <summary>A public holiday of the place.</summary>
    PublicHoliday,

    /// <summary>School holidays, and the plan is for the other weeks.</summary>
    SchoolHoliday,

    /// <summary>No school holidays, and the plan is for those.</summary>
    NoSchoolHoliday,

    /// <summary>The school holidays of that time are not known yet.</summary>
    SchoolUnknown,

    /// <summary>The professional is away.</summary>
    Absence,

    /// <summary>Another slot of theirs stands at that time.</summary>
    Overlap,
}
