using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MediatR;
using Parceo.Feedback.Features;
using Parceo.Platform;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;
using Parceo.Slots.Contracts;
using Parceo.Slots.Features;
using Parceo.Slots.Search;
using Parceo.Testing;

namespace Parceo.Simulation.Tests;

/// <summary>A seed that broke a rule: which, where, what led there, and how to see it again.</summary>
internal sealed class SeedFailure(int seed, int step, IReadOnlyList<string> trace, Exception cause)
    : Exception(
        $"Seed {seed}, step {step}: {cause.Message}\nLast steps:\n  {string.Join("\n  ", trace.TakeLast(15))}\nReplay: PARCEO_SIM_SEED={seed} build/test --filter Seeds, or dotnet Parceo.Simulation.Tests.dll {seed}",
        cause
    )
{
    public string Rule => (InnerException as Violation)?.Rule ?? InnerException!.GetType().Name;
    public int Step => step;
}

/// <summary>
/// One territory over one year, drawn from a seed. Days on which something happens are few and chosen (changes of clocks,
/// ends of weeks and years, 29 February, any others); what is due in between runs at its time.
/// </summary>
internal sealed partial class Simulation
{
    private readonly SimHost host;
    private readonly Land land;
    private readonly Model model;
    private readonly Checker checker;
    private readonly Random random;
    private readonly List<Effector> active;
    private readonly DateTimeOffset begin;
    private readonly List<string> trace = [];
    private readonly int seed;
    private int step;
    private Snapshot now = null!;

    private Simulation(SimHost host, int seed)
    {
        (this.host, this.seed, random) = (host, seed, new Random(seed));
        land = LandOf(seed);
        (model, begin) = (new Model(land), new DateTimeOffset(2026, 1, 1, 7, 0, 0, TimeSpan.Zero).AddDays(random.Next(900)));
        checker = new Checker(host, model);
        // A year's work concentrates on a few, near the town, so that things meet.
        var near = land.Effectors.OrderBy(e => Model.Km(land.Latitude, land.Longitude, e.Latitude, e.Longitude)).Take(24).ToList();
        active = [.. near.OrderBy(_ => random.Next()).Take(8)];
    }

    /// <summary>Where a seed plays.</summary>
    public static Land LandOf(int seed) => Land.All[seed % Land.All.Count];

    /// <summary>Runs a seed on a host whose database is as <see cref="Land.Settle"/> left it.</summary>
    /// <returns>The steps as they went, and a hash over them and the final tables.</returns>
    public static async Task<(string Hash, IReadOnlyList<string> Trace)> Run(SimHost host, int seed, Action<string>? log = null)
    {
        host.Faults.Reset();
        host.Restart();
        host.Ids.Seed(seed);
        var simulation = new Simulation(host, seed) { Log = log };
        try
        {
            await simulation.Year();
        }
        catch (Exception e) when (e is not SeedFailure)
        {
            throw new SeedFailure(seed, simulation.step, simulation.trace, e);
        }
        return (simulation.Hash(), simulation.trace);
    }

    private Action<string>? Log { get; init; }

    private async Task Year()
    {
        host.Clock.Set(begin);
        Say($"{land.Departement} from {begin:yyyy-MM-dd}, active {string.Join(" ", active)}");
        now = checker.Always();
        foreach (var day in Days())
        {
            await Advance(day);
            Say($"-- {Local(host.Now)}");
            await RunJob("slots.publish-plans");
            foreach (
                var absence in model
                    .Absences.Where(a => a.EndedAt is null && (a.To is null || a.To > host.Now) && a.From <= host.Now && Chance(0.7))
                    .ToList()
            )
                await Act(() => ComeBack(absence));
            for (var i = random.Next(2, 5); i > 0; i--)
                await Act(Supply());
            for (var i = random.Next(5, 9); i > 0; i--)
            {
                if (Chance(0.6))
                    await Advance(host.Now + TimeSpan.FromSeconds(random.Next(5, 1500)));
                await Act(Demand());
            }
            if (random.Next(25) == 0)
                await Act(BusyWeek);
            await Advance(host.Now.AddHours(random.Next(2, 30)));
            for (var i = random.Next(2, 6); i > 0; i--)
                await Act(AfterCare());
            await Deliver();
            now = checker.Quiet();
            await Act(LookAtActivity);
        }
        await Advance(host.Now.AddDays(70)); // what was booked farthest ahead is over, all reminders went
        await Deliver();
        foreach (
            var job in new[]
            {
                "slots.release-holds",
                "slots.follow-up-outcomes",
                "regulation.advance-waves",
                "feedback.remind",
                "slots.publish-plans",
            }
        )
            await RunJob(job);
        await Deliver();
        checker.AtTheEnd();
        now = checker.Always();
        foreach (var who in active)
            await Activity(who, now.Bookings.FindLast(b => b.Practitioner == who.Practitioner)?.Start ?? host.Now);
    }

