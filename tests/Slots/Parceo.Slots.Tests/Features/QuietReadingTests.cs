using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform.Audit;
using Parceo.Platform.Data;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Testing;

namespace Parceo.Slots.Tests.Features;

/// <summary>Reading an outside agenda four times an hour: the trail tells what changed, and nothing when nothing did.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class QuietReadingTests(Engine engine)
{
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private Task<int> Traces() => host.With<SlotsDb, int>(db => db.Set<AuditRow>().CountAsync(a => a.Action == nameof(StoreBusyTimes)));

    [Test]
    public async Task An_agenda_read_without_a_change_leaves_no_trace_and_says_when_it_was_read()
    {
        var (agenda, doctor, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), host.Clock.GetUtcNow());
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)); // as in an agenda's file; PostgreSQL keeps microseconds
        await host.With<SlotsDb, int>(db =>
        {
            db.OutsideAgendas.Add(new OutsideAgenda(agenda, doctor, [1], "calendar.example.fr", doctor, now));
            return db.SaveChangesAsync();
        });
        var busy = new StoreBusyTimes.Time(now.AddDays(1), now.AddDays(1).AddHours(1));
        async Task<int> Read(IReadOnlyList<StoreBusyTimes.Time>? times, string? etag = null, string? failure = null)
        {
            var before = await Traces();
            await host.SendAsSystem(new StoreBusyTimes.Command(agenda, times, etag, failure));
            return await Traces() - before;
        }
        Task<OutsideAgenda> Known() =>
            host.With<SlotsDb, OutsideAgenda>(db => db.OutsideAgendas.AsNoTracking().SingleAsync(a => a.Id == agenda));

        Assert.That(await Read([busy], "\"1\""), Is.EqualTo(1), "what it says is new");
        var first = (await Known()).ReadAt;
        host.Clock.Advance(OutsideAgenda.Every);
        Assert.That(await Read(null, "\"1\""), Is.Zero, "the server says that nothing changed");
        Assert.That(await Read([busy], "\"2\""), Is.Zero, "the same times under another mark");
        Assert.That(((await Known()).ReadAt > first, (await Known()).ETag), Is.EqualTo((true, "\"2\"")));

        Assert.That(await Read(null, failure: "ics_unreachable"), Is.EqualTo(1), "it fails now");
        Assert.That(await Read(null, failure: "ics_unreachable"), Is.Zero, "it fails still");
        Assert.That(await Read([busy], "\"2\""), Is.EqualTo(1), "it is back");
        Assert.That((await Known()).Failure, Is.Null);
        Assert.That(await Read([]), Is.EqualTo(1), "nothing is busy any more: kept as it was until that is seen twice");
        Assert.That(await Read([]), Is.EqualTo(1), "and now it is believed");
        Assert.That(await host.With<SlotsDb, int>(db => db.BusyTimes.CountAsync(t => t.AgendaId == agenda)), Is.Zero);
    }

    [Test]
    public async Task Sending_for_the_agendas_that_are_due_leaves_no_trace_and_sends_for_each_once()
    {
        var (agenda, doctor) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.With<SlotsDb, int>(db =>
        {
            db.OutsideAgendas.Add(new OutsideAgenda(agenda, doctor, [1], "calendar.example.fr", doctor, host.Clock.GetUtcNow()));
            return db.SaveChangesAsync();
        });
        Task<int> Sent() => host.With<SlotsDb, int>(db => db.Set<AuditRow>().CountAsync(a => a.Action == nameof(ReadOutsideAgendas)));
        Task<DateTimeOffset> Next() =>
            host.With<SlotsDb, DateTimeOffset>(db => db.OutsideAgendas.Where(a => a.Id == agenda).Select(a => a.NextReadAt).SingleAsync());

        var before = await Next();
        await host.SendAsSystem(new ReadOutsideAgendas.Command());
        Assert.That((await Next() > before, await Sent()), Is.EqualTo((true, 0)));
    }
}
