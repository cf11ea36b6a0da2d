using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Slots.Contracts;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Slots.Tests.Features;

/// <summary>A real server on loopback (allowed by configuration) serves the agenda; everything after it is the product.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class OutsideAgendaFeatureTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, (string Text, string ETag)> agendas = [];
    private readonly Meanwhile meanwhile = new();
    private string charsets = "utf-8";
    private int served,
        unchanged;
    private WebApplication server = null!;
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapGet("/moved.ics", () => Results.Redirect("/known.ics"));
        server.MapGet("/{name}", (HttpContext http, string name) =>
        {
            if (!agendas.TryGetValue(name, out var agenda))
                return Results.NotFound();
            if (http.Request.Headers.IfNoneMatch == agenda.ETag)
            {
                Interlocked.Increment(ref unchanged);
                return Results.StatusCode(304);
            }
            Interlocked.Increment(ref served);
            http.Response.Headers.ETag = agenda.ETag;
            return Results.Bytes(Encoding.UTF8.GetBytes(agenda.Text), $"text/calendar; charset={charsets}");
        });
        await server.StartAsync();
        host = await ParceoHost.Start(
            engine,
            settings: new Dictionary<string, string?> { ["Outbound:Allow"] = server.Urls.First() },
            services: meanwhile.Watch<SlotsDbSqlite, SlotsDbPostgreSql, SlotsDbSqlServer>
        );
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await host.DisposeAsync();
        await server.DisposeAsync();
    }

    private static string Busy(SlotRange range) =>
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Rendez-vous de Mme Secret\r\nDTSTART:{range.Start.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}\r\nDTEND:{range.End.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private Task<SlotRange> Look(Guid range) =>
        host.With<SlotsDb, SlotRange>(db => db.Ranges.AsNoTracking().SingleAsync(r => r.Id == range));

    private async Task<(TestUser Doctor, SlotRange Range, Guid Agenda, string Name)> Linked()
    {
        var doctor = TestUser.Effector(Guid.CreateVersion7());
        var range = await host.StoredRange(inHours: 30, practitioner: doctor.PractitionerIds.Single());
        var name = $"{Guid.CreateVersion7():n}.ics";
        lock (agendas)
            agendas[name] = (Busy(range), "\"1\"");
        var agenda = (
            await host.Send(doctor, new SubscribeAgenda.Command(doctor.PractitionerIds.Single(), $"{server.Urls.First()}/{name}"))
        ).AgendaId;
        await Eventually(async () => (await Look(range.Id)).HiddenBy == Hidden.Busy, Soon, "the slot to hide");
        return (doctor, range, agenda, name);
    }

    [Test]
    public async Task A_busy_agenda_hides_the_slot_refuses_bookings_and_shows_it_again_when_it_is_removed()
    {
        var (doctor, range, agenda, _) = await Linked();
        var refused = await Refused(() => host.Send(TestUser.Regulator(), new BookSlot.Command(range.Id, "57-1", new(34, Sex.Male))));
        Assert.That(refused.Code, Is.EqualTo("effector_busy"));
        var removed = await host.Send(doctor, new RemoveOutsideAgenda.Command(agenda));
        Assert.That((removed.Shown, (await Look(range.Id)).Open), Is.EqualTo((1, true)));
        Assert.That(await host.With<SlotsDb, int>(db => db.BusyTimes.CountAsync(t => t.AgendaId == agenda)), Is.Zero);
    }

    [Test]
    public async Task Its_owner_sees_how_the_reading_went_and_neither_address_nor_content()
    {
        var (doctor, _, agenda, name) = await Linked();
        var row = (await host.Send(doctor, new ListOutsideAgendas.Query(doctor.PractitionerIds.Single()))).Single();
        Assert.That((row.AgendaId, row.Host, row.Times, row.Failure), Is.EqualTo((agenda, "127.0.0.1", 1, (string?)null)));
        var stored = await host.With<SlotsDb, OutsideAgenda>(db => db.OutsideAgendas.AsNoTracking().SingleAsync(a => a.Id == agenda));
        Assert.That(Encoding.Latin1.GetString(stored.SealedAddress), Does.Not.Contain(name[..8]), "the address is a secret");
        var stranger = TestUser.Effector(Guid.CreateVersion7());
        Assert.That(
            (await Refused(() => host.Send(stranger, new ListOutsideAgendas.Query(doctor.PractitionerIds.Single())))).Code,
            Is.EqualTo("not_own_agenda")
        );
        Assert.That(
            (await Refused(() => host.Send(stranger, new RemoveOutsideAgenda.Command(agenda)))).Code,
            Is.EqualTo("outside_agenda_unknown")
        );
        Assert.That(
            (
                await Refused(() =>
                    host.Send(stranger, new SubscribeAgenda.Command(doctor.PractitionerIds.Single(), "https://calendar.example.fr/x.ics"))
                )
            ).Code,
            Is.EqualTo("not_own_agenda")
        );
    }

    [Test]
    public async Task It_is_read_again_after_a_quarter_of_an_hour_and_only_changes_are_fetched()
    {
        var (doctor, range, agenda, name) = await Linked();
        var before = unchanged;
        await Due(agenda);
        await Eventually(() => Task.FromResult(unchanged > before), Soon, "the server to say that nothing changed");
        Assert.That((await Look(range.Id)).HiddenBy, Is.EqualTo(Hidden.Busy));
        lock (agendas)
            agendas[name] = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", "\"2\"");
        await Due(agenda);
        await Eventually(async () => (await Row(doctor)).Shrank, Soon, "the loss to be seen");
        Assert.That((await Look(range.Id)).HiddenBy, Is.EqualTo(Hidden.Busy), "an agenda that lost all may be a server that did");
        await Due(agenda);
        await Eventually(async () => (await Look(range.Id)).Open, Soon, "the slot to show again");
        Assert.That((await Row(doctor)).Shrank, Is.False);
    }

    [Test]
    public async Task S46_Three_failures_and_it_sleeps_with_the_reason_until_its_owner_wakes_it()
    {
        var (doctor, range, agenda, name) = await Linked();
        lock (agendas)
            agendas[name] = ($"BEGIN:VCALENDAR\r\nX-LONG:{new string('x', 1024 * 1024)}\r\nEND:VCALENDAR\r\n", "\"4\"");
        foreach (var n in Enumerable.Range(1, OutsideAgenda.MostFailures))
        {
            Assert.That((await Row(doctor)).Asleep, Is.False);
            await Due(agenda);
            await Eventually(
                async () =>
                    await host.With<SlotsDb, int>(db => db.OutsideAgendas.Where(a => a.Id == agenda).Select(a => a.Failures).SingleAsync())
                    == n,
                Soon,
                $"failure {n}"
            );
        }
        var row = await Row(doctor);
        Assert.That((row.Failure, row.Asleep), Is.EqualTo(("ics_too_large", true)));
        Assert.That((await Look(range.Id)).HiddenBy, Is.EqualTo(Hidden.Busy), "what is known stays");
        var due = host.Clock.GetUtcNow();
        await Due(agenda);
        Assert.That(
            await host.With<SlotsDb, DateTimeOffset>(db =>
                db.OutsideAgendas.Where(a => a.Id == agenda).Select(a => a.NextReadAt).SingleAsync()
            ),
            Is.LessThanOrEqualTo(host.Clock.GetUtcNow()),
            "asleep, it is not read"
        );
        lock (agendas)
            agendas[name] = (Busy(range), "\"5\"");
        Assert.That(
            (await Refused(() => host.Send(TestUser.Effector(Guid.CreateVersion7()), new WakeOutsideAgenda.Command(agenda)))).Code,
            Is.EqualTo("outside_agenda_unknown")
        );
        await host.Send(doctor, new WakeOutsideAgenda.Command(agenda));
        await Eventually(
            async () => await Row(doctor) is { Failure: null, Asleep: false, Times: 1, ReadAt: { } at } && at >= due,
            Soon,
            "the reading"
        );
    }

    [TestCase("utf8"), TestCase("windows-1252"), TestCase("\"utf-8\""), TestCase("x-inconnu")]
    public async Task Whatever_charset_the_server_names_the_agenda_is_read(string charset)
    {
        charsets = charset;
        var (doctor, _, agenda, _) = await Linked();
        Assert.That((await Row(doctor)).Times, Is.EqualTo(1));
        await host.Send(doctor, new RemoveOutsideAgenda.Command(agenda));
    }

    [Test]
    public async Task Its_owner_sees_what_was_set_aside()
    {
        var (doctor, range, agenda, name) = await Linked();
        lock (agendas)
            agendas[name] = (
                Busy(range)
                    .Replace(
                        "END:VCALENDAR",
                        "BEGIN:VEVENT\r\nUID:2\r\nDTSTART:demain\r\nEND:VEVENT\r\nEND:VCALENDAR",
                        StringComparison.Ordinal
                    ),
                "\"6\""
            );
        await Due(agenda);
        await Eventually(
            async () => await Row(doctor) is { Failure: null, Times: 1, Aside: 1, AsideCode: "ics_unreadable", AsideLine: 11 },
            Soon,
            "the note"
        );
    }

    [Test]
    public async Task An_agenda_that_fails_keeps_what_is_known_and_says_why()
    {
        var (doctor, range, agenda, name) = await Linked();
        lock (agendas)
            agendas[name] = ("<html>Connectez-vous</html>", "\"3\"");
        await Due(agenda);
        await Eventually(async () => await Failure(doctor) == "ics_unreadable", Soon, "the failure");
        lock (agendas)
            agendas.Remove(name);
        await Due(agenda);
        await Eventually(async () => await Failure(doctor) == "ics_unreachable", Soon, "the other failure");
        Assert.That((await Look(range.Id)).HiddenBy, Is.EqualTo(Hidden.Busy), "better hidden than booked twice");
    }

    [
        TestCase("http://calendar.example.fr/a.ics"),
        TestCase("https://user:secret@calendar.example.fr/a.ics"),
        TestCase("https://127.0.0.1/a.ics"),
        TestCase("https://[::1]/a.ics"),
        TestCase("https://169.254.169.254/latest"),
        TestCase("https://calendar.example.fr:8443/a.ics"),
        TestCase("file:///etc/passwd"),
        TestCase("pas une adresse"),
        TestCase("")
    ]
    public async Task S45_Other_addresses_are_refused(string address)
    {
        var doctor = TestUser.Effector(Guid.CreateVersion7());
        var refused = (InvalidException)
            await Refused(() => host.Send(doctor, new SubscribeAgenda.Command(doctor.PractitionerIds.Single(), address)));
        Assert.That(refused.Errors["address"], Does.Contain("outside_agenda_address"));
    }

    [Test]
    public async Task S45_A_name_that_leads_inside_and_a_redirect_are_not_followed()
    {
        var doctor = TestUser.Effector(Guid.CreateVersion7());
        foreach (var address in new[] { "webcal://localhost/a.ics", $"{server.Urls.First()}/moved.ics" })
        {
            var before = served;
            var agenda = (await host.Send(doctor, new SubscribeAgenda.Command(doctor.PractitionerIds.Single(), address))).AgendaId;
            await Eventually(async () => await Failure(doctor) == "ics_unreachable", Soon, address);
            Assert.That(served, Is.EqualTo(before));
            await host.Send(doctor, new RemoveOutsideAgenda.Command(agenda));
        }
    }

    [Test]
    public async Task One_address_is_linked_once_and_five_at_most()
    {
        var doctor = TestUser.Effector(Guid.CreateVersion7());
        SubscribeAgenda.Command Link(int n) => new(doctor.PractitionerIds.Single(), $"{server.Urls.First()}/none-{n}.ics");
        foreach (var n in Enumerable.Range(0, OutsideAgenda.Most))
            await host.Send(doctor, Link(n));
        Assert.That((await Refused(() => host.Send(doctor, Link(2)))).Code, Is.EqualTo("outside_agenda_known"));
        Assert.That((await Refused(() => host.Send(doctor, Link(9)))).Code, Is.EqualTo("outside_agendas_most"));
    }

    [Test]
    public async Task One_address_is_linked_once_and_five_at_most_when_two_ask_at_once()
    {
        var doctor = TestUser.Effector(Guid.CreateVersion7());
        SubscribeAgenda.Command Link(int n) => new(doctor.PractitionerIds.Single(), $"{server.Urls.First()}/none-{n}.ics");
        async Task<string> AtOnce(int first, int second)
        {
            var came = meanwhile.After(1, "sealed_address", () => host.Send(doctor, Link(second)));
            var refused = await Refused(() => host.Send(doctor, Link(first)));
            Assert.That(came(), Is.True);
            return refused.Code;
        }
        Assert.That(await AtOnce(0, 0), Is.EqualTo("outside_agenda_known"));
        foreach (var n in Enumerable.Range(1, OutsideAgenda.Most - 2))
            await host.Send(doctor, Link(n));
        Assert.That(await AtOnce(7, 8), Is.EqualTo("outside_agendas_most"));
    }

    private async Task<ListOutsideAgendas.Row> Row(TestUser doctor) =>
        (await host.Send(doctor, new ListOutsideAgendas.Query(doctor.PractitionerIds.Single()))).Single();

    private async Task<string?> Failure(TestUser doctor) => (await Row(doctor)).Failure;

    private async Task Due(Guid agenda)
    {
        await host.With<SlotsDb, int>(db =>
            db.OutsideAgendas.Where(a => a.Id == agenda).ExecuteUpdateAsync(u => u.SetProperty(a => a.NextReadAt, host.Clock.GetUtcNow()))
        );
        await host.SendAsSystem(new ReadOutsideAgendas.Command());
    }
}
