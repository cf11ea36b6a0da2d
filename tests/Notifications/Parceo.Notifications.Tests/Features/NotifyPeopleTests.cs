using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Access.Contracts;
using Parceo.Demo;
using Parceo.Notifications.Contracts;
using Parceo.Notifications.Data;
using Parceo.Notifications.Features;
using Parceo.Notifications.Push;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Notifications.Tests.Features;

[TestFixtureSource(typeof(Engines))]
internal sealed class NotifyPeopleTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly Meanwhile meanwhile = new();
    private PushService service = null!;
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        service = await PushService.Start();
        host = await ParceoHost.Start(
            engine,
            demo: true,
            settings: new Dictionary<string, string?> { ["Notifications:PushServices"] = service.Url },
            services: meanwhile.Watch<NotificationsDbSqlite, NotificationsDbPostgreSql, NotificationsDbSqlServer>
        );
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await host.DisposeAsync();
        await service.DisposeAsync();
    }

    private static TestUser Somebody() => TestUser.Effector(Guid.CreateVersion7());

    private static Contracts.NotifyPeople Notice(
        TestUser to,
        bool urgent = false,
        Guid? eventId = null,
        Guid? topic = null,
        DateTimeOffset? until = null
    ) =>
        new(
            eventId ?? Guid.CreateVersion7(),
            topic ?? Guid.CreateVersion7(),
            Recipients.Of(to.Id),
            NoticeSubjects.Solicitation,
            "Une sollicitation vous attend.",
            "/soins-non-programmes/sollicitations",
            urgent,
            until
        );

    private Task<ListNotices.Response> ListOf(TestUser user) => host.Send(user, new ListNotices.Query());

    private async Task<string> Device(TestUser user)
    {
        var name = $"d{Guid.CreateVersion7():n}";
        await host.Send(user, new RegisterDevice.Command($"{service.Url}/{name}", "Chrome · Linux"));
        return name;
    }

    private IEnumerable<PushService.Received> Pushes(string device) => service.Messages.Where(m => m.Path == device);

    [Test]
    public async Task A_repeated_event_tells_nobody_twice()
    {
        var somebody = Somebody();
        var notice = Notice(somebody);
        await host.SendAsSystem(notice);
        await host.SendAsSystem(notice);
        Assert.That((await ListOf(somebody)).Notices, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_over_before_it_arrives_is_not_told_and_a_subject_is_cleared_alone()
    {
        var (somebody, topic) = (Somebody(), Guid.CreateVersion7());
        await host.SendAsSystem(Notice(somebody, topic: topic, until: host.Clock.GetUtcNow().AddMinutes(-1)));
        Assert.That((await ListOf(somebody)).Notices, Is.Empty);
        await host.SendAsSystem(Notice(somebody, topic: topic));
        await host.SendAsSystem(Notice(somebody, topic: topic) with { Subject = NoticeSubjects.Agenda });
        await host.SendAsSystem(new Contracts.ClearNotices(topic, NoticeSubjects.Agenda));
        Assert.That(
            (await ListOf(somebody)).Notices.Where(n => !n.Read).Select(n => n.Subject),
            Is.EqualTo(new[] { NoticeSubjects.Solicitation })
        );
    }

    [Test]
    public async Task Nobody_sees_or_reads_anothers_notices()
    {
        var (mine, other) = (Somebody(), Somebody());
        await host.SendAsSystem(Notice(mine));
        var id = (await ListOf(mine)).Notices[0].Id;
        Assert.That((await ListOf(other)).Notices, Is.Empty);
        Assert.That((await Refused(() => host.Send(other, new ReadNotices.Command(id)))).Code, Is.EqualTo("notice_unknown"));
        Assert.That((await ListOf(mine)).Notices[0].Read, Is.False);
    }

    [Test]
    public async Task S66_A_push_carries_nothing_and_names_Parceo_by_a_signature_that_holds()
    {
        var somebody = Somebody();
        var device = await Device(somebody);
        await host.SendAsSystem(Notice(somebody, urgent: true));
        await Eventually(() => Task.FromResult(Pushes(device).Any()), Soon, "the push");
        var push = Pushes(device).First();
        Assert.That((push.Length, push.Urgency), Is.EqualTo((0, "high")));

        var parts = push.Authorization["vapid t=".Length..].Split(", k=");
        var (token, key) = (parts[0].Split('.'), Base64Url.DecodeFromChars(parts[1]));
        using var ecdsa = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = key[1..33], Y = key[33..] },
            }
        );
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token[1])).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(
                ecdsa.VerifyData(
                    Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"),
                    Base64Url.DecodeFromChars(token[2]),
                    HashAlgorithmName.SHA256
                ),
                Is.True
            );
            Assert.That(claims.GetProperty("aud").GetString(), Is.EqualTo(service.Url));
            Assert.That(parts[1], Is.EqualTo(host.Services.GetRequiredService<Vapid>().PublicKey), "the key that browsers subscribe with");
        });
    }

    [Test]
    public async Task D48_An_urgent_notice_comes_again_until_it_is_read_on_one_device()
    {
        var somebody = Somebody();
        var device = await Device(somebody);
        await host.SendAsSystem(Notice(somebody, urgent: true));
        await Eventually(() => Task.FromResult(Pushes(device).Count() == 1), Soon, "the first push");
        await host.With<NotificationsDb, int>(db => Due(db, somebody));
        await host.SendAsSystem(new PushDue.Command());
        await Eventually(() => Task.FromResult(Pushes(device).Count() == 2), Soon, "the second");
        Assert.That(Pushes(device).Select(p => p.Topic).Distinct().Count(), Is.EqualTo(1), "it replaces the first at the push service");

        await host.Send(somebody, new ReadNotices.Command((await ListOf(somebody)).Notices[0].Id));
        Assert.That(await host.With<NotificationsDb, int>(db => Due(db, somebody)), Is.Zero, "read: nothing comes again");
    }

    [Test]
    public async Task D48_Of_two_rounds_that_overlap_one_pushes_and_what_was_read_meanwhile_is_not_pushed()
    {
        foreach (var readMeanwhile in new[] { false, true })
        {
            var somebody = Somebody();
            var device = await Device(somebody);
            await host.SendAsSystem(Notice(somebody, urgent: true));
            await Eventually(() => Task.FromResult(Pushes(device).Count() == 1), Soon, "the first push");
            await host.With<NotificationsDb, int>(db => Due(db, somebody));
            var came = meanwhile.After(1, "push_at", () =>
                readMeanwhile ? host.Send(somebody, new ReadNotices.Command(null)) : host.SendAsSystem(new PushDue.Command())
            );
            await host.SendAsSystem(new PushDue.Command());
            Assert.That(came(), Is.True);
            await Eventually(
                () =>
                    host.With<NotificationsDb, bool>(async db => !await db.Outbox.AnyAsync(o => o.Name == "notifications.push-wanted.v1")),
                Soon,
                "everything that was on its way"
            );
            Assert.That(Pushes(device).Count(), Is.EqualTo(readMeanwhile ? 1 : 2));
            if (readMeanwhile)
                Assert.That(await host.With<NotificationsDb, int>(db => Due(db, somebody)), Is.Zero, "nothing comes again");
        }
    }

    [Test]
    public async Task D48_A_muted_subject_stays_in_the_list_and_wakes_nobody()
    {
        var (quiet, loud) = (Somebody(), Somebody());
        var (silent, rings) = (await Device(quiet), await Device(loud));
        await host.Send(quiet, new SetPreferences.Command([NoticeSubjects.Solicitation], null, null));
        await host.SendAsSystem(Notice(quiet));
        await host.SendAsSystem(Notice(loud));
        await Eventually(() => Task.FromResult(Pushes(rings).Any()), Soon, "the other's push");
        await Eventually(
            () => host.With<NotificationsDb, bool>(async db => !await db.Outbox.AnyAsync()),
            Soon,
            "everything that was on its way"
        );
        Assert.That((Pushes(silent).Count(), (await ListOf(quiet)).Notices.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task What_no_longer_waits_leaves_the_list()
    {
        var somebody = Somebody();
        var topic = Guid.CreateVersion7();
        await host.SendAsSystem(Notice(somebody, topic: topic));
        await host.SendAsSystem(Notice(somebody));
        await host.SendAsSystem(new Contracts.ClearNotices(topic));
        Assert.That(await host.Send(somebody, new Contracts.CountNotices()), Is.EqualTo(1));
    }

    [Test]
    public async Task A_device_that_its_service_forgot_is_forgotten()
    {
        var somebody = Somebody();
        var device = await Device(somebody);
        service.Answers[device] = 410;
        await host.SendAsSystem(Notice(somebody));
        await Eventually(async () => (await host.Send(somebody, new ShowSettings.Query())).Devices.Count == 0, Soon, "the device to go");
    }

    [Test]
    public async Task S51_While_a_push_service_is_away_the_outbox_waits_and_then_delivers()
    {
        var somebody = Somebody();
        var device = await Device(somebody);
        service.Answers[device] = 503;
        await host.SendAsSystem(Notice(somebody));
        await Eventually(
            () =>
                host.With<NotificationsDb, bool>(db =>
                    db.Deliveries.AnyAsync(d => d.Event == "notifications.push-wanted.v1" && d.Attempts > 0)
                ),
            Soon,
            "a failed try"
        );
        service.Answers.TryRemove(device, out _);
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await Eventually(
            () => host.With<NotificationsDb, bool>(async db => !await db.Outbox.AnyAsync(o => o.Name == "notifications.push-wanted.v1")),
            Soon,
            "the delivery"
        );
        Assert.That(Pushes(device).Count(), Is.GreaterThanOrEqualTo(2));
    }

    [TestCase("http://169.254.169.254/latest/meta-data")]
    [TestCase("https://example.org/push")]
    [TestCase("https://fcm.googleapis.com.evil.example/x")]
    [TestCase("https://fcm.googleapis.com:8443/x")]
    [TestCase("https://user@fcm.googleapis.com/x")]
    [TestCase("not an address")]
    public async Task S45_Only_the_browsers_own_push_services_are_ever_called(string endpoint)
    {
        var refusal = (InvalidException)await Refused(() => host.Send(Somebody(), new RegisterDevice.Command(endpoint, "x")));
        Assert.That(refusal.Errors.Values.SelectMany(v => v), Does.Contain("push_service_unknown"));
    }

    [Test]
    public async Task A_browser_that_changed_hands_tells_its_first_owner_nothing_more()
    {
        var (first, second) = (Somebody(), Somebody());
        var device = await Device(first);
        await host.Send(second, new RegisterDevice.Command($"{service.Url}/{device}", "Chrome"));
        Assert.That((await host.Send(first, new ShowSettings.Query())).Devices, Is.Empty);
        Assert.That((await host.Send(second, new ShowSettings.Query())).Devices, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task S20_A_professionals_delegates_are_told_when_they_may_act()
    {
        var (cast, secretary) = (DemoCast.Roche, DemoCast.Bost);
        var may = await host.SendAsSystem(new FindAccounts([cast.DirectoryPersonId!.Value], "slots.publish"));
        var mayNot = await host.SendAsSystem(new FindAccounts([cast.DirectoryPersonId!.Value], "slots.configure"));
        Assert.That(may.Select(a => a.PersonId), Is.EquivalentTo(new[] { cast.Id, secretary.Id }));
        Assert.That(mayNot, Is.Empty);
    }

    /// <summary>Makes the person's repeats due now, without waiting a minute; how many there are.</summary>
    private static async Task<int> Due(NotificationsDb db, TestUser somebody)
    {
        var notices = await db.Notices.Where(n => n.PersonId == somebody.Id && n.NextPushAt != null).ToListAsync();
        foreach (var notice in notices)
            notice.PushFrom(notice.At);
        await db.SaveChangesAsync();
        return notices.Count;
    }
}
