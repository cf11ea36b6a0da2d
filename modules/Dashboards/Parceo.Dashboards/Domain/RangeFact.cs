using Parceo.Platform;

namespace Parceo.Dashboards.Domain;

/// <summary>A published range (I8): its hours count for the ISO week of its local day. Same rule as the professional's own statement.</summary>
internal sealed class RangeFact : Fact
{
    /// <summary>The group of specialties the indicator is about.</summary>
    public const string GeneralPractice = "MEDECINE_GENERALE";

    private RangeFact() { }

    /// <summary>For a range that something was heard of.</summary>
    public RangeFact(Guid rangeId) => RangeId = rangeId;

    public Guid RangeId { get; private set; }

    /// <summary>Whose: to count heads, never to compare them.</summary>
    public Guid PractitionerId { get; private set; }

    /// <summary>Monday of its week.</summary>
    public DateOnly? Monday { get; private set; }

    public int Minutes { get; private set; }

    /// <summary>Of a general practitioner.</summary>
    public bool General { get; private set; }

    /// <summary>Withdrawn before anybody took a place.</summary>
    public bool Withdrawn { get; private set; }

    /// <summary>Hidden by an absence.</summary>
    public bool Hidden { get; private set; }

    /// <summary>When that was last said.</summary>
    public DateTimeOffset? HiddenAt { get; private set; }

    /// <summary>It was published.</summary>
    public void Published(Guid practitioner, string departement, string? commune, string? skill, DateTimeOffset start, DateTimeOffset end)
    {
        PractitionerId = practitioner;
        Departement = departement;
        Commune = commune;
        Minutes = (int)Math.Round((end - start).TotalMinutes);
        General = skill is null or GeneralPractice;
        Day = LocalTime.DayOf(start, Zones.OfDepartement(departement));
        Monday = LocalTime.Monday(Day.Value);
        Settle();
    }

    /// <summary>It was withdrawn; with a place taken, its hours stay.</summary>
    public void Closed(bool booked)
    {
        Withdrawn = !booked;
        Settle();
    }

    /// <summary>An absence hides it, or shows it again.</summary>
    public void Hide(bool hidden, DateTimeOffset at)
    {
        if (HiddenAt > at)
            return;
        (Hidden, HiddenAt) = (hidden, at);
        Settle();
    }

    private void Settle()
    {
        Counts = Day is not null && !Withdrawn && !Hidden;
        Version++;
    }
}
