using System.Globalization;
using Parceo.Patients.Contracts;
using Parceo.Slots.Contracts;
using Parceo.Slots.Features;
using Parceo.Slots.Search;
using Parceo.Testing;

namespace Parceo.Simulation.Tests;

/// <summary>What professionals offer, and what regulators take of it.</summary>
internal sealed partial class Simulation
{
    private Func<Task> Supply() =>
        random.Next(100) switch
        {
            < 42 => PublishOne,
            < 50 => AddNow,
            < 64 => PlanWeekly,
            < 68 => ChangePlan,
            < 82 => BeAway,
            < 87 => ComeBack,
            < 94 => Limit,
            < 98 => BePresent,
            _ => OfferOver,
        };

    private async Task PublishOne()
    {
        var (who, start) = (PickActive(), Quarter(host.Now.AddMinutes(random.Next(10, Chance(0.7) ? 300 : 3000))));
        var (minutes, capacity) = (random.Next(1, 9) * 15, Chance(0.5) ? 1 : random.Next(2, 4));
        // Sometimes exactly where an absence ends: the limits are where mistakes are.
        var ends = model.Absences.FindAll(a =>
            a.Practitioner == who.Practitioner && a.EndedAt is null && a.To > host.Now && a.To.Value.UtcTicks % TimeSpan.TicksPerMinute == 0
        );
        if (ends.Count > 0 && Chance(0.4))
            start = Pick(ends).To!.Value;
        foreach (var plan in model.Plans.Values.Where(p => p.Who == who))
            plan.Alone = false;
        var (_, outcome) = await Try(
            who.User,
            new PublishSlots.Command(who.Practitioner, who.Activity, start, start.AddMinutes(minutes), capacity, Mode.Cabinet)
        );
        Say($"{who} publishes {Local(start)} {minutes} min for {capacity}: {outcome}");
    }

    private async Task AddNow()
    {
        var who = PickActive();
        foreach (var plan in model.Plans.Values.Where(p => p.Who == who))
            plan.Alone = false;
        var (added, outcome) = await Try(who.User, new AddSlotNow.Command(who.Practitioner));
        Say($"{who} adds a slot now: {(added is null ? outcome : Local(added.Start))}");
    }

    private async Task PlanWeekly()
    {
        // Mostly of somebody who offers nothing else, so that every date can be counted.
        var who = Chance(0.7) ? land.Effectors[100 + random.Next(90)] : PickActive();
        var today = model.Almanac.Day(host.Now);
        var weekday = Chance(0.5) ? DayOfWeek.Sunday : (DayOfWeek)random.Next(7);
        var start = Chance(0.4)
            ? new TimeOnly(random.Next(1, 4), random.Next(4) * 15)
            : new TimeOnly(random.Next(7, 21), random.Next(4) * 15);
        var (minutes, slots, capacity) = (random.Next(1, 5) * 15, random.Next(1, 4), random.Next(1, 3));
        var (first, last) = (today.AddDays(random.Next(0, 20)), today.AddDays(random.Next(25, 50)));
        var holidays = Chance(0.3);
        var (planned, outcome) = await Try(
            who.User,
            new PlanSlots.Command(
                who.Practitioner,
                who.Activity,
                weekday,
                start,
                minutes,
                slots,
                capacity,
                Mode.Cabinet,
                first,
                last,
                PublicHolidays: holidays
            )
        );
        Say(
            $"{who} plans {weekday} {start:HH\\:mm} {slots} x {minutes} min from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}: {planned?.Published.ToString(CultureInfo.InvariantCulture) ?? outcome}"
        );
        if (planned is null)
            return;
        var others = model.Plans.Values.Where(p => p.Who == who).ToList();
        var plan = new PlanFact(planned.PlanId, who, weekday, start, minutes, slots, capacity, first, last, holidays, host.Now)
        {
            Alone = others.Count == 0 && !now.Ranges.Exists(r => r.Practitioner == who.Practitioner),
        };
        others.ForEach(o => o.Alone = false);
        model.Plans.Add(planned.PlanId, plan);
    }