    /// <summary>Days of a year on which something happens, in order, at odd seconds so that nothing of ours falls on a whole minute.</summary>
    private List<DateTimeOffset> Days()
    {
        var end = begin.AddYears(1);
        var days = new List<DateTimeOffset>();
        void Add(DateTimeOffset at)
        {
            if (at > begin && at < end)
                days.Add(at);
        }
        DateTimeOffset At(DateOnly day, int hour, int minute) =>
            model.Almanac.At(day, new TimeOnly(hour, minute)).AddSeconds(random.Next(1, 59)).AddMilliseconds(random.Next(1, 999));
        for (var year = begin.Year; year <= end.Year; year++)
        {
            foreach (var month in new[] { 3, 10 })
            {
                var night = DateOnly.FromDateTime(Almanac.Change(year, month));
                if (Chance(0.6))
                    Add(At(night.AddDays(-1), random.Next(19, 23), random.Next(60))); // the evening before: slots of the night and the day after
                else if (Chance(0.4))
                    Add(At(night, random.Next(0, 4), random.Next(60)));
            }
            if (Chance(0.5))
                Add(At(new(year, 12, 31), random.Next(15, 23), random.Next(60)));
            if (DateTime.IsLeapYear(year) && Chance(0.7))
                Add(At(new(year, 2, 28), random.Next(16, 23), random.Next(60)));
            if (Chance(0.2))
                Add(At(new(year, 5, 1), random.Next(7, 12), random.Next(60)));
        }
        for (var i = 0; i < 2; i++)
        {
            var day = DateOnly.FromDateTime(begin.UtcDateTime).AddDays(random.Next(1, 360));
            // The end of an ISO week is as likely as all its other days together.
            if (Chance(0.4))
                day = day.AddDays((7 - (int)day.DayOfWeek) % 7);
            Add(At(day, day.DayOfWeek == DayOfWeek.Sunday ? random.Next(15, 23) : random.Next(7, 20), random.Next(60)));
        }
        return [.. days.Order()];
    }

    private async Task Act(Func<Task> act)
    {
        step++;
        await act();
        if (!host.Faults.Down && Chance(0.8))
            await Deliver();
        now = checker.Always();
    }

    /// <summary>Lets time pass; every job runs when something is due, a little late as jobs are.</summary>
    /// <param name="to">Until when.</param>
    /// <param name="lateBell">Stops when a hold or a wave has just ended and its job has not rung.</param>
    private async Task Advance(DateTimeOffset to, bool lateBell = false)
    {
        for (var runs = 0; ; runs++)
        {
            Checker.That(runs < 3000, "time passes", $"something is due again and again at {host.Now:O}");
            var (due, job, late) = NextDue();
            if (due is not { } at || at > to)
                break;
            if (lateBell && at > host.Now && job is "slots.release-holds" or "regulation.advance-waves")
            {
                host.Clock.Set(at.AddMilliseconds(random.Next(3) * 300)); // to the tick, or soon after
                return;
            }
            var when = (at > host.Now ? at : host.Now) + TimeSpan.FromMilliseconds(random.Next(1, late * 1000));
            host.Clock.Set(when);
            if (job.Length > 0)
                await RunJob(job);
            await Deliver(mayFail: true);
            now = checker.Always();
        }
        if (to > host.Now)
            host.Clock.Set(to);
    }

