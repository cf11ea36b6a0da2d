using Parceo.Platform;
using Parceo.SecureMail.Contracts;

namespace Parceo.Feedback.Domain;

/// <summary>Where a report stands.</summary>
internal enum ReportState
{
    /// <summary>The patient is expected, or did not come: nothing is owed.</summary>
    Expected,

    /// <summary>Seen, but no médecin traitant is known, or they saw the patient themselves, or the patient refuses (D22).</summary>
    NotOwed,

    /// <summary>Owed, not written yet.</summary>
    Due,

    /// <summary>Sent, not opened yet.</summary>
    Sent,

    /// <summary>Opened by the médecin traitant or for them.</summary>
    Read,
}

/// <summary>What the médecin traitant gets (D23), without the date and the author, which the row knows.</summary>
/// <param name="Patient">As the booking knew them when it was sent.</param>
/// <param name="Reason">Why they came.</param>
/// <param name="Findings">What was found.</param>
/// <param name="Treatment">What was done or prescribed; may be empty.</param>
/// <param name="Asked">What is asked of the médecin traitant; may be empty.</param>
internal sealed record ReportText(PatientTraits Patient, string Reason, string Findings, string Treatment, string Asked);

/// <summary>
/// The report of one booking to the patient's médecin traitant. Its clinical text is stored sealed (S29); seen by who
/// received the patient, by the médecin traitant and by whom these let read by name, nobody else.
/// </summary>
internal sealed class Report
{
    /// <summary>From the appointment to the moment it is late (D22).</summary>
    public static readonly TimeSpan Within = TimeSpan.FromHours(48);
    private static readonly TimeSpan[] Reminded = [TimeSpan.FromHours(24), TimeSpan.FromHours(48), TimeSpan.FromDays(5)];

    private Report() { }

    /// <summary>For a booking that something was heard of.</summary>
    public Report(Guid bookingId) => BookingId = bookingId;

    /// <summary>The booking: one report each.</summary>
    public Guid BookingId { get; private set; }

    /// <summary>Reference to the patient; null until an event or the author's booking names it.</summary>
    public Guid? PatientId { get; private set; }

    /// <summary>The orientation it came from, when there is one.</summary>
    public Guid? OrientationId { get; private set; }

    /// <summary>Of the regulator: under its key the text is sealed.</summary>
    public Guid OrganisationId { get; private set; }

    /// <summary>Territory.</summary>
    public string Departement { get; private set; } = "";

    /// <summary>Who received the patient and writes.</summary>
    public Guid PractitionerId { get; private set; }

    /// <summary>Médecin traitant, by directory id.</summary>
    public Guid? MtPractitionerId { get; private set; }

    /// <summary>The patient refuses a report.</summary>
    public bool Opposed { get; private set; }

    /// <summary>Start of the appointment, UTC; null until it is known.</summary>
    public DateTimeOffset? CareAt { get; private set; }

    /// <summary>When the professional said that the patient came.</summary>
    public DateTimeOffset? FulfilledAt { get; private set; }

    /// <summary>Late after it.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Next reminder; null when none is to come.</summary>
    public DateTimeOffset? NextReminderAt { get; private set; }

    /// <summary>Reminders so far.</summary>
    public int Reminders { get; private set; }

    /// <summary>Account that wrote it.</summary>
    public Guid? AuthorId { get; private set; }