    private async Task ChangePlan()
    {
        if (model.Plans.Count == 0)
        {
            await PlanWeekly();
            return;
        }
        var plan = Pick([.. model.Plans.Values]);
        var today = model.Almanac.Day(host.Now);
        if (Chance(0.3))
        {
            var from = today.AddDays(random.Next(1, 15));
            var (ended, why) = await Try(plan.Who.User, new EndPlan.Command(plan.Id, from), writes: plan.Last is null || plan.Last >= from);
            Say($"{plan.Who} ends a plan from {from:yyyy-MM-dd}: {ended?.Withdrawn.ToString(CultureInfo.InvariantCulture) ?? why}");
            if (ended is not null && (plan.Last is null || plan.Last >= from))
                plan.Last = from.AddDays(-1);
            return;
        }
        var date = today.AddDays((((int)plan.Weekday - (int)today.DayOfWeek + 7) % 7) + 7);
        TimeOnly? other = Chance(0.5) ? new TimeOnly(random.Next(1, 22), 0) : null;
        var (changed, outcome) = await Try(plan.Who.User, new ChangePlanDate.Command(plan.Id, date, other is null, other));
        Say(
            $"{plan.Who} changes the plan's {date:yyyy-MM-dd} to {other?.ToString("HH\\:mm", CultureInfo.InvariantCulture) ?? "nothing"}: {outcome}"
        );
        if (changed is not null)
            plan.Changed[date] = other;
    }

    private async Task BeAway()
    {
        var who = PickActive();
        // Half of them begin or end exactly where a slot does: the limits are where mistakes are.
        var ahead = now.Ranges.Where(r => r.Practitioner == who.Practitioner && r.Start > host.Now && r.ClosedAt is null).ToList();
        var from = Chance(0.5) ? host.Now : host.Now.AddMinutes(random.Next(1, 3000));
        DateTimeOffset? to = Chance(0.3) ? null : from.AddMinutes(random.Next(30, 6000));
        if (to is { } whole && Chance(0.5))
            to = Quarter(whole);
        if (ahead.Count > 0 && Chance(0.6))
        {
            var edge = Pick(ahead);
            if (Chance(0.5))
                to = edge.Start > from ? edge.Start : to;
            else
                (from, to) = (edge.End, Chance(0.5) ? edge.End.AddHours(5) : null);
        }
        await DeclareAbsence(who, from, to);
    }

    private async Task<bool> DeclareAbsence(Effector who, DateTimeOffset from, DateTimeOffset? to)
    {
        var (absence, outcome) = await Try(who.User, new DeclareAbsence.Command(who.Practitioner, from, to));
        if (absence is not null)
            model.Absences.Add(new(absence.AbsenceId, who.Practitioner, from, to, host.Now));
        Say(
            $"{who} is away from {Local(from)} to {(to is { } t ? Local(t) : "any time")}: {outcome}{(absence is null ? "" : $", {absence.Hidden} hidden, {absence.Expected} expected")}"
        );
        return absence is not null;
    }

    private async Task ComeBack()
    {
        var open = model.Absences.FindAll(a => a.EndedAt is null && !(a.To <= host.Now));
        if (open.Count == 0)
        {
            await BeAway();
            return;
        }
        await ComeBack(Pick(open));
    }

    private async Task ComeBack(AbsenceFact absence)
    {
        var (back, outcome) = await Try(land.Of(absence.Practitioner).User, new EndAbsence.Command(absence.Id));
        if (back is not null)
            absence.EndedAt = host.Now;
        Say($"{land.Of(absence.Practitioner)} is back: {(back is null ? outcome : $"{back.Shown} shown")}");
        Checker.That(back is not null, "D28 back", $"an absence that runs could not be ended: {outcome}");
    }

    private async Task Limit()
    {
        var who = PickActive();
        var wishes = new Wishes(Chance(0.6) ? random.Next(1, 4) : null, Chance(0.5) ? random.Next(1, 7) : null, Chance(0.5), Chance(0.7));
        var (_, outcome) = await Try(
            who.User,
            new SetLimits.Command(who.Practitioner, wishes.PerDay, wishes.PerWeek, wishes.Visits, wishes.Tele)
        );
        if (outcome == "ok")
            model.Wishes[who.Practitioner] = wishes;
        Say(
            $"{who} takes at most {wishes.PerDay?.ToString(CultureInfo.InvariantCulture) ?? "-"} a day, {wishes.PerWeek?.ToString(CultureInfo.InvariantCulture) ?? "-"} a week: {outcome}"
        );
    }

