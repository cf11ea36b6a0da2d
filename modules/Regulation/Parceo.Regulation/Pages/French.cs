using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Slots.Contracts;
using Parceo.Ui;

namespace Parceo.Regulation.Pages;

/// <summary>Words, days and hours as the pages write them (ui.md section 7).</summary>
internal static class French
{
    public static string Of(ReasonClass r) => ReasonWords.Of(r);

    public static string Of(CareKind k) =>
        k switch
        {
            CareKind.Psychiatry => "Psychiatrie",
            CareKind.Geriatrics => "Gériatrie",
            CareKind.GeriatricAdmission => "Admission directe en gériatrie",
            CareKind.SosMedecins => "SOS Médecins",
            CareKind.DutyHouse => "Maison médicale de garde",
            CareKind.HomeDeathCertificate => "Certificat de décès à domicile",
            _ => "Médecine générale",
        };

    public static string Of(WantedWithin w) =>
        w switch
        {
            WantedWithin.H4 => "Sous 4\u00A0h",
            WantedWithin.H8 => "4 à 8\u00A0h",
            WantedWithin.H12 => "8 à 12\u00A0h",
            WantedWithin.H24 => "12 à 24\u00A0h",
            WantedWithin.H48 => "24 à 48\u00A0h",
            _ => "Plus tard, hors SNP",
        };

    public static string Of(MtReason r) =>
        r switch
        {
            MtReason.Unavailable48h => "Indisponible sous 48\u00A0h",
            MtReason.None => "Aucun",
            MtReason.Unknown => "Inconnu",
            _ => "Pas nécessaire ici",
        };

    public static string Of(DeclineReason r) =>
        r switch
        {
            DeclineReason.Busy => "Complet",
            DeclineReason.Away => "Absent",
            DeclineReason.NotMyField => "Hors de mon champ",
            DeclineReason.TooFar => "Trop loin",
            _ => "Autre raison",
        };

    public static string Of(EscalatedTo e) =>
        e switch
        {
            EscalatedTo.Emergency => "Urgences",
            EscalatedTo.DutyHouse => "Maison médicale",
            EscalatedTo.OtherTerritory => "Autre territoire",
            _ => "Conseil seul",
        };

    public static string Of(Mode? m) =>
        m switch
        {
            Mode.Cabinet => "Cabinet",
            Mode.Teleconsultation => "Téléconsultation",
            Mode.Visite => "Visite",
            _ => "Tous modes",
        };

    public static string Of(OrientationState s) =>
        s switch
        {
            OrientationState.Open => "À prendre",
            OrientationState.Searching => "Recherche",
            OrientationState.Held => "Créneau tenu",
            OrientationState.Soliciting => "Vague en cours",
            OrientationState.Accepted => "Accepté",
            OrientationState.Booked => "Réservé",
            OrientationState.Unfilled => "Non pourvu",
            OrientationState.Escalated => "Orienté ailleurs",
            OrientationState.Fulfilled => "Venu",
            OrientationState.NoShow => "Absent",
            OrientationState.Cancelled => "Annulé",
            OrientationState.FeedbackDue => "Compte rendu dû",
            _ => "Classé",
        };

    public static StatusKind KindOf(OrientationState s) =>
        s switch
        {
            OrientationState.Soliciting => StatusKind.Due,
            OrientationState.Held => StatusKind.Live,
            OrientationState.Accepted or OrientationState.Fulfilled => StatusKind.Done,
            OrientationState.Unfilled => StatusKind.Alert,
            OrientationState.Booked => StatusKind.Accent,
            OrientationState.FeedbackDue or OrientationState.NoShow => StatusKind.Due,
            _ => StatusKind.Idle,
        };

    public static string? IconOf(OrientationState s) =>
        s switch
        {
            OrientationState.Held => "lock",
            OrientationState.Soliciting => "broadcast",
            OrientationState.Booked => "circle-check",
            OrientationState.NoShow => "user-x",
            OrientationState.Cancelled => "x",
            _ => null,
        };

    /// <summary>« Homme, 34 ans »</summary>
    public static string Who(Sex sex, int age) =>
        $"{(sex switch { Sex.Female => age < 18 ? "Fille" : "Femme", Sex.Male => age < 18 ? "Garçon" : "Homme", _ => "Sexe non connu" })}, {FrenchText.Count(age, "an", "ans")}";

    /// <summary>« 30 à 49 ans », « 85 ans et plus », « moins de 2 ans »</summary>
    public static string Ages(int from, int? to) =>
        to is null ? $"{from}\u00A0ans et plus"
        : from == 0 ? $"moins de {to + 1}\u00A0ans"
        : $"{from} à {to}\u00A0ans";

    /// <summary>« à 19 h 10 », « demain à 8 h 40 », « jeudi 26 à 9 h »</summary>
    public static string When(DateTimeOffset at, string zone, DateTimeOffset now)
    {
        var (day, today, time) = (LocalTime.DayOf(at, zone), LocalTime.DayOf(now, zone), FrenchText.Hour(at, zone));
        return (day.DayNumber - today.DayNumber) switch
        {
            0 => $"à {time}",
            1 => $"demain à {time}",
            -1 => $"hier à {time}",
            _ => $"{FrenchText.WeekDay(day)} à {time}",
        };
    }

    /// <summary>« Nom : Mme Collin, par Dr Haddad le 30 novembre à 18 h 10 »</summary>
    public static string Of(PatientEntry e, string zone) =>
        $"{(e.Trait == PatientTrait.Name ? "Nom" : "Téléphone")}\u00A0: {(e.Trait == PatientTrait.Phone ? FrenchText.Phone(e.Value) : e.Value) ?? "retiré"}, par {e.By} le {FrenchText.Moment(e.At, zone)}";

    /// <summary>« Usuel », « Vague 2 »</summary>
    public static string Wave(int wave) => wave <= 0 ? "Habituel" : $"Vague {wave}";

    public static IReadOnlyList<Choice> Choices<T>(Func<T, string> text, params T[] without)
        where T : struct, Enum => [.. Enum.GetValues<T>().Where(v => !without.Contains(v)).Select(v => new Choice(v.ToString(), text(v)))];
}
