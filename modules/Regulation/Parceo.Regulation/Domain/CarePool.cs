using Parceo.Platform;
using Parceo.Regulation.Contracts;

namespace Parceo.Regulation.Domain;

/// <summary>
/// Who takes a kind of care in an organisation's territory: a skill, or listed professionals of that skill, and when.
/// Where an organisation set none, the kind's usual skill at any hour holds.
/// </summary>
internal sealed class CarePool : IOwned
{
    private readonly List<PoolMember> members = [];
    private readonly List<OpeningHours> hours = [];

    private CarePool() { }

    /// <summary>A pool of an organisation.</summary>
    public CarePool(Guid id, Guid organisationId, CareKind kind) => (Id, OrganisationId, Kind) = (id, organisationId, kind);

    public Guid Id { get; private set; }

    public Guid OrganisationId { get; private set; }

    /// <summary>For which kind; one pool each.</summary>
    public CareKind Kind { get; private set; }

    /// <summary>« SOS Médecins Metz ».</summary>
    public string Name { get; private set; } = "";

    /// <summary>Group of specialties or NOS code.</summary>
    public string Skill { get; private set; } = "";

    /// <summary>To call, or null.</summary>
    public string? Phone { get; private set; }

    /// <summary>Only these, when there are any.</summary>
    public IReadOnlyList<PoolMember> Members => members;

    /// <summary>Always, when there are none.</summary>
    public IReadOnlyList<OpeningHours> Hours => hours;

    /// <summary>Who changed it last, and when (D50).</summary>
    public Guid ChangedBy { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Stale writers lose.</summary>
    public int Version { get; private set; }

    /// <summary>The skill a kind asks for when nobody said otherwise.</summary>
    public static string UsualSkill(CareKind kind) =>
        kind switch
        {
            CareKind.Psychiatry => "SM42",
            CareKind.Geriatrics or CareKind.GeriatricAdmission => "SM18",
            _ => "MEDECINE_GENERALE", // a death at home too: only nurses who are certified may, and a pool says which
        };

    /// <summary>Says it all anew.</summary>
    public void Change(
        string name,
        string skill,
        string? phone,
        IEnumerable<PoolMember> people,
        IEnumerable<OpeningHours> open,
        Guid by,
        DateTimeOffset now
    )
    {
        Name = name;
        Skill = skill;
        Phone = phone;
        ChangedBy = by;
        ChangedAt = now;
        members.Clear();
        members.AddRange(people);
        hours.Clear();
        hours.AddRange(open);
        Version++;
    }

    /// <summary>When it next opens or closes; null when its hours never change that.</summary>
    public DateTimeOffset? ChangesAt(DateTimeOffset at, string zone)
    {
        var (today, open) = (LocalTime.DayOf(at, zone), IsOpen(at, zone));
        return Enumerable
            .Range(-1, 10)
            .Select(today.AddDays)
            .SelectMany(day =>
                hours
                    .Where(h => h.Day == day.DayOfWeek)
                    .SelectMany(h =>
                        new[] { LocalTime.At(day, h.From, zone), LocalTime.At(h.To > h.From ? day : day.AddDays(1), h.To, zone) }
                    )
            )
            .Where(t => t > at)
            .Order()
            .Cast<DateTimeOffset?>()
            .FirstOrDefault(t => IsOpen(t!.Value, zone) != open);
    }

    /// <summary>Whether it can be used at that moment where it is.</summary>
    public bool IsOpen(DateTimeOffset at, string zone)
    {
        if (hours.Count == 0)
            return true;
        var local = LocalTime.In(at, zone);
        var (day, time) = (local.DayOfWeek, TimeOnly.FromDateTime(local.DateTime));
        var before = (DayOfWeek)(((int)day + 6) % 7);
        return hours.Exists(h =>
            h.To > h.From
                ? h.Day == day && time >= h.From && time < h.To
                : (h.Day == day && time >= h.From) || (h.Day == before && time < h.To)
        );
    }
}

/// <summary>A professional of a pool.</summary>
/// <param name="PractitionerId">Directory id.</param>
/// <param name="Name">Copied.</param>
internal sealed record PoolMember(Guid PractitionerId, string Name);

/// <summary>Open on a weekday, local time; an end that is not after the start is the next day's.</summary>
internal sealed record OpeningHours(DayOfWeek Day, TimeOnly From, TimeOnly To);
