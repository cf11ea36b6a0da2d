using NUnit.Framework;
using Parceo.Feedback.Domain;
using Parceo.Platform;

namespace Parceo.Feedback.Tests.Domain;

internal sealed class ReportTests
{
    private static readonly DateTimeOffset Seen = new(2026, 11, 22, 18, 0, 0, TimeSpan.Zero);
    private readonly Guid orientation = Guid.CreateVersion7(),
        organisation = Guid.CreateVersion7(),
        doctor = Guid.CreateVersion7(),
        mt = Guid.CreateVersion7(),
        author = Guid.CreateVersion7();

    private Report New() => new(Guid.CreateVersion7());

    private bool Learn(Report r, Guid? who, bool opposed = false) => r.Learn(orientation, organisation, "57", doctor, who, opposed, Seen);

    private bool Fulfil(Report r) => r.Fulfil(organisation, "57", doctor, Seen);

    [TestCase(true, TestName = "D22_Owed_within_48_hours_when_Regulation_told_first")]
    [TestCase(false, TestName = "D22_Owed_within_48_hours_when_Slots_told_first")]
    public void Owed(bool regulationFirst)
    {
        var report = New();
        var owed = regulationFirst ? (Learn(report, mt), Fulfil(report)) : (Fulfil(report), Learn(report, mt));
        Assert.Multiple(() =>
        {
            Assert.That(owed, Is.EqualTo((false, true)), "said once, by whichever comes last");
            Assert.That((report.State, report.DueAt), Is.EqualTo((ReportState.Due, (DateTimeOffset?)Seen.AddHours(48))));
        });
    }

    [Test]
    public void D22_Nothing_is_owed_without_a_known_MT_or_against_the_patients_will()
    {
        var (unknown, opposed) = (New(), New());
        Learn(unknown, null);
        Learn(opposed, mt, opposed: true);
        Assert.That((Fulfil(unknown), Fulfil(opposed)), Is.EqualTo((false, false)));
        Assert.That((unknown.State, opposed.State), Is.EqualTo((ReportState.NotOwed, ReportState.NotOwed)));
        Assert.That(
            Assert.Throws<ConflictException>(() => opposed.Send(author, Guid.Empty, mt, [1], Seen))!.Code,
            Is.EqualTo("report_opposed")
        );
    }

    [Test]
    public void D22_Nothing_is_owed_to_oneself()
    {
        var (known, learnt) = (New(), New());
        Learn(known, doctor);
        Fulfil(known);
        Fulfil(learnt);
        Assert.That(Learn(learnt, doctor), Is.False);
        Assert.That((known.State, learnt.State), Is.EqualTo((ReportState.NotOwed, ReportState.NotOwed)));
        Assert.That(known.Answer(mt, opposed: false), Is.True, "the MT is somebody else after all");
    }

    [Test]
    public void D22_Somebody_who_comes_after_all_has_all_reminders_again()
    {
        var report = New();
        Learn(report, mt);
        Fulfil(report);
        while (report.NextReminderAt is not null)
            report.Remind();
        Assert.That(report.NotSeen(), Is.True);
        Assert.That(report.Fulfil(organisation, "57", doctor, Seen.AddDays(9)), Is.True);
        Assert.That((report.Reminders, report.NextReminderAt), Is.EqualTo((0, (DateTimeOffset?)Seen.AddDays(10))));
    }

    [Test]
    public void D22_Reminders_come_after_24_hours_48_hours_and_5_days_and_then_no_more()
    {
        var report = New();
        Learn(report, mt);
        Fulfil(report);
        var at = new List<double>();
        while (report.NextReminderAt is { } next)
        {
            at.Add((next - Seen).TotalHours);
            report.Remind();
        }
        Assert.That(at, Is.EqualTo(new[] { 24d, 48d, 120d }));
    }

    [Test]
    public void A_slip_put_right_is_owed_no_more_and_then_again()
    {
        var report = New();
        Learn(report, mt);
        Fulfil(report);
        Assert.That(report.NotSeen(), Is.True);
        Assert.That((report.State, report.NextReminderAt), Is.EqualTo((ReportState.Expected, (DateTimeOffset?)null)));
        Assert.That(Fulfil(report), Is.True);
    }

    [Test]
    public void Sent_is_sent_and_the_first_reading_counts()
    {
        var report = New();
        Learn(report, mt);
        Fulfil(report);
        report.Send(author, Guid.Empty, null, [1], Seen.AddHours(1));
        Assert.That(
            Assert.Throws<ConflictException>(() => report.Send(author, Guid.Empty, null, [2], Seen))!.Code,
            Is.EqualTo("report_sent")
        );
        Assert.That((report.Open(author, Seen.AddHours(2)), report.Open(author, Seen.AddHours(3))), Is.EqualTo((true, false)));
        Assert.That(
            (report.ReadAt, report.NextReminderAt, report.NotSeen()),
            Is.EqualTo(((DateTimeOffset?)Seen.AddHours(2), (DateTimeOffset?)null, false))
        );
    }
}
