using System.Globalization;
using System.Text.Json;
using Parceo.Feedback.Features;
using Parceo.Patients.Contracts;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Slots.Contracts;
using Parceo.Slots.Features;
using Parceo.Testing;

namespace Parceo.Simulation.Tests;

/// <summary>Orientations, their waves, and what follows the care.</summary>
internal sealed partial class Simulation
{
    private TestUser DeskOf(OrientationFact c) => Pick([.. land.Desks.Where(d => d.OrganisationId == c.Organisation)]);

    private async Task WorkOnCases()
    {
        now = new Snapshot(host.Tables);
        var open = now.Orientations.FindAll(c =>
            c.State is "Open" or "Searching" or "Held" or "Soliciting" or "Unfilled" or "Cancelled"
            || (c.State is "Booked" or "FeedbackDue" && Chance(0.2))
        );
        if (open.Count == 0 || Chance(0.25))
        {
            await OpenCase();
            return;
        }
        // Waves run for minutes: whoever is being asked comes first.
        var row = open.Find(c => c.State == "Soliciting") is { } running && Chance(0.7) ? running : Pick(open);
        var c = model.Orientations[row.Id];
        if (row.OpenedAt < host.Now.AddHours(-30) && row.State is not ("Booked" or "FeedbackDue"))
        {
            await Desk(c, "escalates", new EscalateOrientation.Command(c.Id, (EscalatedTo)random.Next(4)));
            return;
        }
        switch (row.State)
        {
            case "Soliciting":
                await DuringWave(row, c);
                break;
            case "Open" or "Searching" or "Held":
                if (Chance(0.55))
                    await StartAsking(c);
                else if (Chance(0.85))
                    await BookDirectly(c);
                else if (Chance(0.5))
                    await Desk(c, "closes", new CloseOrientation.Command(c.Id));
                else
                    await Desk(c, "escalates", new EscalateOrientation.Command(c.Id, (EscalatedTo)random.Next(4)));
                break;
            case "Unfilled":
                if (Chance(0.4))
                    await Desk(c, "escalates", new EscalateOrientation.Command(c.Id, (EscalatedTo)random.Next(4)));
                else if (Chance(0.5))
                    await Desk(c, "reopens", new ReopenOrientation.Command(c.Id));
                else
                    await StartAsking(c);
                break;
            case "Cancelled":
                if (Chance(0.7))
                    await Desk(c, "reopens", new ReopenOrientation.Command(c.Id));
                else
                    await Desk(c, "closes", new CloseOrientation.Command(c.Id));
                break;
            default:
                await AnswerMt(c);
                break;
        }
    }

    private async Task OpenCase()
    {
        var desk = Pick(land.Desks);
        var (latitude, longitude) = (Math.Round(land.Latitude + Offset(), 5), Math.Round(land.Longitude + Offset(), 5));
        var mt = Chance(0.6) ? PickActive().Practitioner : (Guid?)null;
        var (opposed, mtFirst) = (mt is not null && Chance(0.2), mt is not null && Chance(0.3));
        var reference = $"C{seed}-{step}-{sends}";
        var (opened, outcome) = await Try(
            desk,
            new OpenOrientation.Command(
                reference,
                random.Next(0, 99),
                Sex.Male,
                Point(latitude, longitude),
                CareKind.GeneralMedicine,
                (ReasonClass)random.Next(8),
                Chance(0.8) ? WantedWithin.H12 : WantedWithin.H48,
                new(
                    mt,
                    mt is null ? MtReason.None
                        : mtFirst ? null
                        : MtReason.Unavailable48h,
                    opposed
                ),
                Skill: Land.Group,
                Details: new($"motif-{seed}-{step}"),
                ForTheQueue: Chance(0.3)
            )
        );
        Say(
            $"{Name(desk)} opens case {reference}{(mt is { } m ? $", MT {land.Of(m)}{(opposed ? " refused" : "")}{(mtFirst ? " to be asked first" : "")}" : "")}: {outcome}"
        );
        Checker.That(opened is not null, "W1.1 opens", $"a case could not be opened: {outcome}");
        var c = new OrientationFact(opened!.OrientationId, desk.OrganisationId, reference, latitude, longitude, mt, opposed);
        model.Orientations.Add(c.Id, c);
        if (Chance(0.7))
            await Identify(desk, c);
        if (Chance(0.5))
            await StartAsking(c);
    }

