namespace Parceo.Regulation.Domain;

/// <summary>States of W1. Stored by name.</summary>
internal enum OrientationState
{
    /// <summary>In the queue, nobody has taken it.</summary>
    Open,

    /// <summary>A regulator looks for a place.</summary>
    Searching,

    /// <summary>A place is held for some minutes (W1.4).</summary>
    Held,

    /// <summary>Effectors are being asked.</summary>
    Soliciting,

    /// <summary>One said yes; the booking follows.</summary>
    Accepted,

    /// <summary>The patient is expected.</summary>
    Booked,

    Unfilled,

    /// <summary>Sent elsewhere.</summary>
    Escalated,

    /// <summary>The patient came.</summary>
    Fulfilled,

    /// <summary>The patient did not come.</summary>
    NoShow,

    /// <summary>The booking was called off.</summary>
    Cancelled,

    /// <summary>A report to the MT is owed (D22).</summary>
    FeedbackDue,

    /// <summary>Done.</summary>
    Closed,
}

/// <summary>How soon the patient should be seen (W1.1).</summary>
internal enum WantedWithin
{
    /// <summary>0–4 h.</summary>
    H4,

    /// <summary>4–8 h.</summary>
    H8,

    /// <summary>8–12 h.</summary>
    H12,

    /// <summary>12–24 h.</summary>
    H24,

    /// <summary>24–48 h.</summary>
    H48,

    /// <summary>Later: « hors SNP » (D25).</summary>
    Beyond,
}

/// <summary>Class of the reason, all that an invited effector learns of it.</summary>
internal enum ReasonClass
{
    /// <summary>Fever, infection.</summary>
    Fever,

    /// <summary>Throat, ear, nose.</summary>
    Ent,

    /// <summary>Cough, breathing, without sign of gravity.</summary>
    Respiratory,

    /// <summary>Belly, digestion.</summary>
    Digestive,

    /// <summary>Urinary, gynaecological.</summary>
    Urinary,

    /// <summary>Back, joints, sprain.</summary>
    Musculoskeletal,

    /// <summary>Wound, burn.</summary>
    Wound,

    /// <summary>Skin, eruption.</summary>
    Skin,

    /// <summary>Eye.</summary>
    Eye,

    /// <summary>Anxiety, mood, crisis.</summary>
    Mental,

    /// <summary>Fall, loss of autonomy.</summary>
    LossOfAutonomy,

    /// <summary>Renewal that cannot wait, paper.</summary>
    Renewal,

    /// <summary>Death to be certified.</summary>
    Death,

    /// <summary>Other.</summary>
    Other,
}

/// <summary>Why the médecin traitant is not used (W1.2, D24).</summary>
internal enum MtReason
{
    /// <summary>Known, but not available within 48 h.</summary>
    Unavailable48h,

    /// <summary>The patient has none.</summary>
    None,

    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>Not needed for this.</summary>
    NotNeeded,
}

/// <summary>Where a patient goes whom nobody could see (W1.7).</summary>
internal enum EscalatedTo
{
    /// <summary>Emergency department.</summary>
    Emergency,

    /// <summary>Maison médicale de garde.</summary>
    DutyHouse,

    /// <summary>Another territory.</summary>
    OtherTerritory,

    /// <summary>Advice by telephone was enough.</summary>
    AdviceOnly,
}

/// <summary>Where an invitation stands.</summary>
internal enum InvitationState
{
    /// <summary>Waits for an answer until its deadline.</summary>
    Sent,

    /// <summary>Won.</summary>
    Accepted,

    /// <summary>Declined with a reason.</summary>
    Declined,

    /// <summary>The wave ended without an answer: recorded, never held against anybody.</summary>
    NoAnswer,

    /// <summary>Somebody else was first.</summary>
    Taken,

    /// <summary>The regulator stopped, the patient was booked otherwise, or the effector is absent (D28).</summary>
    Withdrawn,
}

/// <summary>Why an effector declines; for the orientation's own record, never ranked (D31).</summary>
internal enum DeclineReason
{
    /// <summary>Already full.</summary>
    Busy,

    /// <summary>Not at work.</summary>
    Away,

    /// <summary>Not their field.</summary>
    NotMyField,

    /// <summary>Too far.</summary>
    TooFar,

    /// <summary>Another reason.</summary>
    Other,
}
