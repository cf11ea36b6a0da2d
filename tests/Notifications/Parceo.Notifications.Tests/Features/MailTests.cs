using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Data;
using Parceo.Notifications.Features;
using Parceo.Platform.Data;
using Parceo.Testing;

namespace Parceo.Notifications.Tests.Features;

/// <summary>E-mails without content (S66, D48). The mail server is away, so that what is to be written stands in the outbox; it goes through a real one in the tests of SecureMail.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class MailTests(Engine engine)
{
    private readonly Meanwhile meanwhile = new();
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() =>
        host = await ParceoHost.Start(
            engine,
            settings: new Dictionary<string, string?> { ["Mail:Smtp:Host"] = "localhost", ["Mail:Smtp:Port"] = "9" },
            services: meanwhile.Watch<NotificationsDbSqlite, NotificationsDbPostgreSql, NotificationsDbSqlServer>
        );

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private async Task<TestUser> Somebody(params string[] byMail)
    {
        var somebody = TestUser.Effector(Guid.CreateVersion7());
        await host.Send(somebody, new SetPreferences.Command([], null, null, byMail));
        return somebody;
    }

    private Task<MediatR.Unit> Tell(TestUser to, string subject = NoticeSubjects.Message, Guid? topic = null, bool replaces = false) =>
        host.SendAsSystem(
            new Contracts.NotifyPeople(
                Guid.CreateVersion7(),
                topic ?? Guid.CreateVersion7(),
                Recipients.Of(to.Id),
                subject,
                "Un message vous attend.",
                "/messages",
                Replaces: replaces
            )
        );

    /// <summary>The times when a mail to them was decided so far.</summary>
    private Task<DateTimeOffset?> Mailed(TestUser who) =>
        host.With<NotificationsDb, DateTimeOffset?>(db =>
            db.Preferences.Where(p => p.PersonId == who.Id).Select(p => p.MailedAt).SingleAsync()
        );

    private async Task Later(TimeSpan time)
    {
        host.Clock.Advance(time);
        await host.SendAsSystem(new MailWaiting.Command());
    }

    [Test]
    public async Task D48_One_mail_tells_all_that_waits_and_the_next_comes_an_hour_later_at_the_earliest()
    {
        var somebody = await Somebody(NoticeSubjects.Message);
        await Tell(somebody);
        await Tell(somebody);
        await Later(TimeSpan.FromMinutes(14));
        Assert.That(await Mailed(somebody), Is.Null, "there is a quarter of an hour to read");
        await Later(TimeSpan.FromMinutes(2));
        var first = await Mailed(somebody);
        Assert.That(first, Is.Not.Null);
        await Tell(somebody);
        await Later(TimeSpan.FromMinutes(30));
        Assert.That(await Mailed(somebody), Is.EqualTo(first), "one an hour");
        await Later(TimeSpan.FromMinutes(31));
        var second = await Mailed(somebody);
        Assert.That(second, Is.GreaterThan(first));
        await Later(TimeSpan.FromHours(3));
        Assert.That(await Mailed(somebody), Is.EqualTo(second), "what was told is not told again");
    }

    [Test]
    public async Task D48_Who_has_read_or_asked_for_no_mail_of_this_subject_is_not_written_to()
    {
        var (read, other, nothing) = (await Somebody(NoticeSubjects.Message), await Somebody(NoticeSubjects.Mail), await Somebody());
        foreach (var one in new[] { read, other, nothing })
            await Tell(one);
        await host.Send(read, new ReadNotices.Command(null));
        await Later(TimeSpan.FromMinutes(20));
        Assert.That(new[] { await Mailed(read), await Mailed(other), await Mailed(nothing) }, Is.All.Null);
    }

    [Test]
    public async Task A_conversation_that_goes_on_does_not_put_the_mail_off()
    {
        var (somebody, topic) = (await Somebody(NoticeSubjects.Message), Guid.CreateVersion7());
        for (var i = 0; i < 4; i++)
        {
            await Tell(somebody, topic: topic, replaces: true);
            await Later(TimeSpan.FromMinutes(5));
        }
        Assert.That(await Mailed(somebody), Is.Not.Null);
    }

    [Test]
    public async Task D48_Of_two_rounds_that_overlap_one_writes_and_what_was_read_meanwhile_is_not_written_about()
    {
        foreach (var readMeanwhile in new[] { false, true })
        {
            var somebody = await Somebody(NoticeSubjects.Message);
            await Tell(somebody);
            host.Clock.Advance(TimeSpan.FromMinutes(20));
            DateTimeOffset? first = null;
            var came = meanwhile.After(2, "mail_at", Other);
            await host.SendAsSystem(new MailWaiting.Command());
            Assert.That(came(), Is.True);
            Assert.That(await Mailed(somebody), Is.EqualTo(first));

            async Task Other()
            {
                if (readMeanwhile)
                    await host.Send(somebody, new ReadNotices.Command(null));
                else
                    await host.SendAsSystem(new MailWaiting.Command());
                first = await Mailed(somebody);
                Assert.That(first is null, Is.EqualTo(readMeanwhile));
                host.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }

    [Test]
    public async Task S66_What_is_to_be_written_carries_neither_text_nor_address_and_waits_for_the_mail_server()
    {
        var somebody = await Somebody(NoticeSubjects.Message);
        await Tell(somebody);
        await Later(TimeSpan.FromMinutes(20));
        // Nobody has this account: there is nobody to write to, and nothing is tried for ever.
        await Expect.Eventually(
            async () => !await host.With<NotificationsDb, bool>(db => db.Outbox.AnyAsync(o => o.Key == somebody.Id)),
            TimeSpan.FromSeconds(30),
            "the end of it"
        );
    }
}