    private async Task Identify(TestUser desk, OrientationFact c)
    {
        var (name, phone) = ($"Patient Secret{c.Reference}", $"06{random.Next(10000000, 99999999)}");
        var (_, outcome) = await Try(desk, new IdentifyPatient.Command(c.Id, name, phone));
        if (outcome == "ok")
            (c.Name, c.Phone) = (name, phone);
    }

    private async Task StartAsking(OrientationFact c)
    {
        var usual = Chance(0.35) ? PickActive().Practitioner : (Guid?)null;
        double radius = random.Next(4, 8);
        var (asked, outcome) = await Try(DeskOf(c), new StartSolicitation.Command(c.Id, usual, radius));
        Say(
            $"orientation {c.Reference} is asked around {radius} km{(usual is { } u ? $", {land.Of(u)} first" : "")}: {(asked is null ? outcome : $"wave {asked.Wave}, {asked.Asked} asked")}"
        );
        if (asked is not null)
            await LookAtInvitations(c);
    }

    private async Task DuringWave(OrientationRow row, OrientationFact c)
    {
        var waiting = now.Invitations.FindAll(i => i.Orientation == c.Id && i.State == "Sent");
        switch (random.Next(100))
        {
            case < 34 when waiting.Count > 0:
                await Accept(c, Pick(waiting));
                break;
            case < 56 when waiting.Count > 0:
                foreach (var i in Chance(0.3) ? waiting : [Pick(waiting)])
                    await Decline(i);
                break;
            case < 64:
                await Desk(c, "widens", new WidenNow.Command(c.Id));
                break;
            case < 70:
                await Desk(c, "stops asking for", new StopSolicitation.Command(c.Id));
                break;
            case < 76:
                await BookDirectly(c);
                break;
            case < 82 when waiting.Count > 0:
                await DeclareAbsence(land.Of(Pick(waiting).Practitioner), host.Now, Chance(0.5) ? null : host.Now.AddHours(9));
                break;
            case < 88:
                await LookAtInvitations(c);
                break;
            default:
                if (row.WaveEndsAt is not { } end || end <= host.Now)
                    break;
                await Advance(end.AddSeconds(random.Next(1, 7)), lateBell: Chance(0.5));
                // Over, and the job has not noticed yet: too late all the same.
                now = new Snapshot(host.Tables);
                if (
                    waiting.Find(w => w.Deadline <= host.Now) is { } late
                    && now.Invitations.Find(i => i.Id == late.Id) is { State: "Sent" } still
                )
                    await Accept(c, still);
                break;
        }
    }

    private async Task<bool> Desk<T>(OrientationFact c, string what, MediatR.IRequest<T> request)
    {
        var desk = DeskOf(c);
        var (_, outcome) = await Try(desk, request);
        Say($"{Name(desk)} {what} orientation {c.Reference}: {outcome}");
        return outcome == "ok";
    }

    private async Task<bool> Accept(OrientationFact c, InvitationRow i, bool predict = true)
    {
        var who = land.Of(i.Practitioner);
        var row = now.Orientations.Single(x => x.Id == c.Id);
        var start = Quarter(host.Now.AddMinutes(random.Next(5, 240)));
        var must =
            i.State == "Sent"
            && host.Now < i.Deadline
            && row.State == "Soliciting"
            && row.Round == i.Round
            && start <= row.OpenedAt.AddHours(48)
            && !checker.IsPromised(now, i.Practitioner, start, TimeSpan.FromMinutes(20));
        var (won, outcome) = await Try(who.User, new AcceptInvitation.Command(i.Id, start));
        Say($"{who} accepts orientation {c.Reference} for {Local(start)}: {outcome}");
        if (predict)
            Checker.That(
                won is not null == must,
                "W1.6 first acceptance wins",
                $"{who} accepted orientation {c.Reference}, {row.State}, invitation {i.State}: {outcome}"
            );
        if (won is null)
            return false;
        Checker.That(
            c.Won is null
                || c.Won == i.Id
                || now.Invitations.Single(x => x.Id == c.Won).Round < i.Round
                || now.Invitations.Single(x => x.Id == c.Won).State == "Withdrawn",
            "W1.6 one winner",
            $"{who} was told that they have orientation {c.Reference}, and so was another"
        );
        c.Won = i.Id;
        await LookAtInvitations(c);
        return true;
    }

