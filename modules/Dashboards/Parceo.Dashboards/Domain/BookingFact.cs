using Parceo.Platform;

namespace Parceo.Dashboards.Domain;

/// <summary>Whether the patient came, as far as it was said.</summary>
internal enum BookingOutcome
{
    /// <summary>Nobody has said yet.</summary>
    NotRecorded,

    /// <summary>They came.</summary>
    Fulfilled,

    /// <summary>They did not.</summary>
    NoShow,

    /// <summary>Nobody said within 72 hours (W1.8): outside the rate.</summary>
    Unknown,
}

/// <summary>A booking: counts for I3, I4, I5 (what was filled), I7 and I9, on the local day of the care.</summary>
internal sealed class BookingFact : Fact
{
    /// <summary>Time for the report to the médecin traitant (D22).</summary>
    public static readonly TimeSpan ReportWithin = TimeSpan.FromHours(48);
    private string slotDepartement = "",
        callDepartement = "";
    private string? slotCommune,
        callCommune;

    private BookingFact() { }

    /// <summary>For a booking that something was heard of.</summary>
    public BookingFact(Guid bookingId) => BookingId = bookingId;

    public Guid BookingId { get; private set; }

    /// <summary>The orientation it answers, when there is one.</summary>
    public Guid? OrientationId { get; private set; }

    /// <summary>When care begins; null until it is known.</summary>
    public DateTimeOffset? Start { get; private set; }

    /// <summary>From the opening of the orientation to the start of care (I4), minutes; null without orientation.</summary>
    public int? DelayMinutes { get; private set; }

    /// <summary>Wanted beyond 48 h (D25).</summary>
    public bool OutsideSnp { get; private set; }

    /// <summary>Called off; nothing comes after that.</summary>
    public bool Cancelled { get; private set; }

    /// <summary>Whether the patient came.</summary>
    public BookingOutcome Outcome { get; private set; }

    /// <summary>When that was said: the latest word counts.</summary>
    public DateTimeOffset? OutcomeAt { get; private set; }

    /// <summary>A report is owed, or was sent.</summary>
    public bool ReportOwed { get; private set; }

    /// <summary>From when it was owed.</summary>
    public DateTimeOffset? OwedAt { get; private set; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? ReportSentAt { get; private set; }

    /// <summary>Sent within 48 h.</summary>
    public bool ReportInTime { get; private set; }

    /// <summary>The booking was made, of a slot there.</summary>
    public void Booked(Guid organisation, string departement, string? commune, DateTimeOffset start, Guid? orientation)
    {
        OrganisationId = organisation;
        slotDepartement = departement;
        slotCommune = commune;
        Start = start;
        OrientationId = orientation ?? OrientationId;
        Settle();
    }

    /// <summary>It answers an orientation, which was opened there.</summary>
    public void Oriented(
        Guid organisation,
        string departement,
        string? commune,
        DateTimeOffset start,
        Guid? orientation,
        DateTimeOffset openedAt,
        bool outsideSnp
    )
    {
        OrganisationId = organisation;
        callDepartement = departement;
        callCommune = commune;
        Start = start;
        OrientationId = orientation ?? OrientationId;
        OutsideSnp = outsideSnp;
        DelayMinutes = Math.Max(0, (int)Math.Round((start - openedAt).TotalMinutes));
        Settle();
    }

    /// <summary>It was called off.</summary>
    public void Cancel()
    {
        Cancelled = true;
        Settle();
    }

    /// <summary>Somebody said whether the patient came; an earlier word that arrives later changes nothing.</summary>
    public void RecordOutcome(BookingOutcome outcome, DateTimeOffset? at)
    {
        if (OutcomeAt is { } known && at < known)
            return;
        (Outcome, OutcomeAt) = (outcome, at ?? OutcomeAt);
        Settle();
    }

    /// <summary>A report is owed from then on.</summary>
    public void Owe(DateTimeOffset from)
    {
        if (ReportSentAt is not null)
            return;
        (ReportOwed, OwedAt) = (true, from);
        Settle();
    }

    /// <summary>It is not owed after all.</summary>
    public void Waive()
    {
        if (ReportSentAt is not null)
            return;
        (ReportOwed, OwedAt) = (false, null);
        Settle();
    }

    /// <summary>It was sent; the first time counts.</summary>
    public void Reported(DateTimeOffset? owedFrom, DateTimeOffset at)
    {
        if (ReportSentAt is not null)
            return;
        (ReportOwed, OwedAt, ReportSentAt) = (true, owedFrom ?? OwedAt ?? at, at);
        ReportInTime = at - OwedAt <= ReportWithin;
        Settle();
    }

    private void Settle()
    {
        // Where the patient called from is the better answer, whichever event came first.
        (Departement, Commune) =
            callDepartement.Length > 0 ? (callDepartement, callCommune ?? slotCommune) : (slotDepartement, slotCommune);
        Day = Start is { } start ? LocalTime.DayOf(start, Zones.OfDepartement(Departement)) : null;
        Counts = Start is not null && !Cancelled && !OutsideSnp;
        Version++;
    }
}
