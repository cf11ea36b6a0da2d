namespace Parceo.Simulation.Tests;

internal sealed record RangeRow(
    Guid Id,
    Guid Practitioner,
    DateTimeOffset Start,
    DateTimeOffset End,
    int Capacity,
    int Left,
    long Taken,
    int HiddenBy,
    bool Open,
    Guid? Plan,
    DateTimeOffset? ClosedAt,
    DateTimeOffset PublishedAt
)
{
    public bool Outside => (HiddenBy & 8) != 0;
}

internal sealed record BookingRow(
    Guid Id,
    Guid Range,
    int? Place,
    Guid Practitioner,
    DateTimeOffset Start,
    DateTimeOffset End,
    Guid Organisation,
    Guid? Orientation,
    string Reference,
    string State,
    DateTimeOffset BookedAt,
    DateTimeOffset? RemindedAt
);

internal sealed record HoldRow(Guid Id, Guid Range, int Place, Guid Regulator, DateTimeOffset Until, Guid? Orientation);

internal sealed record OrientationRow(
    Guid Id,
    Guid Organisation,
    string State,
    Guid? Booking,
    Guid? Practitioner,
    Guid? Mt,
    bool Opposed,
    int Round,
    int Wave,
    DateTimeOffset? WaveEndsAt,
    Guid? Usual,
    double Radius,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt
);

internal sealed record InvitationRow(
    Guid Id,
    Guid Orientation,
    int Round,
    int Wave,
    Guid Practitioner,
    DateTimeOffset SentAt,
    DateTimeOffset Deadline,
    string State,
    int? Winner,
    DateTimeOffset? AnsweredAt
);

internal sealed record ReportRow(
    Guid Booking,
    Guid? Orientation,
    Guid? Mt,
    bool Opposed,
    DateTimeOffset? FulfilledAt,
    DateTimeOffset? NextReminderAt,
    int Reminders,
    DateTimeOffset? SentAt,
    DateTimeOffset? ReadAt,
    string State
);

internal sealed record NoticeRow(Guid Person, Guid Event, Guid Topic, DateTimeOffset? ReadAt);

/// <summary>What the tables say at one moment.</summary>
internal sealed class Snapshot(Tables t)
{
    public List<RangeRow> Ranges { get; } =
        t.Read(
            "SELECT id, practitioner_id, start, \"end\", capacity, places_left, taken, hidden_by, open, plan_id, closed_at, published_at FROM {slots.slot_range} ORDER BY start, id",
            r => new RangeRow(
                r.Id(0),
                r.Id(1),
                r.At(2),
                r.At(3),
                r.Int(4),
                r.Int(5),
                r.Long(6),
                r.Int(7),
                r.Bool(8),
                r.IdOrNull(9),
                r.AtOrNull(10),
                r.At(11)
            )
        );

    public List<BookingRow> Bookings { get; } =
        t.Read(
            "SELECT id, range_id, place, practitioner_id, start, \"end\", organisation_id, orientation_id, case_reference, state, booked_at, reminded_at FROM {slots.booking} ORDER BY booked_at, id",
            r => new BookingRow(
                r.Id(0),
                r.Id(1),
                r.IntOrNull(2),
                r.Id(3),
                r.At(4),
                r.At(5),
                r.Id(6),
                r.IdOrNull(7),
                r.Text(8),
                r.Text(9),
                r.At(10),
                r.AtOrNull(11)
            )
        );

    public List<HoldRow> Holds { get; } =
        t.Read("SELECT id, range_id, place, regulator_id, until, orientation_id FROM {slots.hold} ORDER BY id", r => new HoldRow(
            r.Id(0),
            r.Id(1),
            r.Int(2),
            r.Id(3),
            r.At(4),
            r.IdOrNull(5)
        ));

    public List<OrientationRow> Orientations { get; } =
        t.Read(
            "SELECT id, organisation_id, state, booking_id, practitioner_id, mt_practitioner_id, opposed_to_report, round, wave, wave_ends_at, usual_practitioner_id, radius_km, opened_at, closed_at FROM {regulation.orientation} ORDER BY opened_at, id",
            r => new OrientationRow(
                r.Id(0),
                r.Id(1),
                r.Text(2),
                r.IdOrNull(3),
                r.IdOrNull(4),
                r.IdOrNull(5),
                r.Bool(6),
                r.Int(7),
                r.Int(8),
                r.AtOrNull(9),
                r.IdOrNull(10),
                r.Double(11),
                r.At(12),
                r.AtOrNull(13)
            )
        );

    public List<InvitationRow> Invitations { get; } =
        t.Read(
            "SELECT id, orientation_id, round, wave, practitioner_id, sent_at, deadline, state, winner, answered_at FROM {regulation.invitation} ORDER BY sent_at, id",
            r => new InvitationRow(
                r.Id(0),
                r.Id(1),
                r.Int(2),
                r.Int(3),
                r.Id(4),
                r.At(5),
                r.At(6),
                r.Text(7),
                r.IntOrNull(8),
                r.AtOrNull(9)
            )
        );

    private Dictionary<Guid, RangeRow>? byId;

    public RangeRow? Range(Guid id) => (byId ??= Ranges.ToDictionary(r => r.Id)).GetValueOrDefault(id);

    public IEnumerable<BookingRow> Live(Guid range) => Bookings.Where(b => b.Range == range && b.Place is not null);

    private ILookup<Guid, RangeRow>? outside;
    private ILookup<Guid, RangeRow> OutsideOf => outside ??= Ranges.Where(r => r.Outside).ToLookup(r => r.Practitioner);

    /// <summary>Whether its professional saw somebody at that time whom they accepted outside their agenda, called off or not.</summary>
    public bool NearOutside(RangeRow r) => !r.Outside && OutsideOf[r.Practitioner].Any(o => o.Start < r.End && o.End > r.Start);

    /// <summary>For how many patients the time of a range is enough, beside those accepted outside it.</summary>
    public int SharesLeft(RangeRow r, TimeSpan less = default)
    {
        var busy = OutsideOf[r.Practitioner]
            .Where(o => o.Taken != 0 && o.Start < r.End && o.End > r.Start)
            .Select(o => (From: o.Start < r.Start ? r.Start : o.Start, To: o.End > r.End ? r.End : o.End))
            .OrderBy(o => o.From);
        var (free, at) = (r.End - r.Start - less, r.Start);
        foreach (var (from, to) in busy)
        {
            if (to <= at)
                continue;
            free -= to - (from > at ? from : at);
            at = to;
        }
        return free <= TimeSpan.Zero ? 0 : (int)(free.Ticks * r.Capacity / (r.End - r.Start).Ticks);
    }
}
