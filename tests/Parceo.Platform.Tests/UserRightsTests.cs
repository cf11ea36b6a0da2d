using NUnit.Framework;

namespace Parceo.Platform.Tests;

internal sealed class UserRightsTests
{
    private static readonly string[] Departements = ["01", "13", "2A", "33", "57", "75", "971", "972", "973", "974", "976"];

    /// <summary>Sets have no order: the same organisation must not be in Paris today and in La Réunion tomorrow.</summary>
    [Test]
    public void D32_The_zone_of_several_departements_is_that_of_the_smallest_code()
    {
        foreach (var a in Departements)
        foreach (var b in Departements)
        {
            var smallest = Zones.OfDepartement(string.CompareOrdinal(a, b) < 0 ? a : b);
            Assert.That(Rights(departements: [a, b]).Zone, Is.EqualTo(smallest), $"{a}, {b}");
            Assert.That(Rights(communes: [a.PadRight(5, '1'), b.PadRight(5, '1')]).Zone, Is.EqualTo(smallest), $"communes of {a}, {b}");
        }
    }

    [TestCase(null, "974", ExpectedResult = "Indian/Reunion")]
    [TestCase("", "974", ExpectedResult = "Indian/Reunion")]
    [TestCase("57", "974", ExpectedResult = "Europe/Paris")]
    [TestCase("987", "57", ExpectedResult = "Pacific/Tahiti")]
    [TestCase(null, null, ExpectedResult = "Europe/Paris")]
    public string D32_Where_a_place_is_not_known_the_hours_are_those_of_whoever_looks(string? place, string? own) =>
        Zones.OfDepartement(place, Rights(departements: own is null ? null : [own]).Zone);

    private static UserRights Rights(string[]? departements = null, string[]? communes = null) =>
        UserRights.None with
        {
            Departements = [.. departements ?? []],
            Communes = [.. communes ?? []],
        };
}
