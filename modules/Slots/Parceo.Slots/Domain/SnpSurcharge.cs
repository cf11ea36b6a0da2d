using Parceo.Platform;

namespace Parceo.Slots.Domain;

/// <summary>The surcharge's conditions while they hold (D50).</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, or null.</param>
/// <param name="Euros">Amount.</param>
/// <param name="PerWeek">Acts of one doctor in an ISO week at most.</param>
/// <param name="WithinHours">Seen at most so long after the regulation.</param>
internal sealed record SurchargeTerms(DateOnly From, DateOnly? To, decimal Euros, int PerWeek, int WithinHours);

/// <summary>An act after a regulation by the SAS.</summary>
/// <param name="Regulated">When the regulator booked.</param>
/// <param name="Seen">Start of the act.</param>
/// <param name="IsTreatingPhysician">Whether the effector is the patient's médecin traitant; null when not known.</param>
/// <param name="OtherSupplement">Whether another urgent or coordination supplement is billed; null when not known.</param>
internal sealed record RegulatedAct(
    DateTimeOffset Regulated,
    DateTimeOffset Seen,
    bool? IsTreatingPhysician = null,
    bool? OtherSupplement = null
);

/// <summary>What is advised, never decided (D26).</summary>
internal enum SurchargeAdvice
{
    /// <summary>All known conditions are met.</summary>
    Yes,

    /// <summary>« Plafond atteint » of the ISO week.</summary>
    CeilingReached,

    /// <summary>More than 48 hours after the regulation.</summary>
    TooLate,

    /// <summary>In the hours of the permanence des soins.</summary>
    OutOfHours,

    /// <summary>The patient's own médecin traitant.</summary>
    TreatingPhysician,

    /// <summary>Another supplement excludes it.</summary>
    OtherSupplement,

    /// <summary>No terms are known for that day.</summary>
    NoTerms,
}

/// <summary>Advice on the surcharge for unscheduled care (NGAP 14.1.3), as a pure function of acts and dated terms.</summary>
internal static class SnpSurcharge
{
    private static readonly TimeOnly Opens = new(8, 0),
        Closes = new(20, 0),
        SaturdayCloses = new(12, 0);

    /// <summary>Advice for each act, in the order of the acts; the ceiling counts those advised « yes » in the order in which patients were seen.</summary>
    /// <param name="acts">Of one doctor, whole ISO weeks.</param>
    /// <param name="terms">Dated conditions.</param>
    /// <param name="zone">Zone of the place.</param>
    /// <param name="departement">For public holidays.</param>
    public static IReadOnlyList<SurchargeAdvice> Of(
        IReadOnlyList<RegulatedAct> acts,
        IReadOnlyList<SurchargeTerms> terms,
        string zone,
        string departement
    )
    {
        var advice = new SurchargeAdvice[acts.Count];
        var counted = new Dictionary<DateOnly, int>();
        foreach (var (act, i) in acts.Select((a, i) => (a, i)).OrderBy(a => a.a.Seen).ThenBy(a => a.i))
        {
            var day = LocalTime.DayOf(act.Seen, zone);
            var known = terms.FirstOrDefault(t => t.From <= day && (t.To is null || day <= t.To));
            advice[i] = known is null
                ? SurchargeAdvice.NoTerms
                : Refusal(act, known, zone, departement) ?? Count(counted, LocalTime.Monday(day), known.PerWeek);
        }
        return advice;
    }

    /// <summary>Weekdays 8 to 20 h and Saturday 8 to 12 h, public holidays apart: not the permanence des soins.</summary>
    public static bool InHours(DateTimeOffset at, string zone, string departement) => DutyTime(at, zone, departement) is null;

    /// <summary>Which time of the permanence des soins it is, in French; null in ordinary hours.</summary>
    public static string? DutyTime(DateTimeOffset at, string zone, string departement)
    {
        var (day, time) = (LocalTime.DayOf(at, zone), TimeOnly.FromDateTime(LocalTime.In(at, zone).DateTime));
        return PublicHolidays.Of(day, departement) is { } holiday ? $"Jour férié, {holiday}"
            : day.DayOfWeek == DayOfWeek.Sunday ? "Dimanche"
            : time < Opens || time >= Closes ? "Nuit"
            : day.DayOfWeek == DayOfWeek.Saturday && time >= SaturdayCloses ? "Samedi après-midi"
            : null;
    }

    private static SurchargeAdvice? Refusal(RegulatedAct act, SurchargeTerms terms, string zone, string departement)
    {
        if (act.Seen - act.Regulated > TimeSpan.FromHours(terms.WithinHours))
            return SurchargeAdvice.TooLate;
        if (!InHours(act.Seen, zone, departement))
            return SurchargeAdvice.OutOfHours;
        if (act.IsTreatingPhysician == true)
            return SurchargeAdvice.TreatingPhysician;
        return act.OtherSupplement == true ? SurchargeAdvice.OtherSupplement : null;
    }

    private static SurchargeAdvice Count(Dictionary<DateOnly, int> weeks, DateOnly monday, int perWeek)
    {
        var before = weeks.GetValueOrDefault(monday);
        if (before >= perWeek)
            return SurchargeAdvice.CeilingReached;
        weeks[monday] = before + 1;
        return SurchargeAdvice.Yes;
    }
}