    private (DateTimeOffset?, string, int) NextDue()
    {
        (string Sql, string Job, int Late)[] due =
        [
            ("SELECT MIN(wave_ends_at) FROM {regulation.orientation} WHERE state = 'Soliciting'", "regulation.advance-waves", 5),
            ("SELECT MIN(until) FROM {slots.hold}", "slots.release-holds", 5),
            ("SELECT MIN(next_reminder_at) FROM {feedback.report}", "feedback.remind", 300),
        ];
        (DateTimeOffset? At, string Job, int Late) first = (null, "", 1);
        void Take(DateTimeOffset? at, string job, int late)
        {
            if (at is not null && (first.At is null || at < first.At))
                first = (at, job, late);
        }
        foreach (var (sql, job, late) in due)
            Take(host.Tables.Read(sql, r => r.AtOrNull(0))[0], job, late);
        foreach (
            var (end, reminded) in host.Tables.Read("SELECT \"end\", reminded_at FROM {slots.booking} WHERE state = 'Booked'", r =>
                (r.At(0), r.AtOrNull(1))
            )
        )
            Take(reminded is null ? end.AddHours(24) : end.AddHours(72), "slots.follow-up-outcomes", 600);
        foreach (var module in new[] { "slots", "regulation", "feedback", "notifications" })
        foreach (
            var sql in new[]
            {
                $"SELECT MIN(at) FROM {{{module}.outbox}} WHERE NOT fanned_out",
                $"SELECT MIN(next_attempt_at) FROM {{{module}.outbox_delivery}} WHERE dead_at IS NULL",
            }
        )
            Take(host.Tables.Read(sql, r => r.AtOrNull(0))[0], "", 1);
        if (model.Plans.Count > 0)
            Take(nextPlans ??= host.Now.AddDays(14), "slots.publish-plans", 3600);
        return first;
    }

    private DateTimeOffset? nextPlans;

    private async Task RunJob(string job)
    {
        if (job == "slots.publish-plans")
            nextPlans = null;
        await host.RunJob(job);
    }

    /// <summary>Delivers all that waits; sometimes the process is killed meanwhile, or one delivery fails.</summary>
    private async Task Deliver(bool mayFail = false)
    {
        if (mayFail && Chance(0.03))
            host.Faults.SavesUntilFailure = random.Next(1, 4);
        try
        {
            await host.Pump();
        }
        catch (CrashException)
        {
            Restart();
            await host.Pump();
        }
        host.Faults.SavesUntilFailure = null;
    }

    /// <summary>Up again within a minute or, seldom, after hours; leases of the former life end by themselves.</summary>
    private void Restart()
    {
        host.Restart();
        var killed = host.Now;
        host.Clock.Set(host.Now + (Chance(0.15) ? TimeSpan.FromMinutes(random.Next(70, 300)) : TimeSpan.FromSeconds(61)));
        model.Outages.Add((killed, host.Now));
        Say($"   restarted at {Local(host.Now)}");
    }

    /// <summary>A request, its answer or its refusal's code; an acknowledged write is remembered.</summary>
    private async Task<(T? Answer, string Outcome)> Try<T>(TestUser who, IRequest<T> request, string? key = null, bool writes = true)
    {
        var correlation = $"s{seed}-{step}-{sends++}";
        try
        {
            var answer = await host.Send(who, request, correlation, key);
            if (writes)
                model.Writes.Add((correlation, Platform.Modules.RequestName.Of(request.GetType())));
            return (answer, "ok");
        }
        catch (RefusalException refused)
        {
            return (
                default,
                refused.Code == "invalid" && refused is InvalidException i
                    ? string.Join(",", i.Errors.SelectMany(e => e.Value))
                    : refused.Code
            );
        }
    }

    private int sends;

    private bool Chance(double p) => random.NextDouble() < p;

    private T Pick<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private Effector PickActive() => Pick(active);

    private string Local(DateTimeOffset at) => model.Almanac.Local(at).ToString("ddd yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private string Name(RangeRow r) =>
        $"{land.Of(r.Practitioner)}@{model.Almanac.Local(r.Start).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture)}";

    private void Say(string what)
    {
        var line = $"#{step} {Local(host.Now)} {what}";
        trace.Add(line);
        Log?.Invoke(line);
    }

    /// <summary>Over what was done, in order, and what came of it.</summary>
    private string Hash()
    {
        var s = new Snapshot(host.Tables);
        var text = new StringBuilder(string.Join('\n', trace));
        foreach (var r in s.Ranges)
            text.Append(CultureInfo.InvariantCulture, $"\n{r.Id} {r.Start.UtcTicks} {r.Taken} {r.HiddenBy} {r.Open}");
        foreach (var b in s.Bookings)
            text.Append(CultureInfo.InvariantCulture, $"\n{b.Id} {b.Range} {b.Place} {b.State} {b.BookedAt.UtcTicks}");
        foreach (var i in s.Invitations)
            text.Append(CultureInfo.InvariantCulture, $"\n{i.Id} {i.Wave} {i.Practitioner} {i.State} {i.SentAt.UtcTicks}");
        foreach (var c in s.Orientations)
            text.Append(CultureInfo.InvariantCulture, $"\n{c.Id} {c.State} {c.Booking} {c.Round}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
