using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using Parceo.Platform.Data;
using Parceo.Platform.Events;
using Parceo.Platform.State;
using Parceo.Platform.Tests.Probe;
using Parceo.Testing;

namespace Parceo.Platform.Tests;

/// <summary>Gauges, and readiness by them.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class ServiceStateTests(Engine engine)
{
    private ParceoHost host = null!;

    [SetUp]
    public async Task Start() => host = await ProbeModule.Host(engine);

    [TearDown]
    public async Task Stop() => await host.DisposeAsync();

    private ServiceState State => host.Services.GetRequiredService<ServiceState>();

    private async Task<(int Status, string Body)> Ready()
    {
        using var client = host.Client();
        using var answer = await client.GetAsync("/health/ready");
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task S72_Events_that_stand_still_degrade_readiness_and_it_says_nothing_more()
    {
        await State.Look(default);
        Assert.That(await Ready(), Is.EqualTo((200, "ok")));
        await StandStill(TimeSpan.FromMinutes(6));
        await State.Look(default);
        Assert.That(await Ready(), Is.EqualTo((200, "degraded")), "still served: every node would be taken away otherwise");
    }

    [Test]
    public async Task A_gauge_tells_the_age_by_module_and_the_dead_letters()
    {
        await StandStill(TimeSpan.FromMinutes(3));
        await State.Look(default);
        Assert.That(State.EventsStandStill, Is.False, "three minutes are below the limit of five");
        var seen = Gauges();
        Assert.Multiple(() =>
        {
            Assert.That(seen[("parceo.outbox.oldest", "probe")], Is.EqualTo(180).Within(60));
            Assert.That(seen[("parceo.outbox.oldest", "slots")], Is.Zero);
            Assert.That(seen[("parceo.outbox.dead_letters", "probe")], Is.Zero);
            Assert.That(
                seen.Keys.Select(k => k.Name),
                Is.SupersetOf(new[] { "parceo.audit.unsealed", "parceo.securemail.due", "parceo.notifications.mail_due" })
            );
        });
    }

    [Test]
    public async Task A_figure_that_cannot_be_read_is_told_as_such_and_holds_up_no_other()
    {
        await host.With<ProbeDb, int>(db =>
            db.Database.ExecuteSqlRawAsync(
                engine switch
                {
                    Engine.Sqlite => "ALTER TABLE securemail_out_mail RENAME TO away",
                    Engine.PostgreSql => "ALTER TABLE securemail.out_mail RENAME TO away",
                    _ => "EXEC sp_rename 'securemail.out_mail', 'away', 'OBJECT'",
                }
            )
        );
        var readings = await State.Look(default);
        Assert.That(readings.Single(r => r.Figure.Name == "securemail.due").Worst, Is.Null);
        Assert.That(readings.Where(r => r.Figure.Name != "securemail.due").Select(r => r.Worst), Has.All.Not.Null);
    }

    private Dictionary<(string Name, string Module), double> Gauges()
    {
        var seen = new Dictionary<(string, string), double>();
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, factory))
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) =>
            {
                foreach (var tag in tags)
                    if (tag.Key == "module")
                        seen[(instrument.Name, (string)tag.Value!)] = value;
            }
        );
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }

    /// <summary>An event of then that nobody takes: its subscriber fails each time.</summary>
    private Task<int> StandStill(TimeSpan since)
    {
        var key = Guid.CreateVersion7();
        host.Services.GetRequiredService<Faults>().Poisoned[key] = true;
        return host.With<ProbeDb, int>(db =>
        {
            db.Outbox.Add(
                new OutboxRow(
                    Guid.CreateVersion7(),
                    "probe.ticked.v1",
                    key,
                    EventCatalog.Serialize(new Ticked(key, 1)),
                    "test",
                    host.Clock.GetUtcNow() - since
                )
            );
            return db.SaveChangesAsync();
        });
    }
}