    private async Task Decline(InvitationRow i)
    {
        var who = land.Of(i.Practitioner);
        var (_, outcome) = await Try(who.User, new DeclineInvitation.Command(i.Id, (DeclineReason)random.Next(5)));
        Say($"{who} declines: {outcome}");
        if (i.State == "Sent" && host.Now < i.Deadline)
            Checker.That(outcome == "ok", "W1.6 decline", $"{who} could not decline: {outcome}");
    }

    /// <summary>What those asked see of the patient: nothing, until they are the one (W1.6).</summary>
    private async Task LookAtInvitations(OrientationFact c)
    {
        var s = new Snapshot(host.Tables);
        var asked = s.Invitations.Where(i => i.Orientation == c.Id).Select(i => i.Practitioner).Distinct().ToList();
        var outsider = land.Effectors[random.Next(100)].Practitioner;
        foreach (var p in asked.OrderBy(_ => random.Next()).Take(2).Append(outsider))
        {
            var (seen, _) = await Try(land.Of(p).User, new ListInvitations.Query(50), writes: false);
            foreach (var view in seen!.Invitations)
            {
                var invitation = s.Invitations.Find(i => i.Id == view.InvitationId);
                Checker.That(
                    invitation is not null && invitation.Practitioner == p,
                    "W1.6 own invitations",
                    $"{land.Of(p)} is shown somebody else's"
                );
                var fact = model.Orientations[invitation!.Orientation];
                var text = JsonSerializer.Serialize(view, JsonSerializerOptions.Web);
                var shown =
                    text.Contains(fact.Reference, StringComparison.Ordinal)
                    || (fact.Name is { } n && text.Contains(n, StringComparison.Ordinal))
                    || (fact.Phone is { } f && text.Contains(f, StringComparison.Ordinal))
                    || view.Patient is not null;
                if (shown)
                    Checker.That(
                        invitation.Winner == 1 && invitation.State == "Accepted",
                        "W1.6 identity",
                        $"{land.Of(p)} reads who case {fact.Reference} is, invitation {invitation.State}"
                    );
            }
        }
    }

    private async Task AnswerMt(OrientationFact c)
    {
        var mt = Chance(0.7) ? PickActive().Practitioner : (Guid?)null;
        var opposed = mt is not null && Chance(0.3);
        var (_, outcome) = await Try(
            DeskOf(c),
            new AnswerMtQuestion.Command(c.Id, new(mt, mt is null ? MtReason.None : MtReason.Unavailable48h, opposed))
        );
        Say($"orientation {c.Reference} has MT {(mt is { } m ? land.Of(m).ToString() : "none")}{(opposed ? ", refused" : "")}: {outcome}");
        if (outcome == "ok")
            (c.Mt, c.Opposed) = (mt, opposed);
    }

    private Func<Task> AfterCare() =>
        random.Next(100) switch
        {
            < 60 => SayOutcome,
            < 80 => WriteOne,
            < 88 => ReadOne,
            < 94 => Wait,
            _ => Killed,
        };

    private async Task SayOutcome()
    {
        var seen = now.Bookings.FindAll(b => b.State is "Booked" or "Unknown" && b.Start <= host.Now);
        // A slip may be put right later.
        if (seen.Count == 0 || Chance(0.12))
            seen = now.Bookings.FindAll(b => b.State is "Fulfilled" or "NoShow" && b.Start > host.Now.AddDays(-20));
        if (seen.Count == 0)
            return;
        var b = Pick(seen);
        if (IsSent(b.Id))
            return; // a report that is out stays out: its case is no longer what the outcome says
        await Record(land.Of(b.Practitioner), b, Chance(0.75) ? "fulfilled" : "noshow");
    }

    private async Task WriteOne()
    {
        var due = host.Tables.Read(
            "SELECT booking_id, practitioner_id FROM {feedback.report} WHERE state = 'Due' ORDER BY due_at, booking_id",
            r => (r.Id(0), r.Id(1))
        );
        if (due.Count == 0)
        {
            await SayOutcome();
            return;
        }
        var (booking, author) = Pick(due);
        var (_, outcome) = await Try(land.Of(author).User, new WriteReport.Command(booking, "Fièvre", "Angine", "Repos"));
        Say($"{land.Of(author)} writes a report: {outcome}");
        // Delivered or not: what was said before may have waived it.
        Checker.That(
            outcome == "ok" || host.Tables.AnyOutbox(DateTimeOffset.MaxValue),
            "D23 writes",
            $"a report that is owed could not be sent: {outcome}"
        );
    }

