using NUnit.Framework;
using Parceo.Notifications.Domain;

namespace Parceo.Notifications.Tests.Domain;

internal sealed class PreferencesTests
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 22, 21, 30, 20, TimeSpan.Zero); // 22:30:20 in Paris

    [TestCase(22, 7, "2026-11-23T06:00:00Z", TestName = "D48_Over_midnight_it_waits_for_the_morning")]
    [TestCase(20, 23, "2026-11-22T22:00:00Z", TestName = "D48_Within_a_day_it_waits_for_the_end")]
    [TestCase(23, 7, "2026-11-22T21:30:20Z", TestName = "D48_Before_the_quiet_hours_it_goes_now")]
    [TestCase(7, 22, "2026-11-22T21:30:20Z", TestName = "D48_After_the_quiet_hours_it_goes_now")]
    public void Quiet_hours(int from, int to, string expected)
    {
        var wishes = new Preferences(Guid.CreateVersion7());
        wishes.Set([], new TimeOnly(from, 0), new TimeOnly(to, 0), "Europe/Paris", []);
        Assert.That(
            wishes.PushTime(Evening, urgent: false),
            Is.EqualTo(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture))
        );
        Assert.That(wishes.PushTime(Evening, urgent: true), Is.EqualTo(Evening), "urgent notices pass");
    }

    [TestCase("Indian/Reunion", "2026-11-22T18:30:20Z", "2026-11-23T03:00:00Z", TestName = "D48_Quiet_hours_at_La_Reunion")]
    [TestCase("America/Martinique", "2026-11-23T03:00:20Z", "2026-11-23T11:00:00Z", TestName = "D48_Quiet_hours_in_Martinique")]
    public void Quiet_hours_overseas(string zone, string now, string expected)
    {
        var wishes = new Preferences(Guid.CreateVersion7());
        wishes.Set([], new TimeOnly(22, 0), new TimeOnly(7, 0), zone, []);
        DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(wishes.PushTime(At(now), urgent: false), Is.EqualTo(At(expected)));
    }

    [TestCase("2026-10-24T21:30:20Z", 7, "2026-10-25T06:00:00Z", TestName = "D48_In_the_night_of_25_hours_it_waits_for_the_morning")]
    [TestCase("2027-03-27T21:30:20Z", 7, "2027-03-28T05:00:00Z", TestName = "D48_In_the_night_of_23_hours_it_waits_for_the_morning")]
    [TestCase(
        "2027-03-27T21:30:20Z",
        2,
        "2027-03-28T01:00:00Z",
        TestName = "D48_Until_the_hour_that_spring_skips_it_waits_for_the_one_after"
    )]
    [TestCase("2026-10-25T01:10:20Z", 3, "2026-10-25T02:00:00Z", TestName = "D48_In_the_repeated_hour_it_waits_for_the_end")]
    public void Quiet_hours_when_clocks_change(string now, int to, string expected)
    {
        var wishes = new Preferences(Guid.CreateVersion7());
        wishes.Set([], new TimeOnly(22, 0), new TimeOnly(to, 0), "Europe/Paris", []);
        DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(wishes.PushTime(At(now), urgent: false), Is.EqualTo(At(expected)));
    }

    [Test]
    public void D48_An_urgent_notice_comes_again_each_minute_until_read_and_ten_times_at_most()
    {
        var notice = new Notice(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            "solicitation",
            "x",
            "/",
            urgent: true,
            until: null,
            Evening
        );
        notice.PushFrom(Evening);
        var (pushes, now) = (0, Evening);
        while (notice.NextPushAt is { } next)
        {
            Assert.That(next, Is.EqualTo(now), "a minute later");
            notice.Pushed(now);
            (pushes, now) = (pushes + 1, now + Notice.Again);
        }
        Assert.That(pushes, Is.EqualTo(Notice.MostPushes));
    }

    [Test]
    public void D48_It_does_not_come_again_once_read_or_of_no_use()
    {
        var read = new Notice(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            "solicitation",
            "x",
            "/",
            urgent: true,
            until: null,
            Evening
        );
        read.Pushed(Evening);
        read.Read(Evening);
        var late = new Notice(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            "solicitation",
            "x",
            "/",
            urgent: true,
            until: Evening.AddSeconds(30),
            Evening
        );
        late.Pushed(Evening);
        Assert.That((read.NextPushAt, late.NextPushAt), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)null)));
    }

    [Test]
    public void D48_An_e_mail_waits_for_the_grace_for_the_hour_and_for_the_end_of_the_quiet_hours()
    {
        var wishes = new Preferences(Guid.CreateVersion7());
        Assert.That(
            (wishes.WantsMail("message"), wishes.MailTime(Evening)),
            Is.EqualTo((false, Evening + Preferences.MailGrace)),
            "nobody is written to unasked"
        );
        wishes.Set([], null, null, "Europe/Paris", ["message"]);
        wishes.Mailed(Evening);
        Assert.That((wishes.WantsMail("message"), wishes.WantsMail("mail")), Is.EqualTo((true, false)));
        Assert.That(
            (wishes.MailTime(Evening), wishes.MailWaits(Evening.AddMinutes(59))),
            Is.EqualTo((Evening + Preferences.MailPause, (DateTimeOffset?)(Evening + Preferences.MailPause))),
            "one an hour"
        );
        Assert.That(wishes.MailWaits(Evening + Preferences.MailPause), Is.Null);
        wishes.Set([], new TimeOnly(22, 0), new TimeOnly(7, 0), "Europe/Paris", ["message"]);
        Assert.That(wishes.MailTime(Evening), Is.EqualTo(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero)));
    }
}
