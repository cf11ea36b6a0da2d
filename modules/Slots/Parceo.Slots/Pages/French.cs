using System.Globalization;
using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Pages;

/// <summary>Days, hours and words as the pages write them (ui.md section 7: prose « 18 h 50 », grids 18:50).</summary>
internal static class French
{
    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>« Aujourd’hui », « Demain, mer. 25 », « Jeudi 26 ».</summary>
    public static string Day(DateOnly day, DateOnly today) =>
        (day.DayNumber - today.DayNumber) switch
        {
            0 => "Aujourd’hui",
            1 => $"Demain, {day.ToString("ddd d", Culture)}",
            _ => Capital(day.ToString("dddd d", Culture)),
        };

    /// <summary>For narrow places: « Auj. », « Demain », « Jeu. 26 ».</summary>
    public static string ShortDay(DateOnly day, DateOnly today) =>
        (day.DayNumber - today.DayNumber) switch
        {
            0 => "Auj.",
            1 => "Demain",
            _ => Capital(day.ToString("ddd d", Culture)),
        };

    /// <summary>« mardi 24 novembre »</summary>
    public static string LongDay(DateOnly day) => day.ToString("dddd d MMMM", Culture);

    /// <summary>« 19:10 »</summary>
    public static string Grid(DateTimeOffset at, string zone) => LocalTime.In(at, zone).ToString("HH:mm", Culture);

    /// <summary>« 19 h 10 », « 19 h »</summary>
    public static string Prose(DateTimeOffset at, string zone)
    {
        var local = LocalTime.In(at, zone);
        return local.Minute == 0 ? $"{local.Hour}\u00A0h" : $"{local.Hour}\u00A0h\u00A0{local.Minute:00}";
    }

    /// <summary>« ce soir 19 h 10 », « demain 8 h 40 », « jeudi 26 à 9 h »</summary>
    public static string When(DateTimeOffset at, string zone, DateTimeOffset now)
    {
        var (day, today, time) = (LocalTime.DayOf(at, zone), LocalTime.DayOf(now, zone), Prose(at, zone));
        return (day.DayNumber - today.DayNumber) switch
        {
            0 => $"{(LocalTime.In(at, zone).Hour >= 18 ? "Ce soir" : "Aujourd’hui")} {time}",
            1 => $"Demain {time}",
            _ => $"{Capital(day.ToString("dddd d", Culture))} à {time}",
        };
    }

    /// <summary>A slot on a chip: « 19:10 », a range: « 18–20 h ».</summary>
    public static string Chip(DateTimeOffset start, DateTimeOffset end, int capacity, string zone)
    {
        if (capacity == 1)
            return Grid(start, zone);
        var (from, to) = (LocalTime.In(start, zone), LocalTime.In(end, zone));
        return from.Minute == 0 && to.Minute == 0
            ? $"{from.Hour}–{to.Hour}\u00A0h"
            : $"{from.ToString("HH:mm", Culture)}–{to.ToString("HH:mm", Culture)}";
    }

    /// <summary>« 4,1 km », « 800 m »</summary>
    public static string Distance(double km) =>
        km < 1 ? $"{Math.Round(km * 10) * 100:0}\u00A0m" : $"{km.ToString(km < 10 ? "0.0" : "0", Culture)}\u00A0km";

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

    /// <summary>« Homme, 34 ans »</summary>
    public static string Of(Patient p) =>
        $"{(p.Sex switch { Sex.Female => p.Age < 18 ? "Fille" : "Femme", Sex.Male => p.Age < 18 ? "Garçon" : "Homme", _ => "Sexe non connu" })}, {p.Age}\u00A0an{(p.Age > 1 ? "s" : "")}";

    /// <summary>« 03 87 98 00 02 »; numbers of another shape stay as they are.</summary>
    public static string Phone(string number) =>
        number.Length == 10 && number.All(char.IsAsciiDigit) ? string.Join('\u00A0', number.Chunk(2).Select(p => new string(p))) : number;

    /// <summary>« 1 place », « 3 places »</summary>
    public static string Places(int n) => n == 1 ? "1\u00A0place" : $"{n}\u00A0places";

    private static string Capital(string text) => string.Concat(char.ToUpper(text[0], Culture).ToString(), text.AsSpan(1));
}
