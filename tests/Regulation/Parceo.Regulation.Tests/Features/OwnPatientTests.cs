using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Regulation.Tests.Features;

/// <summary>D26: no surcharge for the médecin traitant's own patients, whenever the MT question is answered.</summary>
[TestFixtureSource(typeof(Engines))]
internal sealed class OwnPatientTests(Engine engine)
{
    private const string Zone = "Europe/Paris";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await ParceoHost.Start(engine);
        // To the next hour in which the surcharge is advised: neither permanence des soins nor a holiday.
        var today = LocalTime.DayOf(Now, Zone);
        var at = Enumerable
            .Range(1, 9)
            .Select(d => LocalTime.At(today.AddDays(d), new(9, 0), Zone))
            .First(t => t.DayOfWeek != DayOfWeek.Saturday && SnpSurcharge.InHours(t, Zone, "57"));
        host.Clock.AdvanceTo(at);
    }

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private DateTimeOffset Now => host.Clock.GetUtcNow();

    /// <summary>The directory is empty here: the answer is given to the case itself.</summary>
    private Task<int> Answer(Guid id, Guid? mt) =>
        host.With<RegulationDb, int>(async db =>
        {
            var o = await db.Orientations.SingleAsync(x => x.Id == id);
            o.AnswerMt(
                new(mt, mt is null ? null : "Dr Essai", mt is null ? MtReason.Unknown : MtReason.Unavailable48h, OpposedToReport: true),
                Now
            );
            foreach (var e in o.TakeHappened())
                db.Publish(e, o.Id);
            return await db.SaveChangesAsync();
        });

    [Test]
    public async Task D26_The_advice_follows_the_answer_to_the_mt_question_before_and_after_the_booking()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effector = (await host.Effectors(skill, 1))[0];
        var doctor = effector.PractitionerIds.Single();
        async Task<(Guid Orientation, Guid Booking)> Booked(Guid? mtBefore)
        {
            var id = await host.Opened(nadia, skill);
            if (mtBefore is not null)
                await Answer(id, mtBefore);
            var booked = await host.Send(nadia, new BookSlot.Command(await host.Range(doctor), "57-1", new(34, Sex.Male), id));
            await Eventually(async () => (await host.Show(nadia, id)).Orientation.State == OrientationState.Booked, Soon, "the booking");
            return (id, booked.BookingId);
        }
        var (own, others, later, corrected) = (
            await Booked(doctor),
            await Booked(Guid.CreateVersion7()),
            await Booked(null),
            await Booked(doctor)
        );
        await Answer(later.Orientation, doctor);
        await Answer(corrected.Orientation, Guid.CreateVersion7());

        host.Clock.Advance(TimeSpan.FromHours(1.2));
        foreach (var b in new[] { own, others, later, corrected })
            await host.Send(effector, new RecordOutcome.Command(b.Booking, "fulfilled"));
        var day = LocalTime.DayOf(Now, Zone);
        var wanted = new Dictionary<Guid, SurchargeAdvice?>
        {
            [own.Booking] = SurchargeAdvice.TreatingPhysician,
            [others.Booking] = SurchargeAdvice.Yes,
            [later.Booking] = SurchargeAdvice.TreatingPhysician,
            [corrected.Booking] = SurchargeAdvice.Yes,
        };
        await Eventually(
            async () => (await host.Send(effector, new GetActivity.Query(doctor, day, day))).Acts.All(a => a.Advice == wanted[a.BookingId]),
            Soon,
            "the advice"
        );
        Assert.That((await host.Send(effector, new GetActivity.Query(doctor, day, day))).Weeks.Single().Advised, Is.EqualTo(2));
    }
}
