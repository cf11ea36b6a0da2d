using System.Numerics;
using Parceo.Platform;

namespace Parceo.Slots.Domain;

/// <summary>Why a range that is not closed is neither found nor booked, for the time being.</summary>
[Flags]
internal enum Hidden
{
    /// <summary>It is offered.</summary>
    No = 0,

    /// <summary>The professional is away (D28).</summary>
    Absence = 1,

    /// <summary>Their limit of the day or of the week is reached.</summary>
    Load = 2,

    /// <summary>They are busy: their outside agenda says so, or they accepted a patient at that time.</summary>
    Busy = 4,

    /// <summary>Made for an accepted solicitation: never offered to anybody.</summary>
    Outside = 8,
}

/// <summary>
/// A slot, or a range with several places, that a professional offers to regulators (domain.md: <c>SlotRange</c>). It
/// knows which of its places are taken, by bookings and by live holds; <see cref="Version"/> makes two writers on one
/// range meet in the database, where one wins (S52, D27).
/// </summary>
internal sealed class SlotRange
{
    /// <summary>Most places of a range: they are bits of one integer.</summary>
    public const int MostPlaces = 60;

    /// <summary>Longest range.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(14);

    /// <summary>How far ahead one is offered.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(366);

    /// <summary>Shortest slot.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    /// <summary>How long after its start an accepted solicitation is still carried out.</summary>
    public static readonly TimeSpan LateAcceptance = TimeSpan.FromHours(1);

    private readonly List<Hold> holds = [];
    private readonly List<(Hold Hold, bool Booked)> ended = [];

    private SlotRange() { }

    /// <summary>Offers places at a calendar's place.</summary>
    public SlotRange(
        Guid id,
        Calendar calendar,
        DateTimeOffset start,
        DateTimeOffset end,
        int capacity,
        Mode mode,
        string? note,
        Guid publishedBy,
        DateTimeOffset now,
        Guid? planId = null,
        DateOnly? planDate = null,
        int? planNumber = null
    )
    {
        if (start <= now)
            throw new ConflictException("slot_past");
        if (start - now > Horizon)
            throw InvalidException.Of("start", "slot_too_far");
        if (end - start < Shortest || end - start > Longest)
            throw InvalidException.Of("end", "slot_length");
        if (capacity is < 1 or > MostPlaces)
            throw InvalidException.Of("capacity", "slot_capacity");
        (Id, CalendarId, PractitionerId) = (id, calendar.Id, calendar.PractitionerId);
        Start = start;
        End = end;
        Capacity = capacity;
        PlacesLeft = capacity;
        Mode = mode;
        Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        Skill = calendar.Skill;
        Departement = calendar.Departement;
        CommuneCode = calendar.CommuneCode;
        Latitude = calendar.Latitude;
        Longitude = calendar.Longitude;
        Cell = calendar.Cell;
        Shuffle = calendar.Shuffle;
        (PublishedBy, PublishedAt, Open) = (publishedBy, now, true);
        (PlanId, PlanDate, PlanNumber) = (planId, planDate, planNumber);
    }

    /// <summary>A range of one place for a patient whom the professional accepted when they were asked.</summary>
    public static (SlotRange Range, Booking Booking) Outside(
        Guid id,
        Calendar calendar,
        DateTimeOffset start,
        TimeSpan lasts,
        Mode mode,
        Guid bookingId,
        Guid regulatorId,
        Guid organisationId,
        string caseReference,
        PatientTraits patient,
        Guid orientationId,
        DateTimeOffset now
    )
    {
        if (start < now - LateAcceptance)
            throw new ConflictException("slot_past");
        // Published just before its start, whatever the clock says now: the acceptance is older than its execution.
        var range = new SlotRange(
            id,
            calendar,
            start,
            start + lasts,
            1,
            mode,
            null,
            calendar.PractitionerId,
            start <= now ? start.AddTicks(-1) : now
        )
        {
            HiddenBy = Hidden.Outside,
        };
        range.Taken = Bit(1);
        range.Changed();
        return (range, new Booking(bookingId, range, 1, regulatorId, organisationId, caseReference, patient, now, orientationId));
    }

    public Guid Id { get; private set; }

    /// <summary>The professional at a place.</summary>
    public Guid CalendarId { get; private set; }

