using NUnit.Framework;
using Parceo.Directory.Contracts;
using Parceo.Slots.Domain;
using Parceo.Slots.Pages;

namespace Parceo.Slots.Tests.Domain;

/// <summary>Bookings that leave the page: a text for the dispatch software, a note for the patient. Neither says who the patient is or why they come.</summary>
internal sealed class BookingTextsTests
{
    private static readonly BookingView Booking = new(
        Guid.Empty,
        Guid.Empty,
        new(2026, 12, 2, 10, 40, 0, TimeSpan.Zero),
        new(2026, 12, 2, 11, 0, 0, TimeSpan.Zero),
        Mode.Cabinet,
        BookingState.Booked,
        "57-2026-118204",
        new(34, Sex.Male, "Tom Bayer", "06 39 98 12 47"),
        Guid.Empty,
        "Dr Isabelle Heraud",
        "Cabinet de la gare",
        "Metz",
        "0387854975",
        "Europe/Paris",
        default,
        Guid.Empty,
        [],
        "Lombalgie",
        null,
        new("00000000-0000-0000-0000-000000000001")
    );

    private static readonly Practitioner Heraud = new(
        Guid.Empty,
        "810000000001",
        "Dr Isabelle Heraud",
        "Médecin",
        "10",
        null,
        "MEDECINE_GENERALE",
        [new(Booking.ActivityId, "Cabinet de la gare", "3 rue de la Gare", "57000", "57463", "Metz", "57", null, null, null)]
    );

    [Test]
    public void What_is_copied_says_slot_doctor_address_phone_and_number_and_nothing_of_the_patient()
    {
        Assert.That(
            BookingTexts.ForDispatch(Booking, Heraud).Split('\n'),
            Is.EqualTo(
                new[]
                {
                    "Dossier 57-2026-118204",
                    "Mercredi 2 décembre 2026 à 11\u00A0h\u00A040",
                    "Dr Isabelle Heraud",
                    "Cabinet de la gare",
                    "3 rue de la Gare",
                    "57000 Metz",
                    "Tél. 03\u00A087\u00A085\u00A049\u00A075",
                }
            )
        );
        foreach (var text in new[] { BookingTexts.ForDispatch(Booking, null), BookingTexts.ForPatient(Booking, Heraud) })
            Assert.That(text, Does.Not.Contain("Bayer").And.Not.Contain("34").And.Not.Contain("Lombalgie").And.Not.Contain("06"));
        Assert.That(BookingTexts.ForPatient(Booking, Heraud), Does.Not.Contain("118204"));
        Assert.That(
            BookingTexts.ForDispatch(Booking with { Mode = Mode.Teleconsultation }, Heraud),
            Does.Contain("(téléconsultation)").And.Not.Contain("rue de la Gare"),
            "nobody goes there"
        );
    }
}
