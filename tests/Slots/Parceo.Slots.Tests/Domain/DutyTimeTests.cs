using NUnit.Framework;
using Parceo.Platform;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Tests.Domain;

/// <summary>Which time of the permanence des soins a regulator works in, where the patient is.</summary>
internal sealed class DutyTimeTests
{
    [TestCase("2026-11-30T19:59", "57", null), TestCase("2026-11-30T20:00", "57", "Nuit")]
    [TestCase("2026-12-01T07:59", "57", "Nuit"), TestCase("2026-12-01T08:00", "57", null)]
    [TestCase("2026-12-05T11:59", "57", null), TestCase("2026-12-05T12:00", "57", "Samedi après-midi")]
    [
        TestCase("2026-12-05T20:30", "57", "Nuit"),
        TestCase("2026-12-06T10:00", "57", "Dimanche"),
        TestCase("2026-12-06T23:00", "57", "Dimanche")
    ]
    [TestCase("2026-12-25T10:00", "57", "Jour férié, Noël"), TestCase("2027-03-26T10:00", "57", "Jour férié, Vendredi saint")]
    [TestCase("2027-03-26T10:00", "54", null)]
    [TestCase("2026-12-13T10:00", "974", "Dimanche"), TestCase("2027-12-20T10:00", "974", "Jour férié, Abolition de l’esclavage")]
    [TestCase("2027-12-20T10:00", "57", null)]
    public void It_is_said_where_the_patient_is(string local, string departement, string? said)
    {
        var zone = Zones.OfDepartement(departement);
        var at = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(
            SnpSurcharge.DutyTime(LocalTime.At(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at), zone), zone, departement),
            Is.EqualTo(said)
        );
    }

    [Test]
    public void At_one_moment_it_is_day_in_Guadeloupe_and_night_in_Paris_and_on_La_Reunion()
    {
        var at = new DateTimeOffset(2026, 12, 1, 19, 30, 0, TimeSpan.Zero);
        string? Said(string d) => SnpSurcharge.DutyTime(at, Zones.OfDepartement(d), d);
        Assert.That((Said("971"), Said("57"), Said("974")), Is.EqualTo(((string?)null, "Nuit", "Nuit")));
    }
}
