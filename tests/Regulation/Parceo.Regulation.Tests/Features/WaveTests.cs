using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using Parceo.Platform;
using Parceo.Platform.Data;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Slots.Contracts;
using Parceo.Testing;
using static Parceo.Testing.Expect;

namespace Parceo.Regulation.Tests.Features;

[TestFixtureSource(typeof(EveryEngine))]
internal sealed class WaveTests(Engine engine)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private ParceoHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await ParceoHost.Start(engine);

    [OneTimeTearDown]
    public async Task Stop() => await host.DisposeAsync();

    private DateTimeOffset Now => host.Clock.GetUtcNow();

    private Task<AcceptInvitation.Response> Accept(TestUser by, ReceivedInvitation asked) =>
        host.Send(by, new AcceptInvitation.Command(asked.InvitationId, Now.AddHours(1)));

    private async Task<ReceivedInvitation> AskedOf(TestUser who) => (await host.AskedOf(who))!;

    private Task Until(TestUser by, Guid id, OrientationState state) =>
        Eventually(async () => (await host.Show(by, id)).Orientation.State == state, Soon, state.ToString());

    private async Task<string> Outcome(Func<Task> act)
    {
        try
        {
            await act();
            return "ok";
        }
        catch (RefusalException e)
        {
            return e.Code;
        }
    }

    /// <summary>Lets the time of a wave pass and runs the job.</summary>
    private async Task PassWave(int minutes)
    {
        host.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await host.SendAsSystem(new AdvanceWaves.Command());
    }

    [Test]
    public async Task W1_5_Waves_ask_three_then_ten_then_everybody_in_twice_the_radius_and_end_unfilled()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        await host.Effectors(skill, 8);
        await host.Effectors(skill, 8, fromKm: 12);
        var id = await host.Soliciting(nadia, skill);
        async Task<int[]> Sizes() =>
            [.. (await host.Show(nadia, id)).Asked.GroupBy(a => a.Wave).OrderBy(g => g.Key).Select(g => g.Count())];
        Assert.That(await Sizes(), Is.EqualTo(new[] { 3 }));
        await PassWave(6);
        Assert.That(await Sizes(), Is.EqualTo(new[] { 3, 5 }), "the rest within the radius");
        await PassWave(11);
        Assert.That(await Sizes(), Is.EqualTo(new[] { 3, 5, 8 }), "those farther away");
        await PassWave(16);
        var shown = await host.Show(nadia, id);
        Assert.Multiple(() =>
        {
            Assert.That(shown.Orientation.State, Is.EqualTo(OrientationState.Unfilled));
            Assert.That(shown.Asked.Select(a => a.State), Is.All.EqualTo(InvitationState.NoAnswer));
        });
    }

    [Test]
    public async Task W1_5_The_usual_professional_is_asked_first_and_alone()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 5);
        var usual = effectors[4].PractitionerIds.Single();
        var id = await host.Soliciting(nadia, skill, usual);
        Assert.That((await host.Show(nadia, id)).Asked.Select(a => (a.Wave, a.PractitionerId)), Is.EqualTo(new[] { (0, usual) }));
        await PassWave(11);
        var wave1 = (await host.Show(nadia, id)).Asked.Where(a => a.Wave == 1).Select(a => a.PractitionerId).ToList();
        Assert.That(wave1, Has.Count.EqualTo(3).And.None.EqualTo(usual));
    }

    [Test]
    public async Task W1_5_Nobody_to_ask_is_unfilled_at_once()
    {
        var nadia = TestUser.Regulator();
        var id = await host.Soliciting(nadia, Given.Skill());
        Assert.That((await host.Show(nadia, id)).Orientation.State, Is.EqualTo(OrientationState.Unfilled));
    }

    [Test]
    public async Task W1_6_The_invited_learn_age_band_reason_and_commune_and_identity_opens_to_the_acceptor_only()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 3);
        var id = (await host.Send(nadia, Given.Opening(skill, text: "Lombalgie"))).OrientationId;
        await host.Send(nadia, new IdentifyPatient.Command(id, "Tom Bayer", "06 39 98 12 47"));
        await host.Send(nadia, new StartSolicitation.Command(id, RadiusKm: 10));
        var before = await AskedOf(effectors[0]);
        Assert.That(
            (before.AgeFrom, before.AgeTo, before.Commune.Contains("Metz"), before.Patient),
            Is.EqualTo((30, (int?)49, true, (AcceptedPatient?)null))
        );
        Assert.That(
            await host.With<RegulationDb, Guid?>(async db => (await db.Files.SingleAsync(f => f.OrientationId == id)).PractitionerId),
            Is.Null
        );

        await Accept(effectors[0], before);
        await Until(nadia, id, OrientationState.Booked);
        await Eventually(async () => (await AskedOf(effectors[1])).State == InvitationState.Taken, Soon, "the others told");
        var (winner, loser) = (await AskedOf(effectors[0]), await AskedOf(effectors[1]));
        Assert.Multiple(() =>
        {
            Assert.That(
                winner.Patient,
                Is.EqualTo(new AcceptedPatient("57-2026-118204", 34, Sex.Male, "Tom Bayer", "06 39 98 12 47", "Lombalgie"))
            );
            Assert.That((loser.State, loser.Patient), Is.EqualTo((InvitationState.Taken, (AcceptedPatient?)null)));
        });
        Assert.That((await Refused(() => Accept(effectors[1], loser))).Code, Is.EqualTo("solicitation_taken"));
    }

    [Test]
    public async Task S16_Somebody_not_invited_sees_nothing_and_answers_nothing()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 3);
        await host.Soliciting(nadia, skill);
        var (asked, stranger) = (await AskedOf(effectors[0]), TestUser.Effector(Guid.CreateVersion7()));
        Assert.Multiple(async () =>
        {
            Assert.That(await host.AskedOf(stranger), Is.Null);
            Assert.That((await Refused(() => Accept(stranger, asked))).Code, Is.EqualTo("solicitation_unknown"));
            Assert.That(
                (await Refused(() => Accept(effectors[1], asked))).Code,
                Is.EqualTo("solicitation_unknown"),
                "another one's invitation"
            );
            Assert.That(
                (await Refused(() => host.Send(stranger, new DeclineInvitation.Command(asked.InvitationId, DeclineReason.Busy)))).Code,
                Is.EqualTo("solicitation_unknown")
            );
            Assert.That((await Refused(() => host.Show(effectors[0], Guid.CreateVersion7()))).Code, Is.EqualTo("forbidden"));
        });
    }

    [Test]
    public async Task S20_A_delegate_answers_for_whoever_delegated_this_and_is_named_in_the_trace()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 2);
        await host.Soliciting(nadia, skill);
        var doctor = effectors[0].PractitionerIds.Single();
        var other = effectors[1].PractitionerIds.Single();
        var jeanne = new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.Delegate)
        {
            Delegations = new Dictionary<Guid, string[]> { [doctor] = [RegulationPermissions.Answer], [other] = ["slots.publish"] },
        };
        var seen = (await host.Send(jeanne, new ListInvitations.Query())).Invitations;
        Assert.That(seen.Select(s => s.PractitionerId), Is.EqualTo(new[] { doctor }));
        var foreign = await AskedOf(effectors[1]);
        Assert.That((await Refused(() => Accept(jeanne, foreign))).Code, Is.EqualTo("solicitation_unknown"));
        await Accept(jeanne, seen[0]);
        var trace = await host.With<RegulationDb, Platform.Audit.AuditRow>(db =>
            db.Set<Platform.Audit.AuditRow>()
                .SingleAsync(a => a.ActorId == jeanne.Id && a.Action == "AcceptInvitation" && a.Outcome == "ok")
        );
        Assert.That(trace.OnBehalfOf, Is.EqualTo(doctor));
    }

    [Test]
    public async Task D27_Who_has_accepted_a_patient_is_offered_and_accepts_another_hour_only()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var doctor = (await host.Effectors(skill, 1))[0];
        var first = await host.Soliciting(nadia, skill);
        await Accept(doctor, await AskedOf(doctor));
        await Until(nadia, first, OrientationState.Booked);
        await host.Soliciting(nadia, skill);
        var asked = await AskedOf(doctor);
        Assert.That(asked.Promised.Single().Start, Is.EqualTo(Now.AddHours(1)).Within(TimeSpan.FromMinutes(1)));
        Assert.That((await Refused(() => Accept(doctor, asked))).Code, Is.EqualTo("solicitation_busy"));
        await host.Send(doctor, new AcceptInvitation.Command(asked.InvitationId, Now.AddHours(2)));
    }

    [Test]
    public async Task D31_Everybody_declining_hurries_the_next_wave_and_reasons_stay_with_the_case()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 4);
        var id = await host.Soliciting(nadia, skill);
        foreach (var e in effectors.Take(3))
            await host.Send(e, new DeclineInvitation.Command((await AskedOf(e)).InvitationId, DeclineReason.Busy));
        await Eventually(
            async () =>
            {
                await host.SendAsSystem(new AdvanceWaves.Command());
                return (await host.Show(nadia, id)).Orientation.Wave == 2;
            },
            Soon,
            "wave 2"
        );
        var shown = await host.Show(nadia, id);
        Assert.Multiple(() =>
        {
            Assert.That(shown.Asked.Where(a => a.Wave == 1).Select(a => a.Reason), Is.All.EqualTo(DeclineReason.Busy));
            Assert.That(shown.Asked.Count(a => a.Wave == 2), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task The_regulator_widens_or_stops_and_whoever_was_asked_is_told()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 4);
        var id = await host.Soliciting(nadia, skill);
        await host.Send(nadia, new WidenNow.Command(id));
        Assert.That((await host.Show(nadia, id)).Orientation.Wave, Is.EqualTo(2));
        await host.Send(nadia, new StopSolicitation.Command(id));
        Assert.Multiple(async () =>
        {
            Assert.That((await host.Show(nadia, id)).Orientation.State, Is.EqualTo(OrientationState.Searching));
            Assert.That((await AskedOf(effectors[3])).State, Is.EqualTo(InvitationState.Withdrawn));
            Assert.That(
                (await Refused(async () => await Accept(effectors[3], await AskedOf(effectors[3])))).Code,
                Is.EqualTo("solicitation_over")
            );
            Assert.That(
                (await Refused(() => host.Send(nadia, new StopSolicitation.Command(id)))).Code,
                Is.EqualTo("solicitation_not_running")
            );
        });
    }

    [Test]
    public async Task W1_5_Whoever_has_not_answered_keeps_their_time_when_the_regulator_widens_and_may_still_win()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 4);
        var id = await host.Soliciting(nadia, skill);
        var before = await AskedOf(effectors[0]);
        await host.Send(nadia, new WidenNow.Command(id));
        var after = await AskedOf(effectors[0]);
        Assert.That((after.State, after.Deadline), Is.EqualTo((InvitationState.Sent, before.Deadline)));
        Assert.That((await host.Show(nadia, id)).Asked.Select(a => a.State), Is.All.EqualTo(InvitationState.Sent));
        await Accept(effectors[0], after);
        await Until(nadia, id, OrientationState.Booked);
        await Eventually(async () => (await AskedOf(effectors[3])).State == InvitationState.Taken, Soon, "the second wave told");
    }

    [Test]
    public async Task W1_7_A_case_is_unfilled_only_when_everybody_answered_or_their_time_is_out()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 4);
        var id = await host.Soliciting(nadia, skill);
        await host.Send(nadia, new WidenNow.Command(id)); // the fourth
        await host.Send(nadia, new WidenNow.Command(id)); // nobody is left
        var waiting = await host.Show(nadia, id);
        Assert.Multiple(() =>
        {
            Assert.That(waiting.Orientation.State, Is.EqualTo(OrientationState.Soliciting));
            Assert.That(waiting.Orientation.WaveEndsAt, Is.EqualTo(waiting.Asked.Max(a => a.Deadline)));
        });
        Assert.That((await Refused(() => host.Send(nadia, new WidenNow.Command(id)))).Code, Is.EqualTo("solicitation_last_wave"));
        await PassWave(6);
        Assert.That((await host.Show(nadia, id)).Orientation.State, Is.EqualTo(OrientationState.Soliciting), "the fourth has ten minutes");
        await PassWave(6);
        var over = await host.Show(nadia, id);
        Assert.That(
            (over.Orientation.State, over.Asked.All(a => a.State == InvitationState.NoAnswer)),
            Is.EqualTo((OrientationState.Unfilled, true))
        );
    }

    [Test]
    public async Task W1_2_A_wave_asks_the_mt_who_is_to_be_asked_first_and_says_before_why_it_cannot()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 4);
        var (mt, id) = (effectors[3].PractitionerIds.Single(), await host.Opened(nadia, skill));
        async Task Obstacle(Guid who, ObstacleKind? why)
        {
            await host.With<RegulationDb, int>(async db => // the directory of this test has nobody
            {
                (await db.Orientations.SingleAsync(o => o.Id == id)).AnswerMt(new(who, "Dr Roche", null, false), Now);
                return await db.SaveChangesAsync();
            });
            var asked = (await host.Show(nadia, id)).MtToAsk!;
            Assert.That((asked.First, asked.Obstacle?.Kind), Is.EqualTo((true, why)));
        }
        await Obstacle(Guid.CreateVersion7(), ObstacleKind.NotHere);
        await Obstacle((await host.Effectors(Given.Skill(), 1))[0].PractitionerIds.Single(), ObstacleKind.OtherSkill);
        await Obstacle((await host.Effectors(skill, 1, fromKm: 200))[0].PractitionerIds.Single(), ObstacleKind.TooFar);
        await Obstacle((await host.Effectors(skill, 1, departement: "67"))[0].PractitionerIds.Single(), ObstacleKind.OtherTerritory);
        await Obstacle(mt, null);
        var absence = await host.Send(effectors[3], new Slots.Features.DeclareAbsence.Command(mt, Now, Now.AddHours(4)));
        await Obstacle(mt, ObstacleKind.Away);
        Assert.That((await host.Show(nadia, id)).MtToAsk!.Obstacle!.Until, Is.EqualTo(Now.AddHours(4)).Within(TimeSpan.FromSeconds(1)));
        await host.Send(effectors[3], new Slots.Features.EndAbsence.Command(absence.AbsenceId));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Obstacle(mt, null);
        await host.Send(nadia, new StartSolicitation.Command(id, RadiusKm: 10));
        Assert.That((await host.Show(nadia, id)).Asked.Select(a => (a.Wave, a.PractitionerId)), Is.EqualTo(new[] { (0, mt) }));
        // Not waiting for them takes their turn from nobody.
        await host.Send(nadia, new WidenNow.Command(id));
        await Accept(effectors[3], await AskedOf(effectors[3]));
        await Until(nadia, id, OrientationState.Booked);
        Assert.That((await host.Show(nadia, id)).With!.PractitionerId, Is.EqualTo(mt));
    }

    [Test]
    public async Task D27_Of_twenty_who_accept_at_once_one_wins_and_there_is_one_booking()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 20);
        var id = await host.Soliciting(nadia, skill);
        await host.Send(nadia, new WidenNow.Command(id));
        await host.Send(nadia, new WidenNow.Command(id)); // the last wave: seven left, in twice the radius
        var asked = new List<(TestUser Who, ReceivedInvitation What)>();
        foreach (var e in effectors)
            if (await host.AskedOf(e) is { State: InvitationState.Sent } open)
                asked.Add((e, open));
        Assert.That(asked, Has.Count.GreaterThanOrEqualTo(7));
        var outcomes = await Task.WhenAll(asked.Select(a => Outcome(() => Accept(a.Who, a.What))));
        Assert.Multiple(() =>
        {
            Assert.That(outcomes.Count(o => o == "ok"), Is.EqualTo(1));
            Assert.That(outcomes.Where(o => o != "ok"), Is.All.EqualTo("solicitation_taken"));
        });
        await Until(nadia, id, OrientationState.Booked);
        await Eventually(async () => (await host.Show(nadia, id)).Asked.All(a => a.State != InvitationState.Sent), Soon, "everybody told");
        Assert.That(await host.With<Slots.Data.SlotsDb, int>(db => db.Bookings.CountAsync(b => b.OrientationId == id)), Is.EqualTo(1));
    }

    [Test]
    public async Task An_acceptance_and_a_stop_at_the_same_moment_leave_one_truth()
    {
        var nadia = TestUser.Regulator();
        for (var round = 0; round < 10; round++)
        {
            var skill = Given.Skill();
            var effectors = await host.Effectors(skill, 1);
            var id = await host.Soliciting(nadia, skill);
            var asked = await AskedOf(effectors[0]);
            var outcomes = await Task.WhenAll(
                Outcome(() => Accept(effectors[0], asked)),
                Outcome(() => host.Send(nadia, new StopSolicitation.Command(id)))
            );
            var state = (await host.Show(nadia, id)).Orientation.State;
            if (outcomes[0] == "ok")
                Assert.That(
                    (outcomes[1], state),
                    Is.EqualTo(("solicitation_not_running", OrientationState.Accepted))
                        .Or.EqualTo(("solicitation_not_running", OrientationState.Booked))
                );
            else
                Assert.That((outcomes[0], outcomes[1], state), Is.EqualTo(("solicitation_over", "ok", OrientationState.Searching)));
        }
    }

    [Test]
    public async Task An_acceptance_in_time_wins_though_its_wave_is_hurried_at_the_same_moment()
    {
        var nadia = TestUser.Regulator();
        for (var round = 0; round < 10; round++)
        {
            var skill = Given.Skill();
            var effectors = await host.Effectors(skill, 1);
            var id = await host.Soliciting(nadia, skill);
            var asked = await AskedOf(effectors[0]);
            await host.With<RegulationDb, int>(async db => // due, while the answer is still in time
            {
                (await db.Orientations.SingleAsync(o => o.Id == id)).HurryWave(Now);
                return await db.SaveChangesAsync();
            });
            var outcomes = await Task.WhenAll(
                Outcome(() => Accept(effectors[0], asked)),
                Outcome(() => host.SendAsSystem(new AdvanceWave.Command(id)))
            );
            var state = (await host.Show(nadia, id)).Orientation.State;
            if (outcomes[0] == "ok")
                Assert.That(state, Is.EqualTo(OrientationState.Accepted).Or.EqualTo(OrientationState.Booked));
            else
                Assert.Fail($"refused with {outcomes[0]} though the answer was in time; {state}");
            Assert.That(outcomes[1], Is.EqualTo("ok"));
        }
    }

    [Test]
    public async Task The_bell_rung_twice_at_once_begins_one_wave()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        await host.Effectors(skill, 9);
        var id = await host.Soliciting(nadia, skill);
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.SendAsSystem(new AdvanceWave.Command(id))));
        var shown = await host.Show(nadia, id);
        Assert.That(
            (shown.Orientation.Wave, shown.Asked.Count(a => a.Wave == 2), shown.Asked.Select(a => a.PractitionerId).Distinct().Count()),
            Is.EqualTo((2, 6, 9))
        );
    }

    [Test]
    public async Task S52_The_database_itself_refuses_a_second_winner()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        await host.Effectors(skill, 3);
        var id = await host.Soliciting(nadia, skill);
        var refused = await Refused(() =>
            host.With<RegulationDb, int>(async db =>
            {
                foreach (var i in await db.Invitations.Where(i => i.OrientationId == id).ToListAsync())
                    i.Accept(Guid.CreateVersion7(), Now);
                return await db.SaveChangesAsync();
            })
        );
        Assert.That(refused, Is.InstanceOf<ConcurrentChangeException>());
    }

    [Test]
    public async Task D29_What_becomes_of_the_booking_is_followed()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 1);
        var id = await host.Soliciting(nadia, skill);
        await Accept(effectors[0], await AskedOf(effectors[0]));
        await Until(nadia, id, OrientationState.Booked);
        var booking = (await host.Show(nadia, id)).BookingId!.Value;
        await host.Send(nadia, new Slots.Features.CancelBooking.Command(booking));
        await Until(nadia, id, OrientationState.Cancelled);
        await host.Send(nadia, new ReopenOrientation.Command(id));
        Assert.That((await host.Show(nadia, id)).Orientation.State, Is.EqualTo(OrientationState.Searching));
        await host.Send(nadia, new CloseOrientation.Command(id));
        Assert.That((await host.Show(nadia, id)).Orientation.State, Is.EqualTo(OrientationState.Closed));
    }

    [Test]
    public async Task D28_Whoever_declares_to_be_away_is_no_longer_asked()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 2);
        var id = await host.Soliciting(nadia, skill);
        var away = effectors[0];
        await host.Send(away, new Slots.Features.DeclareAbsence.Command(away.PractitionerIds.Single(), Now, Now.AddHours(4)));
        await Eventually(async () => (await AskedOf(away)).State == InvitationState.Withdrawn, Soon, "the withdrawal");
        Assert.That((await AskedOf(effectors[1])).State, Is.EqualTo(InvitationState.Sent));
        Assert.That((await Refused(async () => await Accept(away, await AskedOf(away)))).Code, Is.EqualTo("solicitation_over"));
    }

    [Test]
    public async Task D30_A_single_number_desk_orients_and_solicits_inside_its_communes_only()
    {
        var skill = Given.Skill();
        var desk = new TestUser(Guid.CreateVersion7(), Guid.CreateVersion7(), Roles.SingleNumberDesk) { Communes = ["57463"] };
        await host.Effectors(skill, 3); // of no known commune: outside the desk's territory
        var id = await host.Soliciting(desk, skill);
        Assert.That((await host.Show(desk, id)).Orientation.State, Is.EqualTo(OrientationState.Unfilled));
        Assert.That(
            (await Refused(() => host.Send(desk, Given.Opening(skill) with { Place = "57751" }))).Code,
            Is.EqualTo("outside_own_territory")
        );
        var inside = await host.Effectors(skill, 1, commune: "57463");
        await host.Send(desk, new StartSolicitation.Command(id, RadiusKm: 10));
        Assert.That((await AskedOf(inside[0])).State, Is.EqualTo(InvitationState.Sent));
    }

    [Test]
    public async Task A_slot_booked_for_a_case_is_its_booking()
    {
        var (nadia, skill) = (TestUser.Regulator(), Given.Skill());
        var effectors = await host.Effectors(skill, 1);
        var id = await host.Opened(nadia, skill);
        var range = await host.Range(effectors[0].PractitionerIds.Single());
        await host.Send(nadia, new Slots.Features.BookSlot.Command(range, "57-1", new(34, Sex.Male), id));
        await Until(nadia, id, OrientationState.Booked);
        var shown = await host.Show(nadia, id);
        Assert.That(
            (shown.PractitionerId, shown.With!.Name, shown.With.LocationLabel),
            Is.EqualTo((effectors[0].PractitionerIds.Single(), "Dr Essai 0", "Cabinet"))
        );
    }
}