    /// <summary>Directory id of the professional.</summary>
    public Guid PractitionerId { get; private set; }

    public DateTimeOffset Start { get; private set; }

    public DateTimeOffset End { get; private set; }

    /// <summary>Number of patients.</summary>
    public int Capacity { get; private set; }

    /// <summary>Most places for which outside agendas and accepted solicitations leave time; beyond <see cref="Capacity"/> when they say nothing.</summary>
    public int Room { get; private set; } = MostPlaces;

    /// <summary>Places neither booked nor held, for which there is time.</summary>
    public int PlacesLeft { get; private set; }

    /// <summary>Bit n−1 is set while place n is booked or held.</summary>
    public long Taken { get; private set; }

    /// <summary>How patients are seen.</summary>
    public Mode Mode { get; private set; }

    /// <summary>For regulators' eyes, never about a patient.</summary>
    public string? Note { get; private set; }

    /// <summary>Specialty group, for search.</summary>
    public string Skill { get; private set; } = "";

    /// <summary>Département of the place: the territory filter.</summary>
    public string Departement { get; private set; } = "";

    /// <summary>INSEE code of its commune, or null: the territory filter of organisations smaller than a département.</summary>
    public string? CommuneCode { get; private set; }

    /// <summary>Of the place, WGS 84.</summary>
    public double Latitude { get; private set; }

    /// <summary>Of the place, WGS 84.</summary>
    public double Longitude { get; private set; }

    /// <summary>Its 10 km cell.</summary>
    public int Cell { get; private set; }

    /// <summary>The calendar's number in the random order of vague places.</summary>
    public int Shuffle { get; private set; }

    /// <summary>Why it is not offered now.</summary>
    public Hidden HiddenBy { get; private set; }

    /// <summary>The professional is elsewhere: hidden by an absence or an outside agenda, it counts for no visible hour (I8).</summary>
    public bool IsAway => (HiddenBy & (Hidden.Absence | Hidden.Busy)) != 0;

    /// <summary>Made for an accepted solicitation; while its place is taken the professional is busy in it.</summary>
    public bool IsOutside => HiddenBy.HasFlag(Hidden.Outside);

    /// <summary>From start to end.</summary>
    public Period Period => new(Start, End);

    /// <summary>Places that a patient has or that somebody holds now.</summary>
    public int Promised(DateTimeOffset now) => BitOperations.PopCount((ulong)Taken) - holds.Count(h => h.Until <= now);

    /// <summary>How many patients' shares of it these times leave: none of a single slot that they touch.</summary>
    /// <param name="busy">In any order; they may overlap.</param>
    /// <param name="less">More time that goes, wherever in it.</param>
    public int SharesLeft(IEnumerable<Period> busy, TimeSpan less = default)
    {
        var (free, from) = (-less, Start);
        foreach (var t in busy.Where(t => t.Touches(Start, End)).OrderBy(t => t.Start))
        {
            if (t.Start > from)
                free += t.Start - from;
            if (t.End > from)
                from = t.End;
        }
        if (from < End)
            free += End - from;
        return (int)(Math.Max(0, free.Ticks) * Capacity / (End - Start).Ticks);
    }

    /// <summary>Found by searches: not closed, not hidden, with a place left. Kept as a column for the partial index.</summary>
    public bool Open { get; private set; }

    /// <summary>The weekly plan it comes from, or null.</summary>
    public Guid? PlanId { get; private set; }

    /// <summary>Local date in that plan.</summary>
    public DateOnly? PlanDate { get; private set; }

    /// <summary>Number in that date.</summary>
    public int? PlanNumber { get; private set; }

    /// <summary>Who published it.</summary>
    public Guid PublishedBy { get; private set; }

    public DateTimeOffset PublishedAt { get; private set; }

    /// <summary>Withdrawn at.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Two writers on one range: one wins.</summary>
    public int Version { get; private set; }

    /// <summary>Live and expired holds not yet released.</summary>
    public IReadOnlyList<Hold> Holds => holds;

    /// <summary>Holds that ended since the last call, and whether by the booking they were taken for; the handler publishes it.</summary>
    public IReadOnlyList<(Hold Hold, bool Booked)> TakeEnded()
    {
        var taken = ended.ToList();
        ended.Clear();
        return taken;
    }