    private bool IsSent(Guid booking) =>
        host.Tables.Read(
            "SELECT COUNT(*) FROM {feedback.report} WHERE booking_id = @p0 AND sent_at IS NOT NULL",
            r => r.Int(0),
            host.Engine == Platform.Data.Engine.Sqlite ? booking.ToString().ToUpperInvariant() : booking
        )[0] > 0;

    private async Task ReadOne()
    {
        var sent = host.Tables.Read(
            "SELECT booking_id, mt_practitioner_id FROM {feedback.report} WHERE state = 'Sent' ORDER BY sent_at, booking_id",
            r => (r.Id(0), r.Id(1))
        );
        if (sent.Count == 0)
            return;
        var (booking, mt) = Pick(sent);
        var (_, outcome) = await Try(land.Of(mt).User, new OpenReport.Command(booking));
        Say($"{land.Of(mt)} reads a report: {outcome}");
    }

    private Task Wait() => Advance(host.Now.AddHours(random.Next(5, 80)));

    /// <summary>Two at the same moment: the second runs whole between what the first has read and what it writes.</summary>
    private async Task AtOnce()
    {
        now = new Snapshot(host.Tables);
        var ranges = Bookable().FindAll(r => r.Start > host.Now && r.ClosedAt is null);
        var asking = now.Orientations.FindAll(c => c.State == "Soliciting");
        if (asking.Count > 0 && Chance(0.6))
        {
            await AtOnceInAWave(Pick(asking));
            return;
        }
        if (ranges.Count == 0)
        {
            await PublishOne();
            return;
        }
        if (Chance(0.3) && await AtOnceAtTheLimit(ranges))
            return;
        var range = Pick(ranges);
        var (one, two) = (land.Desks[0], land.Desks[1 + random.Next(2)]);
        var owner = land.Of(range.Practitioner);
        Func<Task> other = random.Next(7) switch
        {
            0 or 1 => () => Book(two, range, null, predict: false),
            2 => () => Try(two, new HoldPlace.Command(range.Id), writes: false),
            3 => () => DeclareAbsence(owner, host.Now, Chance(0.5) ? null : host.Now.AddDays(3)),
            4 => async () =>
            {
                // Another slot of the same professional: limits meet on the agenda.
                var same = ranges.FindAll(r => r.Practitioner == range.Practitioner);
                await Book(two, Pick(same), null, predict: false);
            },
            5 => async () =>
            {
                if (now.Bookings.Find(b => b.Range == range.Id && b.State == "Booked") is { } b)
                    await Cancel(b, thenRebook: false);
            },
            _ => () => Try(owner.User, new CloseRange.Command(range.Id), writes: false),
        };
        Say($"at once on {Name(range)}:");
        if (Chance(0.15))
            await Both(other, () => DeclareAbsence(owner, range.Start, null));
        else if (Chance(0.2))
            await Both(other, () => Try(one, new HoldPlace.Command(range.Id), writes: false));
        else
            await Both(other, () => Book(one, range, null, predict: false));
    }

    /// <summary>Two slots of one professional who takes one patient more that day: at the same moment, each alone would fit.</summary>
    private async Task<bool> AtOnceAtTheLimit(List<RangeRow> ranges)
    {
        var days = ranges
            .Where(r => r.Open)
            .GroupBy(r => (r.Practitioner, Day: model.Almanac.Day(r.Start)))
            .Where(g => g.Count() > 1)
            .ToList();
        if (days.Count == 0)
            return false;
        var day = Pick(days);
        var (who, slots) = (land.Of(day.Key.Practitioner), day.Take(2).ToList());
        var taken = now.Bookings.Count(b =>
            b.Practitioner == who.Practitioner && b.Place is not null && model.Almanac.Day(b.Start) == day.Key.Day
        );
        var wishes = model.WishesOf(who.Practitioner) with { PerDay = taken + 1, PerWeek = null };
        var (_, outcome) = await Try(
            who.User,
            new SetLimits.Command(who.Practitioner, wishes.PerDay, wishes.PerWeek, wishes.Visits, wishes.Tele)
        );
        if (outcome == "ok")
            model.Wishes[who.Practitioner] = wishes;
        await Deliver();
        now = new Snapshot(host.Tables);
        Say($"at once on two slots of {who}, who takes {wishes.PerDay} that day: {outcome}");
        await Both(() => Book(land.Desks[1], slots[1], null, predict: false), () => Book(land.Desks[0], slots[0], null, predict: false));
        return true;
    }