    private async Task BePresent()
    {
        foreach (var who in new[] { PickActive(), PickActive() })
        {
            DateTimeOffset? until = Chance(0.8) ? host.Now.AddMinutes(random.Next(5, 600)) : null;
            var (_, outcome) = await Try(who.User, new SetPresence.Command(who.Practitioner, until));
            if (outcome == "ok")
                model.Present[who.Practitioner] = until;
            Say($"{who} is present until {(until is { } u ? Local(u) : "no more")}: {outcome}");
        }
    }

    private async Task OfferOver()
    {
        var who = PickActive();
        DateTimeOffset? until = Chance(0.85) ? host.Now.AddMinutes(random.Next(5, 600)) : null;
        var (_, outcome) = await Try(who.User, new OfferOverCapacity.Command(who.Practitioner, until, "un de plus"));
        if (outcome == "ok")
            model.OverCapacity[who.Practitioner] = until;
        var (listed, _) = await Try(
            land.Desks[0],
            new ListOverCapacity.Query(Point(land.Latitude, land.Longitude), 60, null, 100),
            writes: false
        );
        var expected = land
            .Effectors.Where(e =>
                model.OverCapacity.GetValueOrDefault(e.Practitioner) > host.Now
                && !model.IsAway(e.Practitioner, host.Now, host.Now.AddTicks(1), host.Now)
            )
            .Select(e => e.Practitioner)
            .ToHashSet();
        Checker.That(
            expected.SetEquals(listed!.Select(o => o.PractitionerId)),
            "W1.5 over capacity",
            $"{listed!.Count} may be called for one more, not {expected.Count}"
        );
        Say($"{who} may be called for one more until {(until is { } u ? Local(u) : "no more")}: {outcome}");
    }

    private Func<Task> Demand() =>
        random.Next(100) switch
        {
            < 14 => () => BookDirectly(null),
            < 21 => HoldOne,
            < 25 => ReleaseOne,
            < 31 => CancelOne,
            < 37 => SearchOnce,
            < 52 => AtOnce,
            < 58 => Killed,
            _ => WorkOnCases,
        };

    private List<RangeRow> Bookable() =>
        [.. now.Ranges.Where(r => r.Start > host.Now.AddHours(-2) && r.Start < host.Now.AddHours(50) && !r.Outside)];

    private async Task BookDirectly(OrientationFact? of)
    {
        now = new Snapshot(host.Tables);
        var ranges = Bookable();
        if (ranges.Count == 0)
        {
            await PublishOne();
            return;
        }
        var desk = of is null ? Pick(land.Desks) : DeskOf(of);
        // Where a hold is, it is often booked.
        var held = now.Holds.Find(h => h.Regulator == desk.Id);
        var range = held is not null && Chance(0.7) ? now.Range(held.Range)! : Pick(ranges);
        await Book(desk, range, of, Chance(0.06) ? "lost" : null);
    }

