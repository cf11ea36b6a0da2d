using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Slots.Data;
using Parceo.Slots.Domain;
using Parceo.Slots.Features;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Slots.Tests.Features;

[TestFixtureSource(typeof(EveryEngine))]
internal sealed class PlanSlotsTests(Engine engine)
{
    private ParceoHost host = null!;
    private readonly List<Guid> chosen = [];

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine, demo: true);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private sealed record Doctor(Guid Id, Guid Activity, TestUser User);

    /// <summary>A general practitioner whom the demo world gave no slots.</summary>
    private async Task<Doctor> Someone()
    {
        var found = await host.SendAsSystem(new FindPeople.Query(Skill: "MEDECINE_GENERALE", Place: "57463", RadiusKm: 60, Limit: 100));
        var busy = await host.With<SlotsDb, List<Guid>>(db => db.Calendars.Select(c => c.PractitionerId).ToListAsync());
        var people = await host.SendAsSystem(
            new GetPractitioners.Query([.. found.People.Select(p => p.Id).Except(busy.Except(chosen)).Order()])
        );
        var person = people
            .Where(p => p.Activities.Any(a => a is { Latitude: not null, Departement: "57" }))
            .First(p => !chosen.Contains(p.Id));
        chosen.Add(person.Id);
        return new(
            person.Id,
            person.Activities.First(a => a is { Latitude: not null, Departement: "57" }).Id,
            TestUser.Effector(person.Id)
        );
    }

    private DateOnly Today => LocalTime.DayOf(host.Clock.GetUtcNow(), "Europe/Paris");

    private PlanSlots.Command Evenings(Doctor d, DateOnly? last = null, Guid? replaces = null, string at = "20:40") =>
        new(
            d.Id,
            d.Activity,
            Today.AddDays(2).DayOfWeek,
            TimeOnly.Parse(at, null),
            20,
            3,
            1,
            Mode.Cabinet,
            Today,
            last,
            PublicHolidays: true,
            Replaces: replaces
        );

    private Task<List<SlotRange>> Ranges(Guid practitioner) =>
        host.With<SlotsDb, List<SlotRange>>(db =>
            db.Ranges.AsNoTracking().Where(r => r.PractitionerId == practitioner).OrderBy(r => r.Start).ToListAsync()
        );

    [Test]
    public async Task W1_A_plan_publishes_eight_weeks_once_however_often_the_job_rings()
    {
        var doctor = await Someone();
        var planned = await host.Send(doctor.User, Evenings(doctor));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.SendAsSystem(new PublishPlan.Command(planned.PlanId))));
        await host.SendAsSystem(new PublishPlans.Command());
        var ranges = await Ranges(doctor.Id);
        Assert.Multiple(() =>
        {
            Assert.That(planned.Published, Is.EqualTo(8 * 3));
            Assert.That(ranges, Has.Count.EqualTo(8 * 3));
            Assert.That(ranges.Select(r => r.Open), Is.All.True);
            Assert.That(
                ranges.Select(r => LocalTime.In(r.Start, "Europe/Paris").ToString("HH:mm", null)).Distinct(),
                Is.EqualTo(new[] { "20:40", "21:00", "21:20" })
            );
        });
    }

    [Test]
    public async Task W1_The_job_adds_what_time_has_brought_and_remakes_nothing_that_was_withdrawn()
    {
        var doctor = await Someone();
        var planned = await host.Send(doctor.User, Evenings(doctor));
        var first = (await Ranges(doctor.Id))[0];
        await host.Send(doctor.User, new CloseRange.Command(first.Id));
        // As if it had been settled three weeks less far.
        await host.With<SlotsDb, int>(async db =>
        {
            var last = (await Ranges(doctor.Id)).Max(r => r.PlanDate)!.Value;
            await db.Ranges.Where(r => r.PlanId == planned.PlanId && r.PlanDate > last.AddDays(-21)).ExecuteDeleteAsync();
            return await db
                .Plans.Where(p => p.Id == planned.PlanId)
                .ExecuteUpdateAsync(s => s.SetProperty(p => p.PublishedUntil, last.AddDays(-21)));
        });
        await host.SendAsSystem(new PublishPlans.Command());
        var ranges = await Ranges(doctor.Id);
        Assert.That((ranges.Count, ranges.Count(r => r.ClosedAt is not null)), Is.EqualTo((8 * 3, 1)));
    }

    [Test]
    public async Task W1_Changing_a_plan_replaces_free_slots_and_keeps_booked_ones()
    {
        var doctor = await Someone();
        var planned = await host.Send(doctor.User, Evenings(doctor));
        var booked = (await Ranges(doctor.Id))[4];
        await host.Send(TestUser.Regulator(), new BookSlot.Command(booked.Id, "57-1", new(50, Sex.Male)));
        var changed = await host.Send(doctor.User, Evenings(doctor, replaces: planned.PlanId, at: "20:50"));
        var ranges = await Ranges(doctor.Id);
        var open = ranges.Where(r => r.ClosedAt is null).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(changed.Withdrawn, Is.EqualTo((8 * 3) - 1));
            Assert.That(open.Count(r => r.PlanId == planned.PlanId), Is.EqualTo(1));
            Assert.That(open.Single(r => r.PlanId == planned.PlanId).Id, Is.EqualTo(booked.Id));
            // 21:00–21:20 stays booked that evening: only the new slots beside it fit.
            Assert.That(changed.Published, Is.EqualTo((8 * 3) - 2));
            Assert.That(open.Zip(open.Skip(1)).All(p => p.First.End <= p.Second.Start), "nothing overlaps");
        });
    }

    [Test]
    public async Task The_same_week_once_more_is_refused_instead_of_standing_there_empty()
    {
        var doctor = await Someone();
        var planned = await host.Send(doctor.User, Evenings(doctor));
        Assert.That((await Refused(() => host.Send(doctor.User, Evenings(doctor)))).Code, Is.EqualTo("plan_overlap"));
        var far = Evenings(doctor) with { First = Today.AddDays(Plan.HorizonDays + 30) };
        Assert.That((await Refused(() => host.Send(doctor.User, far))).Code, Is.EqualTo("plan_overlap"), "later on, too");
        Assert.That(await host.Send(doctor.User, new ListPlans.Query(doctor.Id)), Has.Count.EqualTo(1));
        var moved = await host.Send(doctor.User, Evenings(doctor, at: "21:20"));
        Assert.That(moved.Published, Is.EqualTo(8 * 2), "what is new of it is published");
        await host.Send(doctor.User, new EndPlan.Command(moved.PlanId, Today));
        var replaced = await host.Send(doctor.User, Evenings(doctor, replaces: planned.PlanId));
        Assert.That(replaced.Published, Is.EqualTo(8 * 3), "and the same may take its place");
    }

    [Test]
    public async Task D28_A_plan_says_which_dates_an_absence_or_another_slot_takes_from_it()
    {
        var doctor = await Someone();
        var (first, zone) = (Today.AddDays(2), "Europe/Paris");
        var (second, third) = (first.AddDays(7), first.AddDays(14));
        await host.Send(
            doctor.User,
            new PublishSlots.Command(
                doctor.Id,
                doctor.Activity,
                LocalTime.At(second, new(20, 0), zone),
                LocalTime.At(second, new(22, 0), zone),
                4,
                Mode.Cabinet
            )
        );
        await host.Send(
            doctor.User,
            new DeclareAbsence.Command(doctor.Id, LocalTime.StartOfDay(third, zone), LocalTime.StartOfDay(third.AddDays(1), zone))
        );
        await host.Send(doctor.User, Evenings(doctor));
        var plan = (await host.Send(doctor.User, new ListPlans.Query(doctor.Id))).Single();
        Assert.That(
            plan.Skipped.Select(x => (x.Date, x.Reason)),
            Is.EqualTo(new[] { (second, SkipReason.Overlap), (third, SkipReason.Absence) })
        );
        Assert.That(plan.Next, Does.Not.Contain(second).And.Not.Contain(third).And.Contain(first));
    }

    [Test]
    public async Task W1_A_date_is_taken_out_moved_and_given_back()
    {
        var doctor = await Someone();
        var planned = await host.Send(doctor.User, Evenings(doctor, last: Today.AddDays(20)));
        var date = (await Ranges(doctor.Id))[0].PlanDate!.Value;
        var removed = await host.Send(doctor.User, new ChangePlanDate.Command(planned.PlanId, date, Removed: true));
        var moved = await host.Send(doctor.User, new ChangePlanDate.Command(planned.PlanId, date, Removed: false, new TimeOnly(18, 0)));
        var open = (await Ranges(doctor.Id)).Where(r => r.ClosedAt is null && r.PlanDate == date).ToList();
        Assert.Multiple(() =>
        {
            Assert.That((removed.Withdrawn, removed.Published), Is.EqualTo((3, 0)));
            Assert.That(moved.Published, Is.EqualTo(3));
            Assert.That(LocalTime.In(open[0].Start, "Europe/Paris").Hour, Is.EqualTo(18));
        });
    }

    [Test]
    public async Task W1_A_plan_that_ends_takes_its_free_slots_along()
    {
        var doctor = await Someone();
        var planned = await host.Send(doctor.User, Evenings(doctor));
        var ended = await host.Send(doctor.User, new EndPlan.Command(planned.PlanId, Today.AddDays(14)));
        await host.SendAsSystem(new PublishPlans.Command());
        var open = (await Ranges(doctor.Id)).Where(r => r.ClosedAt is null).ToList();
        Assert.That((ended.Withdrawn, open.Count, open.Max(r => r.PlanDate) < Today.AddDays(14)), Is.EqualTo((6 * 3, 2 * 3, true)));
    }

    [Test]
    public async Task D28_A_plan_made_during_an_absence_is_hidden_in_it_and_a_stranger_cannot_touch_it()
    {
        var doctor = await Someone();
        await host.Send(doctor.User, new DeclareAbsence.Command(doctor.Id, host.Clock.GetUtcNow(), host.Clock.GetUtcNow().AddDays(10)));
        var planned = await host.Send(doctor.User, Evenings(doctor));
        var ranges = await Ranges(doctor.Id);
        var stranger = await Refused(() => host.Send(TestUser.Effector(Guid.CreateVersion7()), new EndPlan.Command(planned.PlanId, Today)));
        Assert.Multiple(() =>
        {
            Assert.That(ranges.Count(r => !r.Open), Is.EqualTo(2 * 3).Or.EqualTo(3), "the evenings of ten days");
            Assert.That(ranges.Where(r => !r.Open).Select(r => r.HiddenBy), Is.All.EqualTo(Hidden.Absence));
            Assert.That(stranger.Code, Is.EqualTo("plan_unknown"));
        });
    }

    [Test]
    public async Task W1_A_slot_now_takes_the_next_free_quarter_with_the_length_and_mode_of_the_last()
    {
        var doctor = await Someone();
        var first = await host.Send(doctor.User, new AddSlotNow.Command(doctor.Id));
        await host.Send(doctor.User, new CloseRange.Command(first.RangeId));
        var far = host.Clock.GetUtcNow().AddDays(3);
        await host.Send(
            doctor.User,
            new PublishSlots.Command(doctor.Id, doctor.Activity, far, far.AddMinutes(25), 1, Mode.Teleconsultation)
        );
        var added = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => host.Send(doctor.User, new AddSlotNow.Command(doctor.Id))));
        var ranges = (await Ranges(doctor.Id)).Where(r => added.Any(a => a.RangeId == r.Id)).OrderBy(r => r.Start).ToList();
        Assert.Multiple(() =>
        {
            Assert.That((first.End - first.Start, first.Start.Minute % 15), Is.EqualTo((TimeSpan.FromMinutes(20), 0)));
            Assert.That(ranges.Select(r => (r.Mode, r.End - r.Start)), Is.All.EqualTo((Mode.Teleconsultation, TimeSpan.FromMinutes(25))));
            Assert.That(ranges, Has.Count.EqualTo(3));
            Assert.That(ranges.Zip(ranges.Skip(1)).All(p => p.First.End <= p.Second.Start), "two taps at once never overlap");
        });
    }
}