    /// <summary>Keeps a place for a regulator for a short time (W1.4).</summary>
    public Hold TakeHold(Guid holdId, Guid regulatorId, Guid organisationId, TimeSpan lease, DateTimeOffset now, Guid? orientationId = null)
    {
        RefuseIfOver(now);
        if (holds.Find(h => h.RegulatorId == regulatorId && h.Until > now) is { } mine)
            return mine;
        var hold = new Hold(holdId, Id, TakePlace(now), regulatorId, organisationId, now + lease, orientationId);
        holds.Add(hold);
        return hold;
    }

    /// <summary>Books a patient: on the regulator's own held place, or on a free one.</summary>
    public Booking Book(
        Guid bookingId,
        Guid regulatorId,
        Guid organisationId,
        string caseReference,
        PatientTraits patient,
        DateTimeOffset now,
        Guid? orientationId = null
    )
    {
        RefuseIfOver(now);
        var mine = holds.Find(h => h.RegulatorId == regulatorId && h.Until > now);
        var place = mine?.Place ?? TakePlace(now);
        if (mine is not null)
            Drop(mine, orientationId is not null && mine.OrientationId == orientationId);
        Changed();
        return new Booking(bookingId, this, place, regulatorId, organisationId, caseReference, patient, now, orientationId);
    }

    /// <summary>Gives a held place back.</summary>
    /// <returns>False when the hold is not there any more.</returns>
    public bool ReleaseHold(Guid holdId)
    {
        if (holds.Find(h => h.Id == holdId) is not { } hold)
            return false;
        Release(hold);
        return true;
    }

    /// <summary>Frees the places whose hold has run out; returns how many.</summary>
    public int ReleaseExpiredHolds(DateTimeOffset now)
    {
        var expired = holds.FindAll(h => h.Until <= now);
        expired.ForEach(Release);
        return expired.Count;
    }

    /// <summary>A cancelled booking's place, free at once (D27).</summary>
    public void FreePlace(int place)
    {
        Taken &= ~Bit(place);
        Changed();
    }

    /// <summary>Withdraws what is left; bookings stay.</summary>
    public void Close(DateTimeOffset now)
    {
        if (ClosedAt is not null)
            return;
        ClosedAt = now;
        Changed();
    }

    /// <summary>Shows or hides it; a booking under way at the same time meets the new version and looks again.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Hide(Hidden by, int room = MostPlaces)
    {
        by |= (HiddenBy & Hidden.Outside) | (room == 0 ? Hidden.Busy : Hidden.No);
        room = room < Capacity ? room : MostPlaces;
        if ((by, room) == (HiddenBy, Room))
            return false;
        (HiddenBy, Room) = (by, room);
        Changed();
        return true;
    }

    private void Release(Hold hold)
    {
        Drop(hold, booked: false);
        FreePlace(hold.Place);
    }

    private void Drop(Hold hold, bool booked)
    {
        holds.Remove(hold);
        ended.Add((hold, booked));
    }

    private void RefuseIfOver(DateTimeOffset now)
    {
        if (IsOutside)
            throw new ConflictException("slot_full"); // the place was one patient's
        if (Start <= now)
            throw new ConflictException("slot_past");
        if (ClosedAt is not null)
            throw new ConflictException("slot_closed");
        if (HiddenBy.HasFlag(Hidden.Absence))
            throw new ConflictException("effector_absent");
        if (HiddenBy.HasFlag(Hidden.Load))
            throw new ConflictException("effector_limit");
        if (HiddenBy.HasFlag(Hidden.Busy))
            throw new ConflictException("effector_busy");
    }

    private int TakePlace(DateTimeOffset now)
    {
        ReleaseExpiredHolds(now);
        if (PlacesLeft == 0)
            throw new ConflictException("slot_full");
        var place = BitOperations.TrailingZeroCount(~Taken) + 1;
        Taken |= Bit(place);
        Changed();
        return place;
    }

    private void Changed()
    {
        PlacesLeft = Math.Max(0, Math.Min(Capacity, Room) - BitOperations.PopCount((ulong)Taken));
        Open = ClosedAt is null && PlacesLeft > 0 && HiddenBy == Hidden.No;
        Version++;
    }

    private static long Bit(int place) => 1L << (place - 1);
}
