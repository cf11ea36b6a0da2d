using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Slots.Pages;
using Parceo.Testing;

namespace Parceo.Slots.Tests.Features;

/// <summary>D32: at 22 h in Paris it is already tomorrow at La Réunion.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class ReunionTests(Engine engine)
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 24, 21, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly There = new(2026, 11, 25);
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine, at: Evening);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private Task<Plan> Stored(DateOnly? last, DateOnly published) =>
        host.With<SlotsDb, Plan>(async db =>
        {
            var calendar = Given.Calendar(departement: "974");
            var week = new WeeklySlots(DayOfWeek.Wednesday, new(9, 0), 20, 3, 1, Mode.Cabinet, null, true, SchoolRule.Always);
            var plan = new Plan(Guid.CreateVersion7(), calendar, week, new(2026, 11, 1), last, Guid.CreateVersion7(), Evening.AddDays(-30));
            plan.Settled(published);
            db.AddRange(calendar, plan);
            await db.SaveChangesAsync();
            return plan;
        });

    [Test]
    public async Task D32_Slots_of_every_week_are_published_as_far_ahead_as_the_day_there_asks()
    {
        var plan = await Stored(null, There.AddDays(Plan.HorizonDays - 1));
        await host.SendAsSystem(new PublishPlans.Command());
        var until = await host.With<SlotsDb, DateOnly>(db =>
            db.Plans.Where(p => p.Id == plan.Id).Select(p => p.PublishedUntil).SingleAsync()
        );
        Assert.That(until, Is.EqualTo(There.AddDays(Plan.HorizonDays)));
    }

    [Test]
    public async Task D32_The_next_dates_of_a_plan_begin_with_the_day_there()
    {
        var plan = await Stored(null, There.AddDays(Plan.HorizonDays));
        var shown = await host.Send(TestUser.Effector(plan.PractitionerId), new ListPlans.Query(plan.PractitionerId));
        Assert.That(shown.Single().Next[0], Is.EqualTo(There), "a Wednesday");
    }

    [Test]
    public void D32_The_day_of_a_professional_is_that_of_their_place_else_of_whoever_looks()
    {
        var reunion = UserRights.None with { Departements = ["974"] };
        var (unknown, metz) = (Working([null]), Working(null, "57"));
        Assert.Multiple(() =>
        {
            Assert.That(French.ZoneOf(null, reunion), Is.EqualTo("Indian/Reunion"), "nobody is chosen");
            Assert.That(French.ZoneOf(unknown, reunion), Is.EqualTo("Indian/Reunion"), "their place is not known");
            Assert.That(French.ZoneOf(metz, reunion), Is.EqualTo("Europe/Paris"), "one of their places is");
            Assert.That(French.ZoneOf(Working("974"), UserRights.None), Is.EqualTo("Indian/Reunion"));
        });
    }

    private static Practitioner Working(params string?[] departements) =>
        new(
            Guid.CreateVersion7(),
            "810000000001",
            "Dr Camille Essai",
            "Médecin",
            "10",
            null,
            "MEDECINE_GENERALE",
            [
                .. departements.Select(d => new PractitionerActivity(
                    Guid.CreateVersion7(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    d,
                    null,
                    null,
                    null
                )),
            ]
        );
}
