using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Pages;

/// <summary>A booking in words that leave the page: for the dispatch software, and for the patient. Neither says who the patient is, or why they come.</summary>
internal static class BookingTexts
{
    /// <summary>Number, slot, doctor, address and phone, a line each: pasted into the case of the dispatch software.</summary>
    public static string ForDispatch(BookingView b, Practitioner? who) =>
        string.Join('\n', [$"Dossier {b.CaseReference}", When(b), $"{b.PractitionerName}{Mode(b)}", .. Place(b, who), .. Phone(b)]);

    /// <summary>What somebody keeps who has an appointment.</summary>
    public static string ForPatient(BookingView b, Practitioner? who) =>
        string.Join(
            '\n',
            [$"Rendez-vous {When(b).ToLower(FrenchText.Culture)}", $"{b.PractitionerName}{Mode(b)}", .. Place(b, who), .. Phone(b)]
        );

    /// <summary>« Mercredi 2 décembre 2026 à 11 h 40 »</summary>
    public static string When(BookingView b) =>
        FrenchText.Capital($"{FrenchText.LongDate(LocalTime.DayOf(b.Start, b.Zone))} à {FrenchText.Hour(b.Start, b.Zone)}");

    /// <summary>Structure, street and commune, a line each.</summary>
    public static IReadOnlyList<string> Place(BookingView b, Practitioner? who)
    {
        if (b.Mode != Contracts.Mode.Cabinet)
            return []; // nobody goes there
        var at = who?.Activities.FirstOrDefault(a => a.Id == b.ActivityId);
        return
        [
            .. new[] { b.LocationLabel, at?.Address, $"{at?.PostalCode} {b.Commune}".Trim() }
                .OfType<string>()
                .Where(t => t.Length > 0)
                .Distinct(),
        ];
    }

    private static string Mode(BookingView b) =>
        b.Mode switch
        {
            Contracts.Mode.Teleconsultation => " (téléconsultation)",
            Contracts.Mode.Visite => " (visite au domicile)",
            _ => "",
        };

    private static IEnumerable<string> Phone(BookingView b) => b.Phone is { } phone ? [$"Tél. {FrenchText.Phone(phone)}"] : [];
}
