using System.Globalization;
using NUnit.Framework;

namespace Parceo.Platform.Tests;

/// <summary>One way to write it, on every page and in every message (ui.md section 7).</summary>
internal sealed class FrenchTextTests
{
    private const string Paris = "Europe/Paris",
        Reunion = "Indian/Reunion";

    [TestCase(0, ExpectedResult = "moins de 100\u00A0m")]
    [TestCase(0.04, ExpectedResult = "moins de 100\u00A0m")]
    [TestCase(0.05, ExpectedResult = "100\u00A0m")]
    [TestCase(0.8, ExpectedResult = "800\u00A0m")]
    [TestCase(0.849, ExpectedResult = "800\u00A0m")]
    [TestCase(0.96, ExpectedResult = "1\u00A0km")]
    [TestCase(1, ExpectedResult = "1\u00A0km")]
    [TestCase(4.12, ExpectedResult = "4,1\u00A0km")]
    [TestCase(9.96, ExpectedResult = "10\u00A0km")]
    [TestCase(12.4, ExpectedResult = "12\u00A0km")]
    [TestCase(9200, ExpectedResult = "9\u202F200\u00A0km")]
    public string Distances(double km) => FrenchText.Distance(km);

    [TestCase("Effecteur du SAS", ExpectedResult = "effecteur du SAS")]
    [TestCase("SAMU, sans délai", ExpectedResult = "SAMU, sans délai")]
    [TestCase("Été", ExpectedResult = "été")]
    [TestCase("", ExpectedResult = "")]
    public string In_a_sentence(string text) => FrenchText.Small(text);

    [TestCase("2026-11-22T18:10:00Z", Paris, ExpectedResult = "19\u00A0h\u00A010")]
    [TestCase("2026-11-22T18:00:00Z", Paris, ExpectedResult = "19\u00A0h")]
    [TestCase("2026-11-22T18:05:00Z", Reunion, ExpectedResult = "22\u00A0h\u00A005")]
    [TestCase("2026-11-22T23:00:00Z", Paris, ExpectedResult = "0\u00A0h")]
    public string Hours(string at, string zone) => FrenchText.Hour(At(at), zone);

    [TestCase("2026-11-22T19:30:00Z", ExpectedResult = "20\u00A0h\u00A030")]
    [TestCase("2026-11-22T23:00:00Z", ExpectedResult = "minuit")]
    public string Until_when(string at) => FrenchText.Till(At(at), Paris);

    [Test]
    public void Midnight_at_the_end_is_24_h() =>
        Assert.That(
            FrenchText.Hours(At("2026-11-22T19:00:00Z"), At("2026-11-22T23:00:00Z"), Paris),
            Is.EqualTo("20\u00A0h\u00A0– 24\u00A0h")
        );

    [TestCase(8, 0, 12, 30, ExpectedResult = "8\u00A0h\u00A0– 12\u00A0h\u00A030")]
    [TestCase(20, 0, 0, 0, ExpectedResult = "20\u00A0h\u00A0– 24\u00A0h")]
    public string Hours_of_a_day(int from, int minute, int to, int last) =>
        FrenchText.Hours(new TimeOnly(from, minute), new TimeOnly(to, last));

    [TestCase("2026-11-30T22:30:00Z", Paris, ExpectedResult = "30 novembre à 23\u00A0h\u00A030")]
    [TestCase("2026-11-30T22:30:00Z", Reunion, ExpectedResult = "1er décembre à 2\u00A0h\u00A030")]
    public string Moments(string at, string zone) => FrenchText.Moment(At(at), zone);

    [TestCase("2026-11-30T22:30:00Z", Paris, ExpectedResult = "30 nov. 23:30")]
    [TestCase("2026-11-30T22:30:00Z", Reunion, ExpectedResult = "1er déc. 02:30")]
    public string Moments_of_a_list(string at, string zone) => FrenchText.GridDay(At(at), zone);

