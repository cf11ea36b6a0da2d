using Parceo.Platform;

namespace Parceo.Slots.Domain;

/// <summary>
/// A time in which a professional takes nobody (D28): their slots are hidden, bookings refused, solicitations stop.
/// Without an end it is the vacation mode: until they say otherwise.
/// </summary>
internal sealed class Absence
{
    private Absence() { }

    /// <summary>An absence; it may have begun, it must not be over.</summary>
    public Absence(Guid id, Guid practitionerId, DateTimeOffset from, DateTimeOffset? to, Guid by, DateTimeOffset now)
    {
        if (to <= from || to <= now || to - from > TimeSpan.FromDays(731))
            throw InvalidException.Of("to", "absence_period");
        Id = id;
        PractitionerId = practitionerId;
        From = from;
        To = to;
        DeclaredBy = by;
        DeclaredAt = now;
    }

    public Guid Id { get; private set; }

    /// <summary>Who is away.</summary>
    public Guid PractitionerId { get; private set; }

    public DateTimeOffset From { get; private set; }

    /// <summary>UTC, excluded; null until they say otherwise.</summary>
    public DateTimeOffset? To { get; private set; }

    /// <summary>Themselves or a delegate.</summary>
    public Guid DeclaredBy { get; private set; }

    public DateTimeOffset DeclaredAt { get; private set; }

    /// <summary>Stale writers lose.</summary>
    public int Version { get; private set; }

    /// <summary>Whether any of the period is in it.</summary>
    public bool Touches(DateTimeOffset start, DateTimeOffset end) => From < end && (To is null || (To > start && To > From));

    /// <summary>Back earlier than said; an absence that has not begun becomes empty.</summary>
    public void End(DateTimeOffset now)
    {
        if (To <= now)
            throw new ConflictException("absence_over");
        To = From > now ? From : now;
        Version++;
    }
}