    /// <summary>Books one place; a lost answer is asked for again with the same key.</summary>
    private async Task<BookingFact?> Book(TestUser desk, RangeRow range, OrientationFact? of, string? fault = null, bool predict = true)
    {
        var reference = of?.Reference ?? $"{land.Departement}-{seed}-{step}-{sends}";
        var request = new BookSlot.Command(range.Id, reference, new(40, Sex.Female, of?.Name, of?.Phone), of?.Id);
        var obstacle = checker.Obstacle(now, range, desk.Id, of?.Id, desk.OrganisationId, booking: true);
        var settled = !host.Tables.AnyOutbox(host.Now);
        var key = $"key-{seed}-{sends}";
        BookSlot.Response? booked;
        string outcome;
        if (fault == "lost")
        {
            model.Unanswered.Add(reference);
            host.Faults.LoseAnswer = true;
            try
            {
                (booked, outcome) = await Try(desk, request, key);
                host.Faults.Reset(); // refused before any commit
            }
            catch (CrashException)
            {
                var first = new Snapshot(host.Tables).Bookings.Find(b => b.Reference == reference && b.BookedAt == host.Now);
                Restart();
                (booked, outcome) = await Try(desk, request, key, writes: false);
                Checker.That(
                    booked is not null && booked.BookingId == first?.Id,
                    "S53 same key, same answer",
                    $"the answer was lost; asked again: {outcome} {booked?.BookingId}, stored {first?.Id}"
                );
                predict = false;
                obstacle = null;
            }
        }
        else
            (booked, outcome) = await Try(desk, request, key);

        Say(
            $"{Name(desk)} books {Name(range)}{(of is null ? "" : $" for case {of.Reference}")}{(fault is null ? "" : " (" + fault + ")")}: {outcome}"
        );
        if (predict && booked is null && obstacle is null)
            Checker.That(
                (outcome == "effector_limit" || (outcome is "effector_busy" or "slot_full" && now.NearOutside(range))) && !settled,
                "free place is given",
                $"{Name(range)} is free and was refused: {outcome}"
            );
        if (predict && booked is not null)
            Checker.That(obstacle is null, "refused when it must be", $"{Name(range)} was booked against {obstacle}");
        return booked is null ? null : Acknowledge(booked.BookingId, range.Id, reference);
    }

    private BookingFact Acknowledge(Guid booking, Guid range, string reference)
    {
        var fact = new BookingFact(booking, range, reference, host.Now);
        model.Bookings.TryAdd(booking, fact);
        now = new Snapshot(host.Tables);
        var row = now.Bookings.Find(b => b.Id == booking);
        Checker.That(row is not null, "S52 never lost", $"booking {booking} was acknowledged and is nowhere");
        checker.Booked(now, row!);
        return fact;
    }

    private async Task HoldOne()
    {
        var ranges = Bookable();
        if (ranges.Count == 0)
        {
            await PublishOne();
            return;
        }
        now = new Snapshot(host.Tables);
        var (desk, range) = (Pick(land.Desks), now.Range(Pick(ranges).Id)!);
        var obstacle = checker.Obstacle(now, range, desk.Id, null, desk.OrganisationId, booking: false);
        var full = model.IsFull(range.Practitioner, range.Start, now.Bookings) || host.Tables.AnyOutbox(host.Now);
        // Every other one for a case of that desk's, if there is any: no draw, so that traces of other acts stay as they were.
        var cases =
            step % 2 == 0
                ? []
                : now.Orientations.FindAll(c =>
                    c.Organisation == desk.OrganisationId && c.State is "Open" or "Searching" or "Held" or "Soliciting"
                );
        Guid? of = cases.Count == 0 ? null : cases[step % cases.Count].Id;
        var again = now.Holds.Exists(h =>
            h.Regulator == desk.Id && h.Range == range.Id && h.Until > host.Now && (of is null || h.Orientation == of)
        ); // answered with the same hold: nothing is written
        var (held, outcome) = await Try(desk, new HoldPlace.Command(range.Id, of), writes: !again);
        Say($"{Name(desk)} holds {Name(range)}{(of is null ? "" : " for a case")}: {outcome}");
        if (held is null)
            Checker.That(
                obstacle is not null || (outcome == "effector_limit" && full),
                "free place is given",
                $"{Name(range)} is free and no hold was given: {outcome}"
            );
        else
            Checker.That(
                obstacle is null && (again || held.Until == host.Now.AddMinutes(3)),
                "refused when it must be",
                $"{Name(range)} was held until {held.Until:O} against {obstacle}"
            );
        if (held is null || !Chance(0.4))
            return;
        await Advance(host.Now.AddSeconds(random.Next(100, 190)), lateBell: true);
        if (held.Until > host.Now)
            return;
        // Run out, and nobody has come by to free the place: it is free all the same.
        now = new Snapshot(host.Tables);
        var other = land.Desks.First(d => d != desk);
        if (now.Holds.Exists(h => h.Id == held.HoldId))
            await Book(other, now.Range(range.Id)!, null);
    }

