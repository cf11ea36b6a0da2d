using System.Globalization;
using System.Numerics;

namespace Parceo.Simulation.Tests;

/// <summary>Something that must always hold did not.</summary>
internal sealed class Violation(string rule, string what) : Exception($"{rule}: {what}")
{
    public string Rule => rule;
}

/// <summary>
/// Judges the tables against what was acknowledged. Simple and slow on purpose, and without a line of the product's code:
/// it says the rules a second time. <see cref="Always"/> holds after every step, <see cref="Quiet"/> once everything due
/// was delivered, <see cref="AtTheEnd"/> after the year.
/// </summary>
internal sealed class Checker(SimHost host, Model model)
{
    private static readonly TimeSpan[] Reminders = [TimeSpan.FromHours(24), TimeSpan.FromHours(48), TimeSpan.FromDays(5)];
    private readonly HashSet<Guid> seenInvitations = [];

    public static void That(bool holds, string rule, FormattableString what)
    {
        if (!holds)
            throw new Violation(rule, what.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>After every step, delivered or not.</summary>
    public Snapshot Always()
    {
        var (s, now) = (new Snapshot(host.Tables), host.Now);
        var bookings = s.Bookings.ToLookup(b => b.Range);
        var holds = s.Holds.ToLookup(h => h.Range);
        foreach (var r in s.Ranges)
        {
            var places = bookings[r.Id]
                .Where(b => b.Place is not null)
                .Select(b => b.Place!.Value)
                .Concat(holds[r.Id].Select(h => h.Place))
                .ToList();
            That(
                places.Count <= r.Capacity,
                "S52/D27 capacity",
                $"range {r.Id} has {places.Count} bookings and holds for {r.Capacity} places"
            );
            That(
                places.Distinct().Count() == places.Count,
                "S52/D27 place",
                $"range {r.Id} gave a place twice: {string.Join(",", places)}"
            );
            That(
                places.All(p => p >= 1 && p <= r.Capacity),
                "S52/D27 place",
                $"range {r.Id} gave a place that it does not have: {string.Join(",", places)} of {r.Capacity}"
            );
            That(
                r.Taken == places.Aggregate(0L, (bits, p) => bits | (1L << (p - 1))),
                "D27 freed at once",
                $"range {r.Id} holds {BitOperations.PopCount((ulong)r.Taken)} places for {places.Count} bookings and holds"
            );
            // Where somebody was accepted outside the agenda, time may be missing; exactly how much is said once all is delivered.
            That(
                s.NearOutside(r) ? r.Left >= 0 && r.Left <= r.Capacity - places.Count : r.Left == r.Capacity - places.Count,
                "D27 freed at once",
                $"range {r.Id} says {r.Left} of {r.Capacity} are left beside {places.Count} bookings and holds"
            );
            That(
                r.Open == (r.ClosedAt is null && r.Left > 0 && r.HiddenBy == 0),
                "search flag",
                $"range {r.Id} is {(r.Open ? "" : "not ")}found, with {r.Left} left, hidden by {r.HiddenBy}, closed {r.ClosedAt:O}"
            );
            if (r.Start > now && r.ClosedAt is null && !r.Outside && s.SharesLeft(r) == 0)
                That(
                    !r.Open,
                    "D27 promised twice",
                    $"range {r.Id} at {Local(r.Start)} is offered while its professional sees somebody else"
                );
            if (r.Start > now && r.ClosedAt is null && !r.Outside && model.IsAway(r.Practitioner, r.Start, r.End, now))
                That(!r.Open, "D28 hidden", $"range {r.Id} at {Local(r.Start)} is offered in an absence of its professional");
        }
        Bookings(s);
        foreach (var group in s.Holds.GroupBy(h => h.Regulator))
            That(group.Count() == 1, "W1.4 one hold", $"a regulator holds {group.Count()} places");
        foreach (var round in s.Invitations.GroupBy(i => (i.Orientation, i.Round)))
        {
            That(
                round.Count(i => i.Winner is not null) <= 1,
                "W1.6 one winner",
                $"orientation {round.Key.Orientation} round {round.Key.Round} has {round.Count(i => i.Winner is not null)} winners"
            );
            That(
                round.Select(i => i.Practitioner).Distinct().Count() == round.Count(),
                "W1.5 asked once",
                $"orientation {round.Key.Orientation} asks somebody twice in a round"
            );
        }
        foreach (var i in s.Invitations.Where(i => i.State == "NoAnswer"))
            That(
                i.AnsweredAt >= i.Deadline,
                "W1.5 everybody has their time",
                $"{Of(i.Practitioner)} could answer orientation {i.Orientation} until {i.Deadline:O} and was left out at {i.AnsweredAt:O}"
            );
        Waves(s);
        Identity(s, quiet: false);
        return s;
    }

    /// <summary>Everything due was delivered: effects have happened, once.</summary>
    public Snapshot Quiet(bool mayWait = false)
    {
        var (s, now) = (Always(), host.Now);
        That(
            host.Tables.Count(
                "SELECT (SELECT COUNT(*) FROM {slots.outbox_delivery} WHERE dead_at IS NOT NULL) + (SELECT COUNT(*) FROM {regulation.outbox_delivery} WHERE dead_at IS NOT NULL) + (SELECT COUNT(*) FROM {feedback.outbox_delivery} WHERE dead_at IS NOT NULL) + (SELECT COUNT(*) FROM {notifications.outbox_delivery} WHERE dead_at IS NOT NULL)"
            ) == 0,
            "S55 dead letter",
            $"{DeadLetters()}"
        );
        if (Waiting() > 0)
        {
            That(mayWait, "S55 outbox empty", $"{Waiting()} events wait though all was delivered");
            return s;
        }
        foreach (var r in s.Ranges.Where(r => r.Start > now && r.ClosedAt is null && !r.Outside))
        {
            var expected =
                (model.IsAway(r.Practitioner, r.Start, r.End, now) ? 1 : 0)
                | (model.IsFull(r.Practitioner, r.Start, s.Bookings) ? 2 : 0)
                | (s.SharesLeft(r) == 0 ? 4 : 0);
            That(
                r.HiddenBy == expected,
                (r.HiddenBy ^ expected) == 2 ? "limits of load" : "D28 hidden",
                $"range {r.Id} at {Local(r.Start)} is hidden by {r.HiddenBy}, not {expected}"
            );
            That(
                r.Left == Math.Max(0, Math.Min(r.Capacity, s.SharesLeft(r)) - BitOperations.PopCount((ulong)r.Taken)),
                "D27 promised twice",
                $"range {r.Id} at {Local(r.Start)} says {r.Left} of {r.Capacity} are left, with time for {s.SharesLeft(r)}"
            );
        }
        foreach (var c in s.Orientations)
            Orientation(s, c);
        Invitations(s);
        Identity(s, quiet: true);
        Reports(s);
        return s;
    }

    /// <summary>After the year: nothing lost, nothing twice, nothing waiting.</summary>
    public void AtTheEnd()
    {
        var s = Quiet();
        That(s.Holds.Count == 0, "W1.4 holds end", $"{s.Holds.Count} holds are left after their time");
        foreach (var b in s.Bookings.Where(b => b.State == "Booked"))
            That(host.Now < b.End.AddHours(72), "W1.8 unknown", $"booking {b.Id} of {Local(b.End)} still waits for its outcome");
        var audit = host
            .Tables.Read(
                "SELECT correlation_id, action, COUNT(*) FROM {platform.audit} WHERE outcome = 'ok' GROUP BY correlation_id, action",
                r => (r.Text(0), r.Text(1), r.Int(2))
            )
            .ToDictionary(a => (a.Item1, a.Item2), a => a.Item3);
        foreach (var write in model.Writes)
            That(
                audit.GetValueOrDefault((write.Correlation, write.Action)) == 1,
                "S31 audit",
                $"{write.Action} of {write.Correlation} has {audit.GetValueOrDefault((write.Correlation, write.Action))} audit rows"
            );
        foreach (var plan in model.Plans.Values)
            Plan(s, plan);
        // One inbox row for each event and subscriber is a key; what it stands for is counted through the notices.
        foreach (
            var twice in host.Tables.Read(
                "SELECT COUNT(*) FROM {notifications.notice} GROUP BY person_id, event_id HAVING COUNT(*) > 1",
                r => r.Long(0)
            )
        )
            That(false, "effect once", $"{twice} notices of one event for one person");
    }

    /// <summary>What regulators are shown against what is free.</summary>
    public void Search(
        Snapshot s,
        double latitude,
        double longitude,
        double radius,
        DateTimeOffset from,
        DateTimeOffset to,
        IReadOnlyCollection<Guid> found
    )
    {
        var free = s
            .Ranges.Where(r =>
                r.ClosedAt is null
                && !r.Outside
                && r.Start > host.Now
                && r.Start >= from
                && r.Start < to
                && r.Capacity > s.Live(r.Id).Count() + s.Holds.Count(h => h.Range == r.Id)
                && !model.IsAway(r.Practitioner, r.Start, r.End, host.Now)
                && !model.IsFull(r.Practitioner, r.Start, s.Bookings)
            )
            .Select(r => (Range: r, Km: Distance(r.Practitioner, latitude, longitude)))
            .ToList();
        foreach (var (range, km) in free.Where(f => f.Km < (radius * 0.99) - 0.1))
            That(
                found.Contains(range.Id),
                "search finds",
                $"range {range.Id} at {Local(range.Start)}, {km:0.0} km away, is free and not found"
            );
        var may = free.Where(f => f.Km < (radius * 1.01) + 0.1).Select(f => f.Range.Id).ToHashSet();
        foreach (var hit in found)
            That(may.Contains(hit), "search shows free only", $"range {hit} is found and not free");
        That(found.Distinct().Count() == found.Count, "search shows once", $"a slot is found twice");
    }

    /// <summary>Why a booking or hold of this range must be refused now; null when nothing speaks against it.</summary>
    public string? Obstacle(Snapshot s, RangeRow r, Guid regulator, Guid? orientation, Guid organisation, bool booking)
    {
        if (
            booking
            && orientation is not null
            && s.Bookings.Exists(b => b.Orientation == orientation && b.Organisation == organisation && b.Place is not null)
        )
            return "orientation_booked";
        if (r.Outside)
            return "slot_full";
        if (r.Start <= host.Now)
            return "slot_past";
        if (r.ClosedAt is not null)
            return "slot_closed";
        if (model.IsAway(r.Practitioner, r.Start, r.End, host.Now))
            return "effector_absent";
        if (booking && model.IsFull(r.Practitioner, r.Start, s.Bookings))
            return "effector_limit";
        var room = Math.Min(r.Capacity, s.SharesLeft(r));
        if (room == 0)
            return "effector_busy";
        var mine = s.Holds.Exists(h => h.Range == r.Id && h.Regulator == regulator && h.Until > host.Now);
        var others = s.Holds.Count(h => h.Range == r.Id && h.Regulator != regulator && h.Until > host.Now);
        return mine || s.Live(r.Id).Count() + others < room ? null : "slot_full";
    }

    /// <summary>Whether somebody expects a patient, or is held for one, so that none fits at that time.</summary>
    public bool IsPromised(Snapshot s, Guid practitioner, DateTimeOffset start, TimeSpan lasts) =>
        s.Ranges.Exists(r =>
            r.Practitioner == practitioner
            && r.Start < start + lasts
            && r.End > start
            && (
                r.Outside
                    ? r.Taken != 0
                    : s.Live(r.Id).Count() + s.Holds.Count(h => h.Range == r.Id && h.Until > host.Now) > s.SharesLeft(r, lasts)
            )
        );

    /// <summary>A booking was acknowledged: nothing that was acknowledged before it may stand against it.</summary>
    public void Booked(Snapshot after, BookingRow b)
    {
        var range = after.Range(b.Range)!;
        if (range.Outside)
            return;
        That(
            !model.IsAway(b.Practitioner, b.Start, b.End, host.Now),
            "D28 booking refused",
            $"booking {b.Id} at {Local(b.Start)} was taken in an absence declared before it"
        );
        That(range.ClosedAt is null || range.ClosedAt >= b.BookedAt, "closed range", $"booking {b.Id} was taken in a withdrawn range");
        That(b.Start > b.BookedAt, "W1.4 past", $"booking {b.Id} was taken for a time past");
        if (model.WishesOf(b.Practitioner) is { } w && (w.PerDay is not null || w.PerWeek is not null))
        {
            var others = after.Bookings.Where(o => o.Id != b.Id);
            That(
                !model.IsFull(b.Practitioner, b.Start, others),
                "limits of load",
                $"booking {b.Id} at {Local(b.Start)} passes the limit {w.PerDay}/{w.PerWeek}"
            );
        }
    }

    private void Bookings(Snapshot s)
    {
        var rows = s.Bookings.ToDictionary(b => b.Id);
        foreach (var fact in model.Bookings.Values)
        {
            That(rows.TryGetValue(fact.Id, out var b), "S52 never lost", $"booking {fact.Id} was acknowledged and is gone");
            var right = fact.State == b!.State || (fact.State == "Booked" && b.State == "Unknown" && host.Now >= b.End.AddHours(72));
            That(right, "D29 outcome", $"booking {fact.Id} is {b.State}, acknowledged as {fact.State}");
            That((b.Place is null) == (b.State == "Cancelled"), "D27 freed at once", $"booking {fact.Id} is {b.State} at place {b.Place}");
        }
        foreach (var b in s.Bookings.Where(b => !model.Bookings.ContainsKey(b.Id)))
        {
            var solicited = b.Orientation is { } c && model.Orientations.TryGetValue(c, out var fact) && fact.Won is not null;
            That(
                solicited || model.Unanswered.Contains(b.Reference),
                "acknowledged only",
                $"booking {b.Id} of {b.Reference} was made by nobody"
            );
            if (b.RemindedAt is { } at)
                That(at >= b.End.AddHours(24), "W1.8 reminder", $"booking {b.Id} was reminded of too early");
        }
        foreach (
            var c in s.Bookings.Where(b => b.Orientation is not null && b.Place is not null).GroupBy(b => (b.Organisation, b.Orientation))
        )
            That(c.Count() == 1, "one live booking an orientation", $"orientation {c.Key.Orientation} has {c.Count()} live bookings");
    }

    /// <summary>Whom new waves asked: order, size, radius, nobody away, present ones first.</summary>
    private void Waves(Snapshot s)
    {
        foreach (
            var wave in s.Invitations.Where(i => !seenInvitations.Contains(i.Id)).GroupBy(i => (i.Orientation, i.Round, i.Wave)).ToList()
        )
        {
            var (c, fact) = (s.Orientations.Single(x => x.Id == wave.Key.Orientation), model.Orientations[wave.Key.Orientation]);
            var (asked, at, number) = (wave.Select(i => i.Practitioner).ToHashSet(), wave.First().SentAt, wave.Key.Wave);
            seenInvitations.UnionWith(wave.Select(i => i.Id));
            That(at == host.Now, "W1.5 at its time", $"a wave of orientation {c.Id} was sent at {at:O}, found at {host.Now:O}");
            var (size, minutes) = number switch
            {
                0 => (1, 10),
                1 => (3, 5),
                2 => (5, 10),
                _ => (200, 15),
            };
            That(asked.Count <= size, "W1.5 sizes", $"wave {number} of orientation {c.Id} asks {asked.Count}, not {size}");
            That(
                wave.All(i => i.Deadline == at.AddMinutes(minutes)),
                "W1.5 times",
                $"wave {number} of orientation {c.Id} lasts until {wave.First().Deadline:O} from {at:O}"
            );
            foreach (var p in asked)
                That(
                    !model.Absences.Exists(a => a.Practitioner == p && a.DeclaredAt < at && a.Covers(at, at.AddTicks(1), at)),
                    "D28 not asked",
                    $"{Of(p)} is away and was asked by wave {number} of orientation {c.Id}"
                );
            if (number == 0)
            {
                That(
                    asked.Count == 1 && asked.Contains(c.Usual ?? Guid.Empty),
                    "W1.5 usual first and alone",
                    $"wave 0 of orientation {c.Id} asks {string.Join(",", asked.Select(Of))}"
                );
                continue;
            }
            var before = s
                .Invitations.Where(i =>
                    i.Orientation == c.Id
                    && i.Id != wave.First().Id
                    && !asked.Contains(i.Practitioner)
                    && (i.Round == c.Round ? i.Wave < number : i.State == "Declined")
                )
                .Select(i => i.Practitioner)
                .ToHashSet();
            if (number == 1 && c.Usual is { } usual && s.Invitations.All(i => i.Orientation != c.Id || i.Round != c.Round || i.Wave != 0))
                That(
                    !MayBeAsked(usual, fact, c.Radius * 1.5 * 0.99, at)
                        || s.Invitations.Any(i => i.Orientation == c.Id && i.Practitioner == usual && i.State == "Declined"),
                    "W1.5 usual first and alone",
                    $"{Of(usual)} is the usual professional of orientation {c.Id} and was not asked first"
                );
            var radius = number == 3 ? c.Radius * 1.5 : c.Radius;
            foreach (var p in asked)
                That(
                    Distance(p, fact.Latitude, fact.Longitude) < (radius * 1.01) + 0.1,
                    "W1.5 radius",
                    $"{Of(p)} is farther than {radius:0.0} km and was asked"
                );
            var could = model
                .Land.Effectors.Where(e =>
                    !before.Contains(e.Practitioner)
                    && MayBeAsked(e.Practitioner, fact, (radius * 0.99) - 0.1, at)
                    && !IsAtLimit(s, e.Practitioner, at)
                )
                .Select(e => e.Practitioner)
                .ToList();
            if (asked.Count < size)
                foreach (var p in could)
                    That(
                        asked.Contains(p),
                        "W1.5 everybody within reach",
                        $"{Of(p)} could have been asked by wave {number} of orientation {c.Id}"
                    );
            foreach (var p in asked)
                That(!IsAtLimit(s, p, at), "W1.5 limit", $"{Of(p)} is at their limit and was asked");
            if (asked.Any(p => !IsPresent(p, at)))
                foreach (var p in could.Where(p => IsPresent(p, at)))
                    That(
                        asked.Contains(p),
                        "W1.5 present first",
                        $"{Of(p)} is present and was passed over in wave {number} of orientation {c.Id}"
                    );
        }
    }

    /// <summary>W1.6: the file opens to who sees the patient and to nobody else.</summary>
    private void Identity(Snapshot s, bool quiet)
    {
        var live = s
            .Bookings.Where(b => b.Orientation is not null && b.Place is not null)
            .ToDictionary(b => b.Orientation!.Value, b => b.Practitioner);
        foreach (
            var (id, practitioner) in host.Tables.Read(
                "SELECT orientation_id, practitioner_id FROM {regulation.patient_file} ORDER BY orientation_id",
                r => (r.Id(0), r.IdOrNull(1))
            )
        )
        {
            var allowed = live.TryGetValue(id, out var sees) ? sees : (Guid?)null;
            if (quiet)
                That(
                    practitioner == allowed,
                    "W1.6 identity",
                    $"the file of case {id} is open to {(practitioner is { } p ? Of(p) : "nobody")}, not to {(allowed is { } a ? Of(a) : "nobody")}"
                );
            else if (practitioner is { } open)
                That(
                    open == allowed
                        || s.Bookings.Any(b => b.Orientation == id && b.Practitioner == open)
                        || s.Invitations.Any(i => i.Orientation == id && i.Practitioner == open && i.Winner == 1),
                    "W1.6 identity",
                    $"the file of case {id} is open to {Of(open)}, who neither accepted nor was booked"
                );
        }
    }

    private void Orientation(Snapshot s, OrientationRow c)
    {
        var live = s.Bookings.SingleOrDefault(b => b.Orientation == c.Id && b.Organisation == c.Organisation && b.Place is not null);
        if (live is null)
        {
            if (c.State is "Open" or "Searching" or "Held")
                That(
                    c.State == "Held" == s.Holds.Exists(h => h.Orientation == c.Id),
                    "W1.4 held",
                    $"orientation {c.Id} is {c.State}, {s.Holds.Count(h => h.Orientation == c.Id)} places are held for it"
                );
            That(
                c.Booking is null
                    && c.State is "Open" or "Searching" or "Held" or "Soliciting" or "Unfilled" or "Escalated" or "Cancelled" or "Closed",
                "case follows booking",
                $"orientation {c.Id} is {c.State} without a live booking"
            );
        }
        else
        {
            var owed = IsOwed(live);
            string[] expected = live.State switch
            {
                "Fulfilled" => owed ? ["FeedbackDue", "Closed"] : ["Closed"],
                "NoShow" => ["Closed"],
                _ => ["Booked"],
            };
            That(
                c.Booking == live.Id && expected.Contains(c.State),
                "case follows booking",
                $"orientation {c.Id} is {c.State}, its booking {live.Id} is {live.State}{(owed ? " and owes a report" : "")}"
            );
            if (live.State == "Fulfilled" && owed && c.State == "Closed")
                That(
                    Report(live.Id)?.SentAt is not null,
                    "W1.9 closed by its report",
                    $"orientation {c.Id} is closed and its report was not sent"
                );
            That(
                c.Practitioner == live.Practitioner,
                "case follows booking",
                $"orientation {c.Id} says {c.Practitioner}, its booking {live.Practitioner}"
            );
        }
    }

    /// <summary>Who lost or is over was told; who waits was asked once.</summary>
    private void Invitations(Snapshot s)
    {
        var orientations = s.Orientations.ToDictionary(c => c.Id);
        var notices = host
            .Tables.Read("SELECT person_id, event_id, topic, read_at FROM {notifications.notice} ORDER BY id", r => new NoticeRow(
                r.Id(0),
                r.Id(1),
                r.Id(2),
                r.AtOrNull(3)
            ))
            .ToLookup(n => n.Topic);
        foreach (var i in s.Invitations)
        {
            var c = orientations[i.Orientation];
            var told = notices[i.Id].ToList();
            // A notice delivered after its deadline is of no use, and none is made.
            if (told.Count == 0 && model.Outages.Exists(o => o.From <= i.Deadline && o.To >= i.Deadline && o.To >= i.SentAt))
                continue;
            That(
                told.Count == 1 && told[0].Person == Effector(i.Practitioner).User.Id,
                "effect once",
                $"{Of(i.Practitioner)} has {told.Count} notices of one invitation"
            );
            That(
                (told[0].ReadAt is null) == (i.State == "Sent"),
                "W1.6 told",
                $"the notice of {Of(i.Practitioner)} {(told[0].ReadAt is null ? "still waits" : "is gone")} and the invitation is {i.State}"
            );
            if (i.State == "Sent")
                That(
                    c.State == "Soliciting" && i.Round == c.Round && i.Wave <= c.Wave,
                    "W1.6 losers told",
                    $"{Of(i.Practitioner)} still waits for orientation {c.Id}, which is {c.State}"
                );
            if (i.State == "Sent")
                That(
                    !model.Absences.Exists(a =>
                        a.Practitioner == i.Practitioner
                        && a.Covers(host.Now, host.Now.AddTicks(1), host.Now)
                        && (a.From <= i.SentAt || a.From <= a.DeclaredAt)
                    ),
                    "D28 withdrawn",
                    $"{Of(i.Practitioner)} is away and still asked for orientation {c.Id}"
                );
            if (i.Winner is not null)
                That(
                    c.Practitioner == i.Practitioner && i.State == "Accepted",
                    "W1.6 one winner",
                    $"{Of(i.Practitioner)} won orientation {c.Id}, which goes to {(c.Practitioner is { } p ? Of(p) : "nobody")}"
                );
        }
        foreach (var round in s.Invitations.GroupBy(i => (i.Orientation, i.Round)))
        {
            // Whoever still waited when somebody accepted learns that it is taken, not that nobody is asked any more; unless they went away meanwhile.
            if (round.FirstOrDefault(i => i.Winner is not null && i.State == "Accepted") is not { AnsweredAt: { } at })
                continue;
            if (s.Bookings.Exists(b => b.Orientation == round.Key.Orientation && !s.Range(b.Range)!.Outside))
                continue; // a desk booked it at the same moment: either word is true
            foreach (var i in round.Where(i => i.State == "Withdrawn" && i.AnsweredAt >= at))
                That(
                    model.Absences.Exists(a =>
                        a.Practitioner == i.Practitioner && a.DeclaredAt >= i.SentAt && a.DeclaredAt <= i.AnsweredAt
                    ),
                    "W1.6 losers told",
                    $"{Of(i.Practitioner)} was told that orientation {round.Key.Orientation} is withdrawn, though somebody has it"
                );
        }
        foreach (var c in model.Orientations.Values.Where(c => c.Won is not null))
        {
            var won = s.Invitations.Single(i => i.Id == c.Won);
            var booked = s.Bookings.Any(b => b.Orientation == c.Id && b.Practitioner == won.Practitioner);
            That(
                booked || won.State == "Withdrawn",
                "W1.6 acceptance becomes a booking",
                $"{Of(won.Practitioner)} was told that they have orientation {c.Id}, and no booking followed"
            );
        }
    }

    private Dictionary<Guid, ReportRow> reports = [];

    private ReportRow? Report(Guid booking)
    {
        reports = ReadReports();
        return reports.GetValueOrDefault(booking);
    }

    private Dictionary<Guid, ReportRow> ReadReports() =>
        host
            .Tables.Read(
                "SELECT booking_id, orientation_id, mt_practitioner_id, opposed, fulfilled_at, next_reminder_at, reminders, sent_at, read_at, state FROM {feedback.report} ORDER BY booking_id",
                r => new ReportRow(
                    r.Id(0),
                    r.IdOrNull(1),
                    r.IdOrNull(2),
                    r.Bool(3),
                    r.AtOrNull(4),
                    r.AtOrNull(5),
                    r.Int(6),
                    r.AtOrNull(7),
                    r.AtOrNull(8),
                    r.Text(9)
                )
            )
            .ToDictionary(r => r.Booking);

    /// <summary>D22: owed exactly where a known, non-opposed MT did not see the patient themselves.</summary>
    private void Reports(Snapshot s)
    {
        reports = ReadReports();
        var notices = host
            .Tables.Read("SELECT topic, COUNT(*) FROM {notifications.notice} GROUP BY topic", r => (r.Id(0), r.Int(1)))
            .ToDictionary(n => n.Item1, n => n.Item2);
        foreach (var b in s.Bookings)
        {
            var r = reports.GetValueOrDefault(b.Id);
            if (r?.SentAt is not null)
                continue;
            var owed = IsOwed(b);
            if (owed)
                That(r?.State == "Due", "D22 report owed", $"booking {b.Id} owes a report and stands at {r?.State ?? "nothing"}");
            else
                That(r is null || r.State != "Due", "D22 report owed", $"booking {b.Id} owes no report and stands at Due");
            if (!owed || r is null)
                continue;
            var due = Reminders.Count(t => r.FulfilledAt + t <= host.Now);
            That(r.Reminders <= due, "D22 reminders", $"report {b.Id} was reminded of {r.Reminders} times, {due} are due");
            if (r.NextReminderAt > host.Now || r.NextReminderAt is null)
                That(r.Reminders >= due, "D22 reminders", $"report {b.Id} was reminded of {r.Reminders} times, {due} are due");
            That(
                notices.GetValueOrDefault(b.Id) >= 1 + r.Reminders,
                "effect once",
                $"the author of report {b.Id} has {notices.GetValueOrDefault(b.Id)} notices for its debt and {r.Reminders} reminders"
            );
        }
    }

    private bool IsOwed(BookingRow b) =>
        b.State == "Fulfilled"
        && b.Orientation is { } id
        && model.Orientations.TryGetValue(id, out var c)
        && c.Mt is { } mt
        && !c.Opposed
        && mt != b.Practitioner;

    /// <summary>A plan's slots stand at the declared local hour, on both sides of every change of clocks, on no holiday.</summary>
    private void Plan(Snapshot s, PlanFact plan)
    {
        var rows = s.Ranges.Where(r => r.Plan == plan.Id).ToList();
        foreach (var r in rows)
        {
            var day = model.Almanac.Day(r.Start);
            var start = plan.Changed.TryGetValue(day, out var other) && other is { } time ? time : plan.Start;
            var candidates = plan.Changed.ContainsKey(day) ? new[] { start, plan.Start } : [start];
            That(
                candidates.Any(c =>
                    Enumerable.Range(0, plan.Slots).Any(i => model.Almanac.At(day, c).AddMinutes(plan.Minutes * i) == r.Start)
                ),
                "S61 local hour",
                $"a slot of {plan.Who}'s plan stands at {Local(r.Start)}, declared {plan.Weekday} {plan.Start}"
            );
            That(
                day.DayOfWeek == plan.Weekday && day >= plan.First,
                "plan's days",
                $"a slot of {plan.Who}'s plan stands on {day:yyyy-MM-dd}, declared {plan.Weekday} from {plan.First}"
            );
            That(
                plan.Holidays || plan.Changed.ContainsKey(day) || !model.Almanac.IsHoliday(day),
                "public holidays",
                $"a slot of {plan.Who}'s plan stands on the holiday {day:yyyy-MM-dd}"
            );
            That(
                (r.End - r.Start).TotalMinutes == plan.Minutes && r.Capacity == plan.Capacity,
                "plan's form",
                $"a slot of {plan.Who}'s plan lasts {(r.End - r.Start).TotalMinutes} min for {r.Capacity}"
            );
        }
        if (!plan.Alone)
            return;
        var today = model.Almanac.Day(host.Now);
        var last = plan.Last is { } end && end < today ? end : today;
        for (var day = plan.First; day <= last; day = day.AddDays(1))
        {
            if (day.DayOfWeek != plan.Weekday || plan.Changed.ContainsKey(day) || (!plan.Holidays && model.Almanac.IsHoliday(day)))
                continue;
            for (var i = 0; i < plan.Slots; i++)
            {
                var at = model.Almanac.At(day, plan.Start).AddMinutes(plan.Minutes * i);
                if (at <= plan.MadeAt)
                    continue;
                That(
                    rows.Count(r => r.Start == at) == 1,
                    "plan is published",
                    $"{rows.Count(r => r.Start == at)} slots of {plan.Who}'s plan at {Local(at)}"
                );
            }
        }
    }

    /// <summary>A professional's own statement against the tables: hours that could be seen, acts, advice (D26).</summary>
    public void Activity(
        Snapshot s,
        Effector who,
        DateOnly from,
        DateOnly to,
        IReadOnlyList<(DateOnly Monday, double Hours, int Advised)> weeks,
        IReadOnlyList<(Guid Booking, string? Advice)> acts
    )
    {
        bool Shown(RangeRow r) =>
            r.Practitioner == who.Practitioner
            && !r.Outside
            && (r.ClosedAt is null || r.Taken != 0)
            && (r.ClosedAt is not null ? (r.HiddenBy & 1) == 0 : !HiddenByAbsence(r)) // a withdrawn range keeps what it was: later absences do not touch it
            && (r.HiddenBy & 4) == 0; // elsewhere, with a patient accepted outside the agenda
        bool HiddenByAbsence(RangeRow r) =>
            model.Absences.Exists(a =>
                a.Practitioner == who.Practitioner
                && a.DeclaredAt < (r.Start < host.Now ? r.Start : host.Now.AddTicks(1))
                && a.Covers(r.Start, r.End, r.Start < host.Now ? r.Start : host.Now)
            );
        var expected = s
            .Ranges.Where(Shown)
            .GroupBy(r => Almanac.IsoWeek(model.Almanac.Day(r.Start)))
            .ToDictionary(g => g.Key, g => g.Sum(r => (r.End - r.Start).TotalHours));
        foreach (var (monday, hours, _) in weeks)
            That(
                Math.Abs(hours - expected.GetValueOrDefault(Almanac.IsoWeek(monday))) < 0.01,
                "I8 visible hours",
                $"{who}, week of {monday:yyyy-MM-dd}: {hours:0.00} h shown, {expected.GetValueOrDefault(Almanac.IsoWeek(monday)):0.00} counted"
            );
        foreach (
            var (week, hours) in expected.Where(e =>
                ISOWeek.ToDateTime(e.Key.Year, e.Key.Week, DayOfWeek.Monday) >= from.ToDateTime(default)
                && ISOWeek.ToDateTime(e.Key.Year, e.Key.Week, DayOfWeek.Sunday) <= to.ToDateTime(default)
            )
        )
            That(
                weeks.Any(w => Almanac.IsoWeek(w.Monday) == week),
                "I8 visible hours",
                $"{who}: {hours:0.00} h of week {week} are missing"
            );

        var advised = new Dictionary<(int, int), int>();
        var advice = new Dictionary<Guid, string>();
        // Who came, in the order in which they were seen; of two at one moment any order is right.
        foreach (var b in s.Bookings.Where(b => b.Practitioner == who.Practitioner && b.State == "Fulfilled").OrderBy(b => b.Start))
        {
            var week = model.Almanac.IsoWeek(b.Start);
            var mt = b.Orientation is { } c && model.Orientations.TryGetValue(c, out var fact) ? fact.Mt : null;
            advice[b.Id] =
                b.Start - b.BookedAt > TimeSpan.FromHours(48) ? "TooLate"
                : !model.Almanac.InSnpHours(b.Start) ? "OutOfHours"
                : mt == b.Practitioner ? "TreatingPhysician"
                : advised.GetValueOrDefault(week) >= 20 ? "CeilingReached"
                : "Yes";
            if (advice[b.Id] == "Yes")
                advised[week] = advised.GetValueOrDefault(week) + 1;
        }
        foreach (var (monday, _, count) in weeks)
        {
            That(count <= 20, "D26 counter of 20", $"{who}, week of {monday:yyyy-MM-dd}: {count} advised");
            That(
                count == advised.GetValueOrDefault(Almanac.IsoWeek(monday)),
                "D26 counter of 20",
                $"{who}, week of {monday:yyyy-MM-dd}: {count} advised, {advised.GetValueOrDefault(Almanac.IsoWeek(monday))} counted"
            );
        }
        foreach (var (booking, said) in acts)
        {
            var wanted = advice.GetValueOrDefault(booking);
            // Where several start together, which of them reaches the ceiling is nobody's business.
            var same =
                (wanted is "Yes" or "CeilingReached")
                && (said is "Yes" or "CeilingReached")
                && s.Bookings.Count(o =>
                    o.Practitioner == who.Practitioner && o.State == "Fulfilled" && o.Start == s.Bookings.First(b => b.Id == booking).Start
                ) > 1;
            That(said == wanted || same, "D26 advice", $"{who}, booking {booking}: advice {said ?? "none"}, not {wanted ?? "none"}");
        }
    }

    private bool MayBeAsked(Guid p, OrientationFact c, double radius, DateTimeOffset at) =>
        Distance(p, c.Latitude, c.Longitude) < radius && !model.IsAway(p, at, at.AddTicks(1), at);

    private bool IsAtLimit(Snapshot s, Guid p, DateTimeOffset at) =>
        model.IsFull(p, at, s.Bookings) && !(model.OverCapacity.GetValueOrDefault(p) > at);

    private bool IsPresent(Guid p, DateTimeOffset at) => model.Present.GetValueOrDefault(p) > at;

    private double Distance(Guid practitioner, double latitude, double longitude)
    {
        var e = Effector(practitioner);
        return Model.Km(latitude, longitude, e.Latitude, e.Longitude);
    }

    private Effector Effector(Guid practitioner) => model.Land.Of(practitioner);

    private string Of(Guid practitioner) => Effector(practitioner).ToString();

    private string Local(DateTimeOffset at) => model.Almanac.Local(at).ToString("ddd yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private long Waiting() =>
        host.Tables.Count(
            "SELECT (SELECT COUNT(*) FROM {slots.outbox}) + (SELECT COUNT(*) FROM {regulation.outbox}) + (SELECT COUNT(*) FROM {feedback.outbox}) + (SELECT COUNT(*) FROM {notifications.outbox})"
        );

    private string DeadLetters() =>
        string.Join(
            "; ",
            new[] { "slots", "regulation", "feedback", "notifications" }.SelectMany(m =>
                host.Tables.Read($"SELECT event, error FROM {{{m}.outbox_delivery}} WHERE dead_at IS NOT NULL", r =>
                    $"{r.Text(0)}: {r.TextOrNull(1)}"
                )
            )
        );
}
