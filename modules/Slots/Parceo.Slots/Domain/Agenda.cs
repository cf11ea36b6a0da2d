using Parceo.Platform;

namespace Parceo.Slots.Domain;

/// <summary>
/// What a professional says of their time as a whole. One row each: publications and, where limits are set, bookings take
/// turns on its version, so that overlaps and limits are seen under any concurrency.
/// </summary>
internal sealed class Agenda
{
    /// <summary>Most patients that a limit may allow.</summary>
    public const int HighestLimit = 200;

    private Agenda() { }

    /// <summary>An agenda.</summary>
    public Agenda(Guid practitionerId) => PractitionerId = practitionerId;

    /// <summary>The directory's person id.</summary>
    public Guid PractitionerId { get; private set; }

    /// <summary>Patients a local day; null for no limit.</summary>
    public int? MostPerDay { get; private set; }

    /// <summary>Patients an ISO week; null for no limit.</summary>
    public int? MostPerWeek { get; private set; }

    /// <summary>Available for a solicitation until then.</summary>
    public DateTimeOffset? PresentUntil { get; private set; }

    /// <summary>May be called for one more until then (W1.5).</summary>
    public DateTimeOffset? OverCapacityUntil { get; private set; }

    /// <summary>For regulators, with the offer; nothing about a patient.</summary>
    public string? OverCapacityNote { get; private set; }

    /// <summary>Solicited for visits too; most are not.</summary>
    public bool TakesVisits { get; private set; }

    /// <summary>Solicited for consultations by video too.</summary>
    public bool TakesTeleconsultations { get; private set; } = true;

    /// <summary>Stale writers look again.</summary>
    public int Version { get; private set; }

    /// <summary>Whether bookings are counted.</summary>
    public bool HasLimits => MostPerDay is not null || MostPerWeek is not null;

    /// <summary>Somebody changes what this professional offers.</summary>
    public void Touch() => Version++;

    /// <summary>Limits of load; null for none.</summary>
    public void Limit(int? perDay, int? perWeek)
    {
        if (perDay is < 1 or > HighestLimit)
            throw InvalidException.Of("perDay", "limit_of_load_invalid");
        if (perWeek is < 1 or > HighestLimit)
            throw InvalidException.Of("perWeek", "limit_of_load_invalid");
        (MostPerDay, MostPerWeek) = (perDay, perWeek);
        Touch();
    }

    /// <summary>Whether one more patient would pass a limit.</summary>
    /// <param name="ofDay">Patients already booked that day.</param>
    /// <param name="ofWeek">Patients already booked that ISO week.</param>
    public bool IsFull(int ofDay, int ofWeek) => ofDay >= MostPerDay || ofWeek >= MostPerWeek;

    /// <summary>Presence for solicitations; null ends it.</summary>
    public void BePresent(DateTimeOffset? until, DateTimeOffset now)
    {
        if (until is { } end && (end <= now || end - now > TimeSpan.FromDays(1)))
            throw InvalidException.Of("until", "presence_invalid");
        PresentUntil = until;
        Touch();
    }

    /// <summary>« Vous pouvez m’appeler pour un de plus jusqu’à 18 h »; null ends it.</summary>
    public void OfferOverCapacity(DateTimeOffset? until, string? note, DateTimeOffset now)
    {
        if (until is { } end && (end <= now || end - now > TimeSpan.FromDays(1)))
            throw InvalidException.Of("until", "presence_invalid");
        (OverCapacityUntil, OverCapacityNote) = (until, until is null || string.IsNullOrWhiteSpace(note) ? null : note.Trim());
        Touch();
    }

    /// <summary>Modes in which one may be solicited; consultations at the practice always.</summary>
    public void TakeSolicitations(bool visits, bool teleconsultations)
    {
        (TakesVisits, TakesTeleconsultations) = (visits, teleconsultations);
        Touch();
    }
}