    private async Task ReleaseOne()
    {
        if (now.Holds.Count == 0)
        {
            await HoldOne();
            return;
        }
        var hold = Pick(now.Holds);
        var desk = land.Desks.First(d => d.Id == hold.Regulator);
        var (_, outcome) = await Try(desk, new ReleaseHold.Command(hold.Id), writes: false);
        Say($"{Name(desk)} gives a place back: {outcome}");
        Checker.That(!new Snapshot(host.Tables).Holds.Exists(h => h.Id == hold.Id), "D27 freed at once", $"a released hold is still there");
    }

    private async Task CancelOne()
    {
        var live = now.Bookings.FindAll(b => b.State == "Booked" && b.End > host.Now);
        if (live.Count == 0)
        {
            await BookDirectly(null);
            return;
        }
        await Cancel(Pick(live), thenRebook: Chance(0.4));
    }

    private async Task Cancel(BookingRow b, bool thenRebook)
    {
        var desk = land.Desks.First(d => d.OrganisationId == b.Organisation);
        var (_, outcome) = await Try(desk, new CancelBooking.Command(b.Id));
        Say($"{Name(desk)} cancels {b.Reference}: {outcome}");
        Cancelled(b.Id, outcome);
        if (!thenRebook || outcome != "ok")
            return;
        now = new Snapshot(host.Tables);
        await Book(Pick(land.Desks), now.Range(b.Range)!, null);
    }

    private void Cancelled(Guid booking, string outcome)
    {
        if (outcome == "ok" && model.Bookings.TryGetValue(booking, out var fact))
            fact.State = "Cancelled";
        else if (outcome == "ok")
            model.Bookings[booking] = new BookingFact(booking, Guid.Empty, "", host.Now) { State = "Cancelled" };
    }

    private async Task SearchOnce()
    {
        await Deliver();
        if (host.Tables.AnyOutbox(DateTimeOffset.MaxValue))
            return; // one failed and waits: hints are not all there yet
        if (host.Tables.Count("SELECT COUNT(*) FROM {slots.hold} WHERE until <= @p0", host.Now) > 0)
            await RunJob("slots.release-holds");
        await Deliver();
        now = new Snapshot(host.Tables);
        var (latitude, longitude, radius) = (land.Latitude + Offset(), land.Longitude + Offset(), random.Next(3, 40));
        var (from, to, order) = (host.Now, host.Now.AddHours(random.Next(3, 400)), (SlotOrder)random.Next(3));
        var desk = Pick(land.Desks);
        var (found, outcome) = await Try(
            desk,
            new SearchSlots.Query(Point(latitude, longitude), radius, null, from, to, null, order, 1 + random.Next(1000), 200),
            writes: false
        );
        Say(
            $"{Name(desk)} searches {radius} km until {Local(to)}, {order}: {found?.Slots.Count.ToString(CultureInfo.InvariantCulture) ?? outcome}"
        );
        if (found!.Slots.Count < 200)
            checker.Search(now, latitude, longitude, radius, from, to, [.. found.Slots.Select(x => x.RangeId)]);
        var starts = found.Slots.Select(x => x.Start).ToList();
        if (order == SlotOrder.Start)
            Checker.That(starts.SequenceEqual(starts.Order()), "search in order", $"found slots are not in order of start");
    }

