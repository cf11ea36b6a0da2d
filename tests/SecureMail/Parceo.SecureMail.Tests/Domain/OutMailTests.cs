using NUnit.Framework;
using Parceo.SecureMail.Contracts;
using Parceo.SecureMail.Domain;

namespace Parceo.SecureMail.Tests.Domain;

internal sealed class OutMailTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private static OutMail Mail() =>
        new(
            Guid.CreateVersion7(),
            new Mailbox(Guid.CreateVersion7(), Guid.CreateVersion7(), "a@b.example", MailboxKind.Org, "A", null),
            Guid.Empty,
            Guid.CreateVersion7(),
            "",
            Guid.Empty,
            [],
            1,
            null,
            false,
            Now
        );

    [Test]
    public void Waits_grow_to_a_quarter_of_an_hour_and_end_after_three_days()
    {
        var (mail, waits) = (Mail(), new List<double>());
        for (var i = 0; i < 9; i++)
        {
            mail.Take(Now);
            Assert.That(mail.Later("451", Now), Is.False);
            waits.Add((mail.NextAttemptAt!.Value - Now).TotalSeconds);
        }
        Assert.That(waits, Is.EqualTo(new double[] { 15, 30, 60, 120, 300, 600, 900, 900, 900 }));
        Assert.That(
            (mail.Later("451", Now.AddDays(3)), mail.State, mail.NextAttemptAt),
            Is.EqualTo((true, MailState.GivenUp, (DateTimeOffset?)null))
        );
        Assert.That((mail.Again(Now.AddDays(4)), mail.State), Is.EqualTo((true, MailState.Waiting)));
    }

    [Test]
    public void While_nobody_answers_it_stays_due()
    {
        var mail = Mail();
        mail.Stall("operator_unreachable", Now.AddHours(1));
        Assert.That((mail.NextAttemptAt, mail.Attempts, mail.Code), Is.EqualTo(((DateTimeOffset?)Now, 0, "operator_unreachable")));
    }

    [Test]
    public void A_receipt_that_overtakes_the_operators_answer_counts_and_bad_news_stays()
    {
        var mail = Mail();
        Assert.That((mail.Arrive(Now), mail.Taken(Now), mail.State), Is.EqualTo((true, false, MailState.Received)));
        Assert.That(
            (mail.Bounce("5.1.1", Now), mail.Arrive(Now), mail.State, mail.Code),
            Is.EqualTo((true, false, MailState.Bounced, "5.1.1"))
        );
    }

    [Test]
    public void A_transmission_under_way_is_nobody_elses_for_two_minutes()
    {
        var mail = Mail();
        var id = mail.MessageId;
        mail.Take(Now);
        Assert.That((mail.NextAttemptAt, mail.MessageId), Is.EqualTo(((DateTimeOffset?)(Now + OutMail.Lease), id)));
    }
}
