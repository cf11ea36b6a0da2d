using NUnit.Framework;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Events;
using Parceo.Slots.Contracts;

namespace Parceo.Regulation.Tests.Domain;

internal sealed class OrientationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid Nadia = Guid.CreateVersion7(),
        Marc = Guid.CreateVersion7(),
        Sas = Guid.CreateVersion7();

    private static Orientation Open(WantedWithin wanted = WantedWithin.H4, Guid? mt = null, bool opposed = false)
    {
        var o = new Orientation(
            Guid.CreateVersion7(),
            Sas,
            ["57"],
            [],
            new(
                "118204",
                34,
                Sex.Male,
                CareKind.GeneralMedicine,
                ReasonClass.Musculoskeletal,
                "MEDECINE_GENERALE",
                null,
                wanted,
                new("Metz (57000)", 49.1, 6.2, false, "57463", "Metz (57000)", "57"),
                new(mt, mt is null ? null : "Dr Petit", mt is null ? MtReason.None : MtReason.Unavailable48h, opposed)
            ),
            Nadia,
            "Nadia Prat",
            Now
        );
        o.Claim(Nadia, "Nadia Prat", TimeSpan.FromMinutes(10), Now);
        o.TakeHappened();
        return o;
    }

    private static Orientation Asked(out IReadOnlyList<Guid> invitations, int count = 3, Guid? mt = null)
    {
        var o = Open(mt: mt);
        o.StartSolicitation(null, 10, Nadia, "Nadia Prat", Now);
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToList();
        o.BeginWave(1, [.. ids.Select(i => (i, Effector()))], TimeSpan.FromMinutes(5), Now);
        o.TakeHappened();
        invitations = ids;
        return o;
    }

    internal static EffectorToAsk Effector(
        double km = 2,
        bool present = false,
        int load = 0,
        bool atLimit = false,
        DateTimeOffset? over = null,
        Guid? id = null
    ) =>
        new(
            id ?? Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            "Dr Camille Essai",
            "Cabinet",
            "Metz",
            "57",
            "Europe/Paris",
            null,
            km,
            present,
            load,
            atLimit,
            over
        );

    private static string Code(Action act) => Assert.Throws(Is.InstanceOf<RefusalException>(), act) is RefusalException e ? e.Code : "";

    [Test]
    public void D22_A_report_that_is_owed_no_more_closes_the_case_that_waited_for_it()
    {
        Orientation Due()
        {
            var o = Open(mt: Guid.CreateVersion7());
            var booking = Guid.CreateVersion7();
            o.NoteBooked(booking, Marc, Now.AddHours(1), Now);
            o.NoteOutcome(booking, came: true, Now.AddHours(2));
            Assert.That(o.State, Is.EqualTo(OrientationState.FeedbackDue));
            return o;
        }
        var (refused, own, other) = (Due(), Due(), Due());
        refused.AnswerMt(new(refused.MtPractitionerId, "Dr Petit", MtReason.Unavailable48h, true), Now.AddHours(3));
        own.AnswerMt(new(Marc, "Dr Marc", MtReason.NotNeeded, false), Now.AddHours(3));
        other.AnswerMt(new(Guid.CreateVersion7(), "Dr Autre", MtReason.Unavailable48h, false), Now.AddHours(3));
        Assert.That(
            (refused.State, own.State, other.State),
            Is.EqualTo((OrientationState.Closed, OrientationState.Closed, OrientationState.FeedbackDue))
        );
        Assert.That(refused.TakeHappened().OfType<OrientationClosed>().Select(e => e.Outcome), Is.EqualTo(new[] { "fulfilled" }));
    }

    [Test]
    public void W1_From_the_call_to_the_report_every_state_has_its_time_and_actor()
    {
        var (o, booking) = (Asked(out var invitations, mt: Guid.CreateVersion7()), Guid.CreateVersion7());
        o.Accept(invitations[1], Now.AddHours(1), Marc, Now.AddMinutes(1));
        o.NoteBooked(booking, o.PractitionerId!.Value, Now.AddHours(1), Now.AddMinutes(2));
        o.NoteOutcome(booking, true, Now.AddHours(2));
        o.NoteReported(Now.AddHours(3));
        Assert.Multiple(() =>
        {
            Assert.That(
                o.Steps.Select(s => s.State),
                Is.EqualTo(
                    new[]
                    {
                        OrientationState.Open,
                        OrientationState.Searching,
                        OrientationState.Soliciting,
                        OrientationState.Accepted,
                        OrientationState.Booked,
                        OrientationState.Fulfilled,
                        OrientationState.FeedbackDue,
                        OrientationState.Closed,
                    }
                )
            );
            Assert.That(o.Steps.Select(s => s.Number), Is.EqualTo(Enumerable.Range(1, 8)));
            Assert.That(o.TakeHappened().OfType<OrientationBooked>().Single().Solicited, Is.True);
            Assert.That(o.ClosedAt, Is.EqualTo(Now.AddHours(3)));
        });
    }

    [Test]
    public void W1_4_Held_while_a_place_is_held_for_it()
    {
        var o = Open();
        o.NoteHeld(Nadia, Now);
        o.NoteHeld(Marc, Now);
        o.NoteHoldEnded(booked: false, Now, Now);
        Assert.That(o.State, Is.EqualTo(OrientationState.Held), "one of two still lives");
        o.NoteHoldEnded(booked: false, Now, Now);
        Assert.Multiple(() =>
        {
            Assert.That(o.State, Is.EqualTo(OrientationState.Searching));
            Assert.That(
                o.Steps.Skip(2).Select(s => (s.State, s.ActorName)),
                Is.EqualTo(new[] { (OrientationState.Held, "Nadia Prat"), (OrientationState.Searching, (string?)null) })
            );
            Assert.That(o.TakeHappened().OfType<OrientationHeld>().Select(e => e.Held), Is.EqualTo(new[] { true, false }));
        });
    }

    [Test]
    public void W1_4_A_hold_or_its_end_that_comes_late_changes_nothing()
    {
        var (booked, ended, asked) = (Open(), Open(), Asked(out _));
        booked.NoteHeld(Nadia, Now);
        booked.NoteBooked(Guid.CreateVersion7(), Marc, Now.AddHours(1), Now);
        booked.NoteHoldEnded(booked: true, Now, Now);
        ended.NoteHoldEnded(booked: false, Now, Now); // before the hold itself is told
        ended.NoteHeld(Nadia, Now);
        asked.NoteHeld(Nadia, Now);
        Assert.That((booked.State, ended.HeldPlaces, asked.State), Is.EqualTo((OrientationState.Booked, 0, OrientationState.Soliciting)));
        asked.StopSolicitation(Nadia, null, Now);
        Assert.That(asked.State, Is.EqualTo(OrientationState.Held), "back at the search, where a place is still held");
        asked.StartSolicitation(null, 10, Nadia, null, Now);
        asked.NoteHoldEnded(booked: false, Now, Now);
        Assert.That(asked.State, Is.EqualTo(OrientationState.Soliciting));
    }

    [Test]
    public void W1_6_The_first_acceptance_wins_and_the_second_is_told_so()
    {
        var o = Asked(out var invitations);
        o.Accept(invitations[0], Now.AddHours(1), Marc, Now);
        Assert.That(Code(() => o.Accept(invitations[1], Now.AddHours(1), Marc, Now)), Is.EqualTo("solicitation_taken"));
        o.SettleOthers(Now);
        Assert.Multiple(() =>
        {
            Assert.That(
                o.Invitations.Select(i => i.State),
                Is.EqualTo(new[] { InvitationState.Accepted, InvitationState.Taken, InvitationState.Taken })
            );
            Assert.That(Code(() => o.Invitations[1].Decline(DeclineReason.Busy, Marc, Now)), Is.EqualTo("solicitation_taken"));
            Assert.That(
                o.TakeHappened().OfType<InvitationAnswered>().Select(e => e.Answer),
                Is.EqualTo(new[] { "accepted", "taken", "taken" })
            );
        });
    }

    [Test]
    public void W1_6_No_answer_is_recorded_when_the_wave_ends_and_comes_too_late_after()
    {
        var o = Asked(out var invitations);
        Assert.That(
            Code(() => o.Accept(invitations[0], Now.AddHours(1), Marc, Now.AddMinutes(5))),
            Is.EqualTo("solicitation_over"),
            "the deadline is the server's"
        );
        o.EndWave(Now.AddMinutes(5));
        Assert.Multiple(() =>
        {
            Assert.That(o.Invitations.Select(i => i.State), Is.All.EqualTo(InvitationState.NoAnswer));
            Assert.That(Code(() => o.Accept(invitations[0], Now.AddHours(1), Marc, Now.AddMinutes(6))), Is.EqualTo("solicitation_over"));
        });
    }

    [TestCase(-5, "solicitation_start_past"), TestCase(49 * 60, "solicitation_start_late")]
    public void D25_The_effector_sees_the_patient_in_time(int minutes, string code)
    {
        var o = Asked(out var invitations);
        var refused = Assert.Throws<InvalidException>(() => o.Accept(invitations[0], Now.AddMinutes(minutes), Marc, Now));
        Assert.That(refused!.Errors["start"], Is.EqualTo(new[] { code }));
    }

    [Test]
    public void D22_A_report_is_owed_only_to_a_known_mt_who_is_not_opposed_and_did_not_see_the_patient()
    {
        OrientationState After(Guid? mt, bool opposed, bool byMt)
        {
            var (o, booking) = (Open(mt: mt, opposed: opposed), Guid.CreateVersion7());
            o.NoteBooked(booking, byMt ? mt!.Value : Guid.CreateVersion7(), Now.AddHours(1), Now);
            o.NoteOutcome(booking, true, Now.AddHours(2));
            return o.State;
        }
        Assert.Multiple(() =>
        {
            Assert.That(After(Guid.CreateVersion7(), false, false), Is.EqualTo(OrientationState.FeedbackDue));
            Assert.That(After(Guid.CreateVersion7(), true, false), Is.EqualTo(OrientationState.Closed), "opposed");
            Assert.That(After(null, false, false), Is.EqualTo(OrientationState.Closed), "no MT");
            Assert.That(After(Guid.CreateVersion7(), false, true), Is.EqualTo(OrientationState.Closed), "seen by the MT");
        });
    }

    [Test]
    public void A_slip_of_the_outcome_is_followed_and_its_repetition_is_not()
    {
        var (o, booking) = (Open(), Guid.CreateVersion7());
        o.NoteBooked(booking, Guid.CreateVersion7(), Now.AddHours(1), Now);
        o.NoteOutcome(booking, false, Now.AddHours(2));
        o.NoteOutcome(booking, false, Now.AddHours(2));
        o.NoteOutcome(booking, true, Now.AddHours(3));
        Assert.That(
            o.Steps.Skip(3).Select(s => s.State),
            Is.EqualTo(new[] { OrientationState.NoShow, OrientationState.Closed, OrientationState.Fulfilled, OrientationState.Closed })
        );
    }

    [Test]
    public void A_slot_booked_at_the_same_moment_undoes_the_acceptance_and_tells_the_acceptor()
    {
        var (o, other) = (Asked(out var invitations), Guid.CreateVersion7());
        o.Accept(invitations[0], Now.AddHours(1), Marc, Now);
        o.TakeHappened();
        o.NoteBooked(Guid.CreateVersion7(), other, Now.AddHours(2), Now);
        var told = o.TakeHappened();
        Assert.Multiple(() =>
        {
            Assert.That(o.PractitionerId, Is.EqualTo(other));
            Assert.That(o.Invitations.Single(i => i.Id == invitations[0]).Winner, Is.Null);
            Assert.That(
                told.OfType<InvitationAnswered>().Select(e => (e.InvitationId, e.Answer)),
                Does.Contain((invitations[0], "withdrawn"))
            );
            Assert.That(
                told.OfType<AcceptanceUndone>().Select(e => (e.InvitationId, e.RegulatorId)),
                Is.EqualTo(new[] { (invitations[0], (Guid?)null) }),
                "the regulator has nothing to do"
            );
            Assert.That(told.OfType<OrientationBooked>().Single().Solicited, Is.False);
        });
    }

    [Test]
    public void W1_6_A_booking_told_before_the_acceptance_that_it_comes_from_tells_the_others_that_it_is_taken()
    {
        var o = Asked(out var invitations);
        o.Accept(invitations[0], Now.AddHours(1), Marc, Now);
        o.NoteBooked(Guid.CreateVersion7(), o.PractitionerId!.Value, Now.AddHours(1), Now);
        Assert.That(
            o.Invitations.Select(i => i.State),
            Is.EqualTo(new[] { InvitationState.Accepted, InvitationState.Taken, InvitationState.Taken })
        );
    }

    [Test]
    public void An_acceptance_that_cannot_be_booked_leaves_the_case_unfilled_and_asks_nobody_by_itself()
    {
        var o = Asked(out var invitations);
        o.Accept(invitations[0], Now.AddHours(1), Marc, Now);
        o.SettleOthers(Now);
        o.TakeHappened();
        o.UndoAcceptance(Now.AddHours(3));
        o.UndoAcceptance(Now.AddHours(3));
        var told = o.TakeHappened();
        Assert.Multiple(() =>
        {
            Assert.That((o.State, o.PractitionerId, o.Start), Is.EqualTo((OrientationState.Unfilled, (Guid?)null, (DateTimeOffset?)null)));
            Assert.That(told.OfType<AcceptanceUndone>().Single().RegulatorId, Is.EqualTo(Nadia));
            Assert.That(told.OfType<OrientationUnfilled>().Count(), Is.EqualTo(1));
        });
        o.StartSolicitation(null, 10, Nadia, null, Now.AddHours(3));
        Assert.That(o.AlreadyAsked, Is.Empty, "whoever was told that it is taken may be asked again");
    }

    [Test]
    public void Of_two_bookings_the_later_one_counts_in_whatever_order_they_are_told()
    {
        var (a, b) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        void First(Orientation o) => o.NoteBooked(a, Marc, Now.AddHours(1), Now.AddMinutes(9), Now);
        void Second(Orientation o) => o.NoteBooked(b, Nadia, Now.AddHours(2), Now.AddMinutes(9), Now.AddMinutes(1));
        void FirstCancelled(Orientation o) => o.NoteCancelled(a, Now.AddMinutes(9));
        Action<Orientation>[][] orders =
        [
            [First, FirstCancelled, Second],
            [First, Second, FirstCancelled],
            [Second, First, FirstCancelled],
        ];
        foreach (var order in orders)
        {
            var o = Open();
            foreach (var told in order)
                told(o);
            Assert.That((o.State, o.BookingId, o.PractitionerId), Is.EqualTo((OrientationState.Booked, (Guid?)b, (Guid?)Nadia)));
            o.NoteCancelled(b, Now.AddMinutes(10));
            First(o);
            Assert.That(
                (o.State, o.BookingId),
                Is.EqualTo((OrientationState.Cancelled, (Guid?)null)),
                "what came before the last booking is over"
            );
        }
    }

    [Test]
    public void A_case_closed_before_its_booking_is_told_is_open_again_and_says_so()
    {
        foreach (
            var close in new Action<Orientation>[]
            {
                o => o.CallOff(Nadia, null, Now),
                o => o.Escalate(EscalatedTo.Emergency, Nadia, null, Now),
            }
        )
        {
            var o = Open();
            close(o);
            o.TakeHappened();
            o.NoteBooked(Guid.CreateVersion7(), Marc, Now.AddHours(1), Now);
            Assert.That(
                (o.State, o.ClosedAt, o.EscalatedTo, o.TakeHappened().OfType<OrientationBooked>().Single().Reopened),
                Is.EqualTo((OrientationState.Booked, (DateTimeOffset?)null, (EscalatedTo?)null, true))
            );
        }
    }

    [Test]
    public void W1_4_A_hold_told_after_its_booking_was_made_and_cancelled_does_not_keep_the_case_held()
    {
        var (o, booking) = (Open(), Guid.CreateVersion7());
        o.NoteBooked(booking, Marc, Now.AddHours(1), Now, Now);
        o.NoteCancelled(booking, Now);
        o.Reopen(Nadia, null, Now);
        o.NoteHeld(Nadia, Now);
        o.NoteHoldEnded(booked: true, Now, Now);
        Assert.That(o.State, Is.EqualTo(OrientationState.Searching));
    }

    [Test]
    public void D28_An_absence_withdraws_what_the_effector_was_asked_and_the_wave_goes_on_if_nobody_is_left()
    {
        var o = Asked(out _, count: 2);
        o.Withdraw(o.Invitations[0].PractitionerId, Now.AddMinutes(1));
        Assert.That((o.Invitations[0].State, o.WaveEndsAt), Is.EqualTo((InvitationState.Withdrawn, (DateTimeOffset?)Now.AddMinutes(5))));
        o.Withdraw(o.Invitations[1].PractitionerId, Now.AddMinutes(2));
        Assert.That(o.WaveEndsAt, Is.EqualTo(Now.AddMinutes(2)));
    }

    [Test]
    public void Waves_go_one_two_three_and_then_the_case_is_unfilled()
    {
        var o = Open();
        o.StartSolicitation(Guid.CreateVersion7(), 10, Nadia, null, Now);
        var waves = new List<int>();
        var at = Now;
        while (o.NextWave is { } wave)
        {
            waves.Add(wave);
            o.BeginWave(wave, [(Guid.CreateVersion7(), Effector())], TimeSpan.FromMinutes(5), at);
            at = at.AddMinutes(5);
            o.EndWave(at);
        }
        o.GiveUp(at);
        Assert.Multiple(() =>
        {
            Assert.That(waves, Is.EqualTo(new[] { 0, 1, 2, 3 }), "the usual professional first and alone");
            Assert.That(
                (o.State, o.TakeHappened().OfType<OrientationUnfilled>().Single().Asked),
                Is.EqualTo((OrientationState.Unfilled, 4))
            );
        });
    }

    [Test]
    public void W1_7_Whoever_was_asked_has_their_time_though_the_regulator_widened_and_nobody_is_left_to_ask()
    {
        var o = Asked(out var first, count: 2); // until minute 5
        o.Widen(Now.AddMinutes(1));
        Assert.That(o.Invitations.Select(i => i.State), Is.All.EqualTo(InvitationState.Sent));
        o.BeginWave(2, [(Guid.CreateVersion7(), Effector())], TimeSpan.FromMinutes(10), Now.AddMinutes(1));
        o.Widen(Now.AddMinutes(2));
        o.BeginWave(3, [], TimeSpan.FromMinutes(15), Now.AddMinutes(2));
        o.GiveUp(Now.AddMinutes(2));
        Assert.That((o.State, o.WaveEndsAt), Is.EqualTo((OrientationState.Soliciting, (DateTimeOffset?)Now.AddMinutes(11))));
        Assert.That(Code(() => o.Widen(Now.AddMinutes(3))), Is.EqualTo("solicitation_last_wave"));
        o.Invitations[2].Decline(DeclineReason.Busy, Marc, Now.AddMinutes(3));
        o.NoteAllAnswered(Now.AddMinutes(3));
        Assert.That(o.WaveEndsAt, Is.EqualTo(Now.AddMinutes(11)), "two of the first wave may still answer");
        o.Invitations[1].Decline(DeclineReason.Busy, Marc, Now.AddMinutes(4));
        Assert.That(o.Accept(first[0], Now.AddHours(1), Marc, Now.AddMinutes(4)).Wave, Is.EqualTo(1));
    }

    [Test]
    public void W1_7_It_is_unfilled_when_the_last_of_all_rounds_people_said_no()
    {
        var o = Asked(out _, count: 1);
        o.Widen(Now.AddMinutes(1));
        o.GiveUp(Now.AddMinutes(1));
        Assert.That(o.State, Is.EqualTo(OrientationState.Soliciting));
        o.Invitations[0].Decline(DeclineReason.Busy, Marc, Now.AddMinutes(2));
        // Waves 2 and 3 found nobody.
        o.BeginWave(3, [], TimeSpan.FromMinutes(15), Now.AddMinutes(2));
        o.NoteAllAnswered(Now.AddMinutes(2));
        Assert.That(o.WaveEndsAt, Is.EqualTo(Now.AddMinutes(2)));
        o.EndWave(Now.AddMinutes(2));
        o.GiveUp(Now.AddMinutes(2));
        Assert.That(o.State, Is.EqualTo(OrientationState.Unfilled));
    }

    [Test]
    public void D31_Everybody_of_a_hurried_wave_declining_hurries_the_next_one_beside_those_who_may_still_answer()
    {
        var o = Asked(out _, count: 1);
        o.Widen(Now.AddMinutes(1));
        o.BeginWave(2, [(Guid.CreateVersion7(), Effector())], TimeSpan.FromMinutes(10), Now.AddMinutes(1));
        o.Invitations[1].Decline(DeclineReason.Busy, Marc, Now.AddMinutes(2));
        o.NoteAllAnswered(Now.AddMinutes(2));
        o.EndWave(Now.AddMinutes(2));
        Assert.That((o.Invitations[0].State, o.NextWave), Is.EqualTo((InvitationState.Sent, (int?)3)));
    }

    [Test]
    public void W1_2_The_mt_whom_nothing_rules_out_is_asked_first_once()
    {
        var mt = Guid.CreateVersion7();
        var o = Open(mt: mt);
        o.AnswerMt(new(mt, "Dr Roche", null, false), Now);
        Assert.That(o.ToAskFirst, Is.EqualTo(mt));
        o.StartSolicitation(o.ToAskFirst, 10, Nadia, null, Now);
        o.BeginWave(0, [(Guid.CreateVersion7(), Effector() with { PractitionerId = mt })], TimeSpan.FromMinutes(10), Now);
        Assert.That(o.ToAskFirst, Is.Null, "they had their turn");
        o.AnswerMt(new(mt, "Dr Roche", MtReason.Unavailable48h, false), Now);
        Assert.That(o.ToAskFirst, Is.Null);
    }

    [Test]
    public void A_new_round_asks_nobody_who_declined_and_everybody_who_did_not_answer()
    {
        var o = Asked(out var invitations);
        o.Invitations[0].Decline(DeclineReason.Away, Marc, Now);
        o.StopSolicitation(Nadia, null, Now);
        o.StartSolicitation(null, 10, Nadia, null, Now);
        Assert.That(o.AlreadyAsked, Is.EquivalentTo(new[] { o.Invitations[0].PractitionerId }));
        Assert.That(invitations, Has.Count.EqualTo(3));
    }

    [Test]
    public void Two_desks_do_not_work_on_one_case_and_a_lease_ends_by_itself()
    {
        var o = Open();
        Assert.That(Code(() => o.Claim(Marc, "Dr Viel", TimeSpan.FromMinutes(10), Now.AddMinutes(9))), Is.EqualTo("orientation_claimed"));
        o.Claim(Marc, "Dr Viel", TimeSpan.FromMinutes(10), Now.AddMinutes(10));
        Assert.That(o.ClaimedName, Is.EqualTo("Dr Viel"));
        o.Release();
        o.Claim(Nadia, "Nadia Prat", TimeSpan.FromMinutes(10), Now.AddMinutes(11));
        Assert.That(o.ClaimedBy, Is.EqualTo(Nadia));
    }

    [Test]
    public void What_a_state_does_not_allow_is_refused_by_name()
    {
        var booked = Open();
        booked.NoteBooked(Guid.CreateVersion7(), Guid.CreateVersion7(), Now.AddHours(1), Now);
        Assert.Multiple(() =>
        {
            Assert.That(Code(() => booked.StartSolicitation(null, 10, Nadia, null, Now)), Is.EqualTo("solicitation_impossible"));
            Assert.That(Code(() => booked.StopSolicitation(Nadia, null, Now)), Is.EqualTo("solicitation_not_running"));
            Assert.That(Code(() => booked.HurryWave(Now)), Is.EqualTo("solicitation_not_running"));
            Assert.That(Code(() => booked.Escalate(EscalatedTo.Emergency, Nadia, null, Now)), Is.EqualTo("escalation_impossible"));
            Assert.That(Code(() => booked.CallOff(Nadia, null, Now)), Is.EqualTo("close_impossible"));
            Assert.That(Code(() => booked.Reopen(Nadia, null, Now)), Is.EqualTo("reopen_impossible"));
        });
    }

    [Test]
    public void Beyond_48_h_a_case_carries_its_label() =>
        Assert.Multiple(() =>
        {
            Assert.That(Open(WantedWithin.Beyond).OutsideSnp, Is.True);
            Assert.That(Open(WantedWithin.H48).OutsideSnp, Is.False);
            Assert.That(Open(WantedWithin.H12).WantedBefore, Is.EqualTo(Now.AddHours(12)));
        });
}