    /// <summary>Twenty and more patients of one doctor in an ISO week, and some in the next (D26).</summary>
    private async Task BusyWeek()
    {
        var who = land.Effectors[190 + random.Next(10)];
        if (now.Ranges.Exists(r => r.Practitioner == who.Practitioner))
            return;
        var today = model.Almanac.Day(host.Now);
        // Thursday of next week to Sunday and Monday after it: the counter begins again at the right midnight.
        var thursday = today.AddDays((((int)DayOfWeek.Thursday - (int)today.DayOfWeek + 7) % 7) + 7);
        Say($"{who} has a busy week around {thursday:yyyy-MM-dd}");
        (DateOnly Day, int Hour, int Patients)[] days =
        [
            (thursday, 9, 12),
            (thursday.AddDays(1), 10, 9),
            (thursday.AddDays(2), 8, 4),
            (thursday.AddDays(3), 10, 1),
            (thursday.AddDays(4), 9, 3),
        ];
        foreach (var (day, hour, patients) in days)
        {
            var start = model.Almanac.At(day, new TimeOnly(hour, 0));
            await Advance(start.AddHours(-random.Next(2, 14)).AddSeconds(7));
            // One slot a patient, so that the order in which they were seen is known.
            var (range, _) = await Try(
                who.User,
                new PublishSlots.Command(who.Practitioner, who.Activity, start, start.AddMinutes(90), patients, Mode.Cabinet)
            );
            if (range is null)
                return;
            for (var i = 0; i < patients; i++)
            {
                now = new Snapshot(host.Tables);
                await Book(Pick(land.Desks), now.Range(range.RangeId)!, null);
            }
            await Deliver();
            await Advance(start.AddHours(3));
            now = new Snapshot(host.Tables);
            foreach (var b in now.Bookings.Where(b => b.Range == range.RangeId && b.State == "Booked").ToList())
                await Record(who, b, "fulfilled");
            // A slip is put right: the counter follows.
            if (now.Bookings.Find(b => b.Range == range.RangeId && b.Place is not null) is { } slip && Chance(0.4))
                await Record(who, slip, "noshow");
            await Deliver();
        }
        now = checker.Always();
        await Activity(who, model.Almanac.At(thursday, new TimeOnly(12, 0)));
    }

    private async Task Record(Effector who, BookingRow b, string outcome)
    {
        var (_, answer) = await Try(who.User, new RecordOutcome.Command(b.Id, outcome));
        Say($"{who} says that {b.Reference} of {Local(b.Start)} is {outcome}: {answer}");
        if (answer != "ok")
        {
            Checker.That(
                b.Start > host.Now || b.State == "Cancelled",
                "D29 outcome",
                $"the outcome {outcome} of {b.Reference} was refused: {answer}"
            );
            return;
        }
        var state = outcome switch
        {
            "fulfilled" => "Fulfilled",
            "noshow" => "NoShow",
            _ => "Cancelled",
        };
        if (model.Bookings.TryGetValue(b.Id, out var fact))
            fact.State = state;
        else
            model.Bookings[b.Id] = new BookingFact(b.Id, b.Range, b.Reference, host.Now) { State = state };
    }

    private async Task LookAtActivity()
    {
        var seen = now.Bookings.FindAll(b => b.State == "Fulfilled");
        var who = seen.Count > 0 && Chance(0.7) ? land.Of(Pick(seen).Practitioner) : PickActive();
        await Activity(who, host.Now);
    }

    private async Task Activity(Effector who, DateTimeOffset around)
    {
        var day = model.Almanac.Day(around);
        // Whole ISO weeks: a statement cut in a week shows hours of the whole week by its own rule.
        var (from, to) = (Monday(day.AddDays(-28)), Monday(day.AddDays(21)).AddDays(-1));
        var (activity, outcome) = await Try(who.User, new GetActivity.Query(who.Practitioner, from, to), writes: false);
        Checker.That(activity is not null, "activity", $"{who}: {outcome}");
        checker.Activity(
            new Snapshot(host.Tables),
            who,
            from,
            to,
            [.. activity!.Weeks.Select(w => (w.Monday, w.Hours, w.Advised))],
            [
                .. activity
                    .Acts.Where(a => a.State == Parceo.Slots.Domain.BookingState.Fulfilled)
                    .Select(a => (a.BookingId, a.Advice?.ToString())),
            ]
        );
    }

    private static DateOnly Monday(DateOnly day) =>
        DateOnly.FromDateTime(
            ISOWeek.ToDateTime(ISOWeek.GetYear(day.ToDateTime(default)), ISOWeek.GetWeekOfYear(day.ToDateTime(default)), DayOfWeek.Monday)
        );

    private string Name(TestUser desk) => $"desk {land.Desks.ToList().IndexOf(desk) + 1}";

    private double Offset() => (random.NextDouble() - 0.5) * 0.06;

    private static string Point(double latitude, double longitude) =>
        string.Create(CultureInfo.InvariantCulture, $"{latitude:0.00000},{longitude:0.00000}");

    private static DateTimeOffset Quarter(DateTimeOffset at) =>
        new((at.UtcTicks / TimeSpan.FromMinutes(15).Ticks + 1) * TimeSpan.FromMinutes(15).Ticks, TimeSpan.Zero);
}