    private async Task AtOnceInAWave(OrientationRow row)
    {
        var c = model.Orientations[row.Id];
        var waiting = now.Invitations.FindAll(i => i.Orientation == row.Id && i.State == "Sent" && i.Deadline > host.Now);
        if (waiting.Count == 0)
        {
            await DuringWave(row, c);
            return;
        }
        var first = Pick(waiting);
        var second = Pick(waiting);
        var (winners, stopped) = (0, false);
        async Task Takes(InvitationRow i)
        {
            if (await Accept(c, i, predict: false))
                winners++;
        }
        Func<Task> other = random.Next(6) switch
        {
            0 or 1 or 2 => () => Takes(second),
            3 => async () => stopped = await Desk(c, "stops asking for", new StopSolicitation.Command(c.Id)),
            4 => () => BookDirectly(c),
            _ => () => Decline(second),
        };
        Say($"at once in the wave of orientation {c.Reference}:");
        if (Chance(0.2))
            await Both(() => Takes(first), () => Desk(c, "widens", new WidenNow.Command(c.Id)));
        else
            await Both(other, () => Takes(first));
        Checker.That(winners <= 1, "W1.6 one winner", $"{winners} were told that they have orientation {c.Reference}");
        Checker.That(
            !stopped || winners == 0,
            "W1.6 one truth",
            $"orientation {c.Reference} was stopped and accepted at once, and both were told so"
        );
    }

    private async Task Both(Func<Task> between, Func<Task> first)
    {
        host.Faults.Between = between;
        await first();
        host.Faults.Between = null;
    }

    /// <summary>The process is killed: before a commit, after it and before the answer, or after any commit of the deliveries.</summary>
    private async Task Killed()
    {
        switch (random.Next(3))
        {
            case 0:
                now = new Snapshot(host.Tables);
                if (Bookable() is { Count: > 0 } ranges)
                {
                    var (range, before) = (Pick(ranges), now.Bookings.Count);
                    host.Faults.Between = () =>
                    {
                        host.Faults.Kill();
                        return Task.CompletedTask;
                    };
                    try
                    {
                        await Try(
                            land.Desks[0],
                            new BookSlot.Command(range.Id, $"57-0-{step}", new(30, Sex.Male)),
                            $"killed-{seed}-{step}"
                        );
                        host.Faults.Between = null;
                    }
                    catch (CrashException)
                    {
                        Say($"killed before the commit of a booking of {Name(range)}");
                        Checker.That(
                            new Snapshot(host.Tables).Bookings.Count == before,
                            "S58 nothing half",
                            $"a booking stands though its request was killed before its commit"
                        );
                        Restart();
                    }
                }
                break;
            case 1:
                await BookDirectlyLosingTheAnswer();
                break;
            default:
                now = new Snapshot(host.Tables);
                if (!host.Tables.AnyOutbox(host.Now))
                {
                    // While those asked are being told, or while a booking goes round.
                    if (
                        now.Orientations.FindAll(c => c.State is "Open" or "Searching" or "Unfilled") is { Count: > 0 } waiting
                        && Chance(0.6)
                    )
                    {
                        await StartAsking(model.Orientations[Pick(waiting).Id]);
                        checker.Always(); // as it was sent, before any restart
                    }
                    else
                        await BookDirectly(null);
                }
                host.Faults.CommitsUntilKill = random.Next(1, 9);
                Say($"killed after {host.Faults.CommitsUntilKill} commits of deliveries");
                await Deliver();
                host.Faults.Reset();
                break;
        }
    }

    private async Task BookDirectlyLosingTheAnswer()
    {
        now = new Snapshot(host.Tables);
        if (Bookable() is { Count: > 0 } ranges)
            await Book(Pick(land.Desks), Pick(ranges), null, "lost");
    }
}