    [Test]
    public void The_first_of_a_month_is_1er_and_no_other_day_is()
    {
        var (first, later) = (new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 11));
        Assert.Multiple(() =>
        {
            Assert.That(FrenchText.Date(first), Is.EqualTo("1er décembre 2026"));
            Assert.That(FrenchText.Date(later), Is.EqualTo("11 décembre 2026"));
            Assert.That(FrenchText.ShortDate(At("2026-12-01T10:00:00Z"), Paris), Is.EqualTo("1er déc. 2026"));
            Assert.That(FrenchText.Day(first), Is.EqualTo("1er décembre"));
            Assert.That(FrenchText.ShortDay(first), Is.EqualTo("1er déc."));
            Assert.That(FrenchText.LongDay(first), Is.EqualTo("mardi 1er décembre"));
            Assert.That(FrenchText.LongDay(later), Is.EqualTo("vendredi 11 décembre"));
            Assert.That(FrenchText.LongDate(first), Is.EqualTo("mardi 1er décembre 2026"));
            Assert.That(FrenchText.WeekDay(first), Is.EqualTo("mardi 1er"));
            Assert.That(FrenchText.ShortWeekDay(first), Is.EqualTo("mar. 1er"));
            Assert.That(FrenchText.Month(first), Is.EqualTo("décembre 2026"));
        });
    }

    [TestCase("0387980002", ExpectedResult = "03\u00A087\u00A098\u00A000\u00A002")]
    [TestCase("03 87 98 00 02", ExpectedResult = "03\u00A087\u00A098\u00A000\u00A002")]
    [TestCase("03.87.98.00.02", ExpectedResult = "03\u00A087\u00A098\u00A000\u00A002")]
    [TestCase("+33387980002", ExpectedResult = "+33387980002")]
    [TestCase("0387 poste 98", ExpectedResult = "0387 poste 98")]
    [TestCase("15", ExpectedResult = "15")]
    [TestCase("", ExpectedResult = "")]
    [TestCase(null, ExpectedResult = null)]
    public string? Phones(string? number) => FrenchText.Phone(number);

    [TestCase("03 87.98-00 02", ExpectedResult = "tel:0387980002")]
    [TestCase("+33\u00A03\u00A087\u00A098\u00A000\u00A002", ExpectedResult = "tel:+33387980002")]
    public string Calls(string number) => FrenchText.Call(number);

    [TestCase(62_000, ExpectedResult = "62\u202F000")]
    [TestCase(7, ExpectedResult = "7")]
    public string Counts(long count) => FrenchText.Count(count);

    [TestCase(0, ExpectedResult = "0\u00A0place")]
    [TestCase(1, ExpectedResult = "1\u00A0place")]
    [TestCase(2, ExpectedResult = "2\u00A0places")]
    [TestCase(1_200, ExpectedResult = "1\u202F200\u00A0places")]
    public string Plurals(long count) => FrenchText.Count(count, "place", "places");

    [TestCase(0, ExpectedResult = "1\u00A0ko")]
    [TestCase(12_400, ExpectedResult = "12\u00A0ko")]
    [TestCase(1_400_000, ExpectedResult = "1,4\u00A0Mo")]
    [TestCase(2_000_000, ExpectedResult = "2\u00A0Mo")]
    public string Sizes(long bytes) => FrenchText.Size(bytes);

    [TestCase("", ExpectedResult = "")]
    [TestCase("Metz", ExpectedResult = "Metz")]
    [TestCase("Metz|Thionville", ExpectedResult = "Metz et Thionville")]
    [TestCase("Metz|Thionville|Sarrebourg", ExpectedResult = "Metz, Thionville et Sarrebourg")]
    public string Lists(string items) => FrenchText.List(items.Split('|'));

    [TestCase("élise", ExpectedResult = "Élise")]
    [TestCase("", ExpectedResult = "")]
    public string Capitals(string text) => FrenchText.Capital(text);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
