using NUnit.Framework;
using Parceo.Platform;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;

namespace Parceo.Slots.Tests.Domain;

internal sealed class HolidayTests
{
    [TestCase(1818, "03-22", TestName = "The earliest Easter there is")]
    [TestCase(1943, "04-25", TestName = "The latest Easter there is")]
    [TestCase(1954, "04-18")]
    [TestCase(1981, "04-19")]
    [TestCase(2000, "04-23")]
    [TestCase(2024, "03-31")]
    [TestCase(2025, "04-20")]
    [TestCase(2026, "04-05")]
    [TestCase(2027, "03-28")]
    [TestCase(2038, "04-25")]
    [TestCase(2049, "04-18")]
    public void D28_Easter_falls_where_almanacs_say(int year, string day) =>
        Assert.That(PublicHolidays.Easter(year), Is.EqualTo(DateOnly.Parse($"{year}-{day}", null)));

    [Test]
    public void D28_Metropolitan_France_has_eleven_and_Alsace_and_Moselle_thirteen()
    {
        var paris = PublicHolidays.In(2026, "75");
        var metz = PublicHolidays.In(2026, "57");
        Assert.Multiple(() =>
        {
            Assert.That(
                paris.Keys.Order(),
                Is.EqualTo(
                    new DateOnly[]
                    {
                        new(2026, 1, 1),
                        new(2026, 4, 6),
                        new(2026, 5, 1),
                        new(2026, 5, 8),
                        new(2026, 5, 14),
                        new(2026, 5, 25),
                        new(2026, 7, 14),
                        new(2026, 8, 15),
                        new(2026, 11, 1),
                        new(2026, 11, 11),
                        new(2026, 12, 25),
                    }
                )
            );
            Assert.That(metz.Keys.Except(paris.Keys).Order(), Is.EqualTo(new DateOnly[] { new(2026, 4, 3), new(2026, 12, 26) }));
            Assert.That(PublicHolidays.Of(new(2026, 4, 3), "57"), Is.EqualTo("Vendredi saint"));
            Assert.That(PublicHolidays.Of(new(2026, 4, 3), "54"), Is.Null);
        });
    }

    [TestCase("971", "05-27")]
    [TestCase("972", "05-22")]
    [TestCase("973", "06-10")]
    [TestCase("974", "12-20")]
    [TestCase("976", "04-27")]
    [TestCase("977", "10-09")]
    [TestCase("978", "05-28")]
    public void D28_Overseas_the_end_of_slavery_is_a_holiday(string departement, string day)
    {
        var days = PublicHolidays.In(2026, departement);
        Assert.That(days[DateOnly.Parse($"2026-{day}", null)], Is.EqualTo("Abolition de l’esclavage"));
        Assert.That(days, Has.Count.EqualTo(12));
    }

    [Test]
    public void D28_Ascension_on_a_fixed_holiday_is_one_day() // 8 May 1997 and 1 May 2008 were both
    {
        Assert.That(PublicHolidays.In(2008, "75"), Has.Count.EqualTo(10));
        Assert.That(PublicHolidays.In(2027, "75")[new(2027, 5, 6)], Is.EqualTo("Ascension"));
    }

    [Test]
    public void D50_School_holidays_come_from_the_table_and_nothing_is_guessed()
    {
        var table = SchoolHolidayFile.Read(null);
        Assert.Multiple(() =>
        {
            Assert.That(table.Covers(new(2027, 2, 19), "57"), Is.False);
            Assert.That(table.Covers(new(2027, 2, 20), "57"), Is.True);
            Assert.That(table.Covers(new(2027, 2, 20), "75"), Is.True, "zone C began two weeks before");
            Assert.That(table.Covers(new(2027, 3, 7), "57"), Is.True);
            Assert.That(table.Covers(new(2027, 3, 8), "57"), Is.False);
            Assert.That(table.Covers(new(2027, 2, 20), "974"), Is.False);
            Assert.That(table.KnownUntil("57"), Is.EqualTo(new DateOnly(2027, 8, 31)));
            Assert.That(table.KnownUntil("2A"), Is.Null);
        });
    }

    [Test]
    public void D50_Every_metropolitan_departement_but_Corsica_has_a_zone()
    {
        var all = Enumerable.Range(1, 95).Where(n => n != 20).Select(n => n.ToString("00", null));
        Assert.That(all.Where(d => SchoolHolidays.ZoneOf(d) is not ("A" or "B" or "C")), Is.Empty);
    }

    [Test]
    public void D50_Corsica_and_overseas_have_the_dates_that_the_table_gives_them_and_nobody_elses()
    {
        var table = new SchoolHolidays([
            new("974", "Été austral", new(2026, 12, 19), new(2027, 1, 20)),
            new("Corse", "Noël", new(2026, 12, 19), new(2027, 1, 3)),
        ]);
        Assert.Multiple(() =>
        {
            Assert.That(table.Covers(new(2027, 1, 10), "974"), Is.True);
            Assert.That(table.Covers(new(2027, 1, 10), "971"), Is.False);
            Assert.That(table.Covers(new(2026, 12, 24), "2B"), Is.True);
            Assert.That(table.KnownUntil("974"), Is.EqualTo(new DateOnly(2027, 1, 20)));
            Assert.That(table.KnownUntil("976"), Is.Null);
        });
    }
}
