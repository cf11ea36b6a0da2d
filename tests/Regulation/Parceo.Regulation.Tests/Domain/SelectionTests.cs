using NUnit.Framework;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Tests.Domain;

internal sealed class SelectionTests
{
    private static readonly HashSet<Guid> Nobody = [];

    [Test]
    public void Present_first_then_near_then_the_least_loaded()
    {
        var (far, busy, idle, here) = (
            OrientationTests.Effector(9),
            OrientationTests.Effector(1, load: 6),
            OrientationTests.Effector(2, load: 1),
            OrientationTests.Effector(14, present: true)
        );
        Assert.That(Selection.Best([far, busy, idle, here], Nobody, 10), Is.EqualTo(new[] { here, idle, busy, far }));
    }

    [Test]
    public void At_their_limit_only_those_who_agreed_to_one_more_are_asked_and_nobody_twice()
    {
        var (full, willing, asked) = (
            OrientationTests.Effector(atLimit: true),
            OrientationTests.Effector(atLimit: true, over: DateTimeOffset.MaxValue),
            OrientationTests.Effector()
        );
        Assert.That(Selection.Best([full, willing, asked], new HashSet<Guid> { asked.PractitionerId }, 10), Is.EqualTo(new[] { willing }));
    }

    [Test]
    public void A_wave_asks_as_many_as_its_plan_says() =>
        Assert.That(
            Selection.Best(Enumerable.Range(0, 30).Select(i => OrientationTests.Effector(i)), Nobody, WavePlan.Default.Size(2)),
            Has.Count.EqualTo(10)
        );

    [TestCase(0, 0, 1), TestCase(1, 0, 1), TestCase(2, 2, 5), TestCase(34, 30, 49), TestCase(84, 70, 84)]
    public void An_age_is_told_as_a_band(int age, int from, int to) => Assert.That(AgeBand.Of(age), Is.EqualTo((from, (int?)to)));

    [Test]
    public void The_oldest_band_has_no_end() => Assert.That(AgeBand.Of(102), Is.EqualTo((85, (int?)null)));

    [
        TestCase("2026-11-27T19:30:00+01:00", true, TestName = "Friday evening"),
        TestCase("2026-11-28T01:59:00+01:00", true, TestName = "over midnight"),
        TestCase("2026-11-28T02:00:00+01:00", false, TestName = "after the night"),
        TestCase("2026-11-26T20:00:00+01:00", false, TestName = "another day")
    ]
    public void A_pool_is_used_in_its_hours_over_midnight_too(string at, bool open)
    {
        var pool = new CarePool(Guid.CreateVersion7(), Guid.CreateVersion7(), CareKind.SosMedecins);
        pool.Change(
            "SOS",
            "MEDECINE_GENERALE",
            null,
            [],
            [new(DayOfWeek.Friday, new(19, 0), new(2, 0))],
            Guid.CreateVersion7(),
            DateTimeOffset.UnixEpoch
        );
        Assert.That(
            pool.IsOpen(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), "Europe/Paris"),
            Is.EqualTo(open)
        );
    }

    [
        TestCase("2026-11-27T11:00+01:00", "2026-11-27T12:00+01:00", TestName = "closes at noon"),
        TestCase("2026-11-27T12:00+01:00", "2026-11-27T14:00+01:00", TestName = "opens again"),
        TestCase("2026-11-27T21:00+01:00", "2026-11-28T02:00+01:00", TestName = "two windows that touch are one"),
        TestCase("2026-11-28T03:00+01:00", "2026-12-04T08:00+01:00", TestName = "in a week")
    ]
    public void A_pool_says_until_when(string at, string changes)
    {
        static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var pool = new CarePool(Guid.CreateVersion7(), Guid.CreateVersion7(), CareKind.SosMedecins);
        pool.Change(
            "SOS",
            "MEDECINE_GENERALE",
            null,
            [],
            HoursText.Read(DayOfWeek.Friday, "8h-12h, 14 h–20 h, 20:00 - 2")!,
            Guid.CreateVersion7(),
            DateTimeOffset.UnixEpoch
        );
        Assert.That(pool.ChangesAt(Instant(at), "Europe/Paris"), Is.EqualTo(Instant(changes)));
    }

    [
        TestCase("8 h–12 h, 14 h 30–20 h", "8 h–12 h, 14 h 30–20 h"),
        TestCase("8-12;14:30-20h", "8 h–12 h, 14 h 30–20 h"),
        TestCase("20h à 24h", "20 h–0 h"),
        TestCase("", ""),
        TestCase(null, "")
    ]
    public void Opening_hours_are_read_as_people_write_them(string? typed, string written) =>
        Assert.That(HoursText.Write(HoursText.Read(DayOfWeek.Monday, typed)!).Replace('\u00A0', ' '), Is.EqualTo(written));

    [TestCase("8"), TestCase("8-25"), TestCase("8-8"), TestCase("8h61-9h"), TestCase("matin"), TestCase("8-12,,x")]
    public void Other_hours_are_refused(string typed) => Assert.That(HoursText.Read(DayOfWeek.Monday, typed), Is.Null);
}