    /// <summary>The text, sealed.</summary>
    public byte[]? SealedText { get; private set; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>When it was first opened.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>Account that opened it.</summary>
    public Guid? ReadBy { get; private set; }

    /// <summary>Where its author worked when they sent it: from that organisation's mailbox it goes by MSSanté.</summary>
    public Guid? SenderOrganisationId { get; private set; }

    /// <summary>Where its MSSanté mail stands, when the médecin traitant has no account; null when none was sent.</summary>
    public MailState? Mailed { get; private set; }

    public DateTimeOffset? MailedAt { get; private set; }

    /// <summary>The first answer to that mail, by id in SecureMail.</summary>
    public Guid? AnswerId { get; private set; }

    public ReportState State { get; private set; }

    /// <summary>Stale writers look again.</summary>
    public int Version { get; private set; }

    /// <summary>Whom it is about; an event of an older version does not say.</summary>
    public void About(Guid? patient) => PatientId = patient ?? PatientId;

    /// <summary>Regulation told who the médecin traitant is. Events may arrive in any order.</summary>
    /// <returns>True when the report is owed from now on.</returns>
    public bool Learn(
        Guid orientation,
        Guid organisation,
        string departement,
        Guid practitioner,
        Guid? mt,
        bool opposed,
        DateTimeOffset careAt
    )
    {
        OrientationId = orientation;
        OrganisationId = organisation;
        Departement = departement;
        PractitionerId = practitioner;
        CareAt = careAt;
        return Answer(mt, opposed);
    }

    /// <summary>The MT question was answered anew (D24).</summary>
    /// <returns>True when the report is owed from now on.</returns>
    public bool Answer(Guid? mt, bool opposed)
    {
        if (SentAt is not null)
            return false;
        (MtPractitionerId, Opposed) = (mt, opposed);
        return Settle();
    }

    /// <summary>The patient came.</summary>
    /// <returns>True when the report is owed from now on.</returns>
    public bool Fulfil(Guid organisation, string departement, Guid practitioner, DateTimeOffset now)
    {
        (OrganisationId, Departement, PractitionerId) = (organisation, departement, practitioner);
        FulfilledAt ??= now;
        return Settle();
    }

    /// <summary>The patient did not come after all, or the booking was called off.</summary>
    /// <returns>True when a report that was owed is not any more.</returns>
    public bool NotSeen()
    {
        if (SentAt is not null)
            return false;
        var owed = State == ReportState.Due;
        (FulfilledAt, Reminders) = (null, 0); // if they come after all, the reminders begin again
        Settle();
        return owed;
    }

    /// <summary>Sends it. The author may name the médecin traitant when nobody knew them.</summary>
    public void Send(Guid author, Guid organisation, Guid? mt, byte[] sealedText, DateTimeOffset now)
    {
        if (SentAt is not null)
            throw new ConflictException("report_sent");
        if (FulfilledAt is null)
            throw new ConflictException("report_too_early");
        if (Opposed)
            throw new ConflictException("report_opposed");
        MtPractitionerId = MtPractitionerId ?? mt ?? throw InvalidException.Of("mtPractitionerId", "report_mt_missing");
        AuthorId = author;
        SenderOrganisationId = organisation;
        SealedText = sealedText;
        SentAt = now;
        NextReminderAt = null;
        State = ReportState.Sent;
        Version++;
    }

    /// <summary>Opened for the médecin traitant; the first time counts.</summary>
    /// <returns>True the first time.</returns>
    public bool Open(Guid by, DateTimeOffset now)
    {
        if (SentAt is null || ReadAt is not null)
            return false;
        (ReadAt, ReadBy, State) = (now, by, ReportState.Read);
        Version++;
        return true;
    }

    /// <summary>Its MSSanté mail has another state (D23).</summary>
    public void MailBecomes(MailState state, DateTimeOffset at)
    {
        if (SentAt is null || MailedAt > at)
            return;
        (Mailed, MailedAt) = (state, at);
        Version++;
    }

    /// <summary>The médecin traitant answered by MSSanté; the first answer is shown here, the others in the mailbox.</summary>
    public void Answered(Guid answer)
    {
        if (SentAt is null || AnswerId is not null)
            return;
        AnswerId = answer;
        Version++;
    }

    /// <summary>One more reminder is due; returns its number.</summary>
    public int Remind()
    {
        Reminders++;
        NextReminderAt = Reminders < Reminded.Length ? FulfilledAt + Reminded[Reminders] : null;
        Version++;
        return Reminders;
    }

    private bool Settle()
    {
        if (SentAt is not null)
            return false;
        var was = State;
        State =
            FulfilledAt is null ? ReportState.Expected
            : MtPractitionerId is null || MtPractitionerId == PractitionerId || Opposed ? ReportState.NotOwed
            : ReportState.Due;
        DueAt = State == ReportState.Due ? FulfilledAt + Within : null;
        NextReminderAt = State == ReportState.Due && Reminders < Reminded.Length ? FulfilledAt + Reminded[Reminders] : null;
        Version++;
        return State == ReportState.Due && was != ReportState.Due;
    }
}
