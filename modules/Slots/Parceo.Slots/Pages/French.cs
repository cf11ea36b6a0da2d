using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Pages;

/// <summary>Days, hours and words as the pages write them (ui.md section 7: prose « 18 h 50 », grids 18:50).</summary>
internal static class French
{
    /// <summary>The zone of a professional's day: where they work, else that of whoever looks.</summary>
    public static string ZoneOf(Practitioner? of, UserRights viewer) =>
        Zones.OfDepartement(of?.Activities.Select(a => a.Departement).FirstOrDefault(d => d is not null), viewer.Zone);

    /// <summary>« Aujourd’hui », « Demain, mer. 25 », « Jeudi 26 ».</summary>
    public static string Day(DateOnly day, DateOnly today) =>
        (day.DayNumber - today.DayNumber) switch
        {
            0 => "Aujourd’hui",
            1 => $"Demain, {FrenchText.ShortWeekDay(day)}",
            _ => FrenchText.Capital(FrenchText.WeekDay(day)),
        };

    /// <summary>For narrow places: « Auj. », « Demain », « Jeu. 26 ».</summary>
    public static string ShortDay(DateOnly day, DateOnly today) =>
        (day.DayNumber - today.DayNumber) switch
        {
            0 => "Auj.",
            1 => "Demain",
            _ => FrenchText.Capital(FrenchText.ShortWeekDay(day)),
        };

    /// <summary>« ce soir 19 h 10 », « demain 8 h 40 », « jeudi 26 à 9 h »</summary>
    public static string When(DateTimeOffset at, string zone, DateTimeOffset now)
    {
        var (day, today, time) = (LocalTime.DayOf(at, zone), LocalTime.DayOf(now, zone), FrenchText.Hour(at, zone));
        return (day.DayNumber - today.DayNumber) switch
        {
            0 => $"{(LocalTime.In(at, zone).Hour >= 18 ? "Ce soir" : "Aujourd’hui")} {time}",
            1 => $"Demain {time}",
            _ => $"{FrenchText.Capital(FrenchText.WeekDay(day))} à {time}",
        };
    }

    /// <summary>A slot on a chip: « 19:10 », a range: « 18–20 h ».</summary>
    public static string Chip(DateTimeOffset start, DateTimeOffset end, int capacity, string zone)
    {
        if (capacity == 1)
            return FrenchText.Grid(start, zone);
        var (from, to) = (LocalTime.In(start, zone), LocalTime.In(end, zone));
        return from.Minute == 0 && to.Minute == 0
            ? $"{from.Hour}–{to.Hour}\u00A0h"
            : $"{FrenchText.Grid(start, zone)}–{FrenchText.Grid(end, zone)}";
    }

    /// <summary>« Téléconsultation »</summary>
    public static string Of(Mode mode) =>
        mode switch
        {
            Mode.Teleconsultation => "Téléconsultation",
            Mode.Visite => "Visite",
            _ => "Cabinet",
        };

    /// <summary>« Venu »</summary>
    public static string Of(BookingState state) =>
        state switch
        {
            BookingState.Booked => "Réservé",
            BookingState.Fulfilled => "Venu",
            BookingState.NoShow => "Absent",
            BookingState.Unknown => "Non noté",
            _ => "Annulé",
        };

    /// <summary>« Conseillée », « Non : plafond atteint »</summary>
    public static string Of(SurchargeAdvice advice) =>
        advice switch
        {
            SurchargeAdvice.Yes => "Conseillée",
            SurchargeAdvice.CeilingReached => "Non : plafond atteint",
            SurchargeAdvice.TooLate => "Non : vu après 48 h",
            SurchargeAdvice.OutOfHours => "Non : horaires de permanence des soins",
            SurchargeAdvice.TreatingPhysician => "Non : médecin traitant",
            SurchargeAdvice.OtherSupplement => "Non : autre majoration",
            _ => "Non : conditions inconnues à cette date",
        };

    /// <summary>« Noël », « vacances scolaires »: why a weekly plan leaves a date out.</summary>
    public static string Of(SkipReason reason, string? holiday) =>
        reason switch
        {
            SkipReason.PublicHoliday => holiday ?? "jour férié",
            SkipReason.SchoolHoliday => "vacances scolaires",
            SkipReason.NoSchoolHoliday => "hors vacances scolaires",
            SkipReason.SchoolUnknown => "vacances scolaires pas encore connues",
            SkipReason.Absence => "absence",
            _ => "autre créneau à cette heure",
        };

    /// <summary>« Homme, 34 ans »</summary>
    public static string Of(PatientTraits p) =>
        $"{(p.Sex switch { Sex.Female => p.Age < 18 ? "Fille" : "Femme", Sex.Male => p.Age < 18 ? "Garçon" : "Homme", _ => "Sexe non connu" })}, {FrenchText.Count(p.Age, "an", "ans")}";

    /// <summary>« Nom : Mme Collin, par Dr Haddad le 30 novembre à 18 h 10 »</summary>
    public static string Of(PatientEntry e, string zone) =>
        $"{(e.Trait == PatientTrait.Name ? "Nom" : "Téléphone")}\u00A0: {(e.Trait == PatientTrait.Phone ? FrenchText.Phone(e.Value) : e.Value) ?? "retiré"}, par {e.By} le {FrenchText.Moment(e.At, zone)}";
}
