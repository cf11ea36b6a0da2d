namespace Parceo.Simulation.Tests;

/// <summary>An absence as its professional was told it stands.</summary>
internal sealed class AbsenceFact(Guid id, Guid practitioner, DateTimeOffset from, DateTimeOffset? to, DateTimeOffset declaredAt)
{
    public Guid Id => id;
    public Guid Practitioner => practitioner;
    public DateTimeOffset From => from;
    public DateTimeOffset? To => to;
    public DateTimeOffset DeclaredAt => declaredAt;
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Whether, as things were known at a moment, it covered any of a period (half open on both sides).</summary>
    public bool Covers(DateTimeOffset start, DateTimeOffset end, DateTimeOffset known)
    {
        if (declaredAt > known)
            return false;
        if (EndedAt is { } ended && ended <= known)
            return from < end && ended > start && ended > from;
        return from < end && (to is null || to > start);
    }
}

/// <summary>A booking that somebody was told of.</summary>
internal sealed class BookingFact(Guid id, Guid range, string reference, DateTimeOffset at)
{
    public Guid Id => id;
    public Guid Range => range;
    public string Reference => reference;
    public DateTimeOffset At => at;

    /// <summary>Booked, Fulfilled, NoShow or Cancelled, as acknowledged.</summary>
    public string State { get; set; } = "Booked";
}

/// <summary>A plan that was accepted.</summary>
internal sealed class PlanFact(
    Guid id,
    Effector who,
    DayOfWeek weekday,
    TimeOnly start,
    int minutes,
    int slots,
    int capacity,
    DateOnly first,
    DateOnly? last,
    bool holidays,
    DateTimeOffset madeAt
)
{
    public Guid Id => id;
    public Effector Who => who;
    public DayOfWeek Weekday => weekday;
    public TimeOnly Start => start;
    public int Minutes => minutes;
    public int Slots => slots;
    public int Capacity => capacity;
    public DateOnly First => first;
    public DateOnly? Last { get; set; } = last;
    public bool Holidays => holidays;
    public DateTimeOffset MadeAt => madeAt;

    /// <summary>Dates changed by hand: removed, or at another time.</summary>
    public Dictionary<DateOnly, TimeOnly?> Changed { get; } = [];

    /// <summary>Something else of the same professional may have taken its time: dates may then be missing.</summary>
    public bool Alone { get; set; } = true;
}

/// <summary>A case opened, with what nobody but its desk and its acceptor may learn.</summary>
internal sealed class OrientationFact(
    Guid id,
    Guid organisation,
    string reference,
    double latitude,
    double longitude,
    Guid? mt,
    bool opposed
)
{
    public Guid Id => id;
    public Guid Organisation => organisation;
    public string Reference => reference;
    public string? Name { get; set; }
    public string? Phone { get; set; }
    public double Latitude => latitude;
    public double Longitude => longitude;
    public Guid? Mt { get; set; } = mt;
    public bool Opposed { get; set; } = opposed;

    /// <summary>Invitation whose acceptance was acknowledged.</summary>
    public Guid? Won { get; set; }
}

internal sealed record Wishes(int? PerDay, int? PerWeek, bool Visits, bool Tele);

/// <summary>What was acknowledged: all that the checker knows besides the tables. Nothing here comes of the product's code.</summary>
internal sealed class Model(Land land)
{
    public Land Land => land;
    public Almanac Almanac { get; } = new(land.Departement);
    public List<AbsenceFact> Absences { get; } = [];

    /// <summary>When the process was down: what was to be told meanwhile may have lost its use.</summary>
    public List<(DateTimeOffset From, DateTimeOffset To)> Outages { get; } = [];
    public Dictionary<Guid, Wishes> Wishes { get; } = [];
    public Dictionary<Guid, DateTimeOffset?> Present { get; } = [];
    public Dictionary<Guid, DateTimeOffset?> OverCapacity { get; } = [];
    public Dictionary<Guid, BookingFact> Bookings { get; } = [];
    public Dictionary<Guid, PlanFact> Plans { get; } = [];
    public Dictionary<Guid, OrientationFact> Orientations { get; } = [];

    /// <summary>The references of bookings whose answer never came: they may stand or not.</summary>
    public HashSet<string> Unanswered { get; } = [];

    /// <summary>Requests whose write was acknowledged: correlation and request.</summary>
    public List<(string Correlation, string Action)> Writes { get; } = [];

    private static readonly Wishes NoWishes = new(null, null, false, true);

    public Wishes WishesOf(Guid practitioner) => Wishes.GetValueOrDefault(practitioner, NoWishes);

    public bool IsAway(Guid practitioner, DateTimeOffset start, DateTimeOffset end, DateTimeOffset known) =>
        Absences.Exists(a => a.Practitioner == practitioner && a.Covers(start, end, known));

    /// <summary>Whether one more patient at that time would pass a limit, by the bookings given.</summary>
    public bool IsFull(Guid practitioner, DateTimeOffset at, IEnumerable<BookingRow> live)
    {
        if (WishesOf(practitioner) is not { } w || (w.PerDay is null && w.PerWeek is null))
            return false;
        var starts = live.Where(b => b.Practitioner == practitioner && b.Place is not null).Select(b => b.Start).ToList();
        return starts.Count(s => Almanac.Day(s) == Almanac.Day(at)) >= (w.PerDay ?? int.MaxValue)
            || starts.Count(s => Almanac.IsoWeek(s) == Almanac.IsoWeek(at)) >= (w.PerWeek ?? int.MaxValue);
    }

    /// <summary>Great-circle kilometres (haversine).</summary>
    public static double Km(double lat1, double lon1, double lat2, double lon2)
    {
        double Rad(double d) => d * Math.PI / 180;
        var (p, l) = (Math.Sin(Rad(lat2 - lat1) / 2), Math.Sin(Rad(lon2 - lon1) / 2));
        return 2 * 6371 * Math.Asin(Math.Sqrt((p * p) + (Math.Cos(Rad(lat1)) * Math.Cos(Rad(lat2)) * l * l)));
    }
}
