using Parceo.Rosters.Contracts;

namespace Parceo.Rosters.Domain;

/// <summary>How the gaps of a month are given out.</summary>
internal enum FillMode
{
    /// <summary>One after the other, each duty to the next.</summary>
    EachDuty,

    /// <summary>One after the other, a day each.</summary>
    EachDay,

    /// <summary>One after the other, a week each.</summary>
    EachWeek,

    /// <summary>Each duty to whoever has the fewest.</summary>
    Fewest,

    /// <summary>As the month before: who had the first Saturday afternoon has it again.</summary>
    LastMonth,
}

/// <summary>Somebody who can be given duties, and which.</summary>
/// <param name="Days">Kinds of days they take.</param>
/// <param name="Most">In the month; null for no limit of their own.</param>
internal sealed record Candidate(RosterPerson Who, string? Phone, DayKinds Days, int? Most);

/// <summary>Hours in which somebody cannot be on duty.</summary>
/// <param name="IsDuty">A duty elsewhere: it counts in their week. Otherwise they are away.</param>
internal sealed record TakenHours(Guid PersonId, DateTimeOffset From, DateTimeOffset To, DateOnly Day, bool IsDuty);

/// <summary>
/// Who gets which gap of a month. Holds for everybody: never two duties at once, nobody who is away, no more in a week than the
/// sector allows, only the days and as many as they said. What nobody may take stays a gap.
/// </summary>
internal sealed class Filling
{
    private readonly List<Duty> month;
    private readonly IReadOnlyList<Candidate> people;
    private readonly ILookup<Guid, TakenHours> taken;
    private readonly Sector sector;
    private readonly List<(Duty Duty, Candidate Who)> plan = [];

    /// <param name="month">All duties of the roster.</param>
    /// <param name="people">In the order of their turns.</param>
    /// <param name="taken">What they have elsewhere, and when they are away.</param>
    public Filling(IEnumerable<Duty> month, IReadOnlyList<Candidate> people, IEnumerable<TakenHours> taken, Sector sector)
    {
        (this.month, this.people, this.sector) = ([.. month.OrderBy(d => d.Start)], people, sector);
        this.taken = taken.ToLookup(t => t.PersonId);
    }

    /// <summary>What each gets of the gaps that have not begun.</summary>
    /// <param name="lastTurn">Who had the last turn before this month; the next in order begins.</param>
    /// <param name="before">Duties of the month before, for <see cref="FillMode.LastMonth"/>.</param>
    public IReadOnlyList<(Duty Duty, Candidate Who)> Plan(FillMode mode, Guid? lastTurn, IReadOnlyList<Duty> before, DateTimeOffset now)
    {
        var gaps = month.Where(d => d.HolderId is null && d.Start > now).ToList();
        if (mode == FillMode.LastMonth)
        {
            Repeat(gaps, before);
            return plan;
        }
        Fill(gaps, mode, lastTurn);
        // Too few for all: filled day after day, every week would lack its Sunday. What stays empty is spread over the days.
        var left = gaps.Except(plan.Select(p => p.Duty)).Where(d => people.Any(p => Can(p, d))).ToList();
        if (left.Count > 0)
        {
            var asItComes = plan.ToList();
            var aside = Spread(gaps.FindAll(d => people.Any(p => Can(p, d))), left);
            plan.Clear();
            Fill(gaps.FindAll(d => !aside.Contains(d)), mode, lastTurn);
            Fill(gaps.FindAll(aside.Contains), FillMode.Fewest, null);
            if (plan.Count < asItComes.Count)
            {
                plan.Clear();
                plan.AddRange(asItComes);
            }
            plan.Sort((a, b) => a.Duty.Start.CompareTo(b.Duty.Start));
        }
        return plan;
    }

    /// <summary>Of each week as many as it lacks, of the days that were left out least.</summary>
    private static HashSet<Duty> Spread(List<Duty> gaps, List<Duty> left)
    {
        var times = new int[7];
        var aside = new HashSet<Duty>();
        foreach (var week in left.GroupBy(d => Platform.LocalTime.Monday(d.Day)))
        {
            var open = gaps.FindAll(d => Platform.LocalTime.Monday(d.Day) == week.Key);
            for (var n = week.Count(); n > 0; n--)
            {
                var next = open.Where(d => !aside.Contains(d))
                    .OrderBy(d => times[(int)d.Day.DayOfWeek])
                    .ThenByDescending(d => d.Start)
                    .First();
                aside.Add(next);
                times[(int)next.Day.DayOfWeek]++;
            }
        }
        return aside;
    }

    private void Fill(List<Duty> gaps, FillMode mode, Guid? lastTurn)
    {
        switch (mode)
        {
            case FillMode.Fewest:
                foreach (var gap in gaps)
                    Give(
                        gap,
                        people
                            .Select((p, i) => (p, i))
                            .OrderBy(x => Held(x.p).Count())
                            .ThenBy(x => Held(x.p).Max(d => (DateTimeOffset?)d.Start) ?? DateTimeOffset.MinValue)
                            .ThenBy(x => x.i)
                            .Select(x => x.p)
                    );
                break;
            default:
                Rotate(gaps, mode, lastTurn);
                break;
        }
    }

    private void Rotate(List<Duty> gaps, FillMode mode, Guid? lastTurn)
    {
        var turn = people.ToList().FindIndex(p => p.Who.Id == lastTurn) + 1;
        foreach (
            var share in gaps.GroupBy(d =>
                mode switch
                {
                    FillMode.EachDay => d.Day,
                    FillMode.EachWeek => Platform.LocalTime.Monday(d.Day),
                    _ => (object)d.Id,
                }
            )
        )
        {
            // Whoever can take none of the share keeps their turn for the next one.
            var order = Enumerable.Range(0, people.Count).Select(i => people[(turn + i) % people.Count]).ToList();
            Candidate? first = null;
            foreach (var gap in share)
                first = Give(gap, first is null ? order : order.Prepend(first)) ?? first;
            if (first is not null)
                turn = people.ToList().IndexOf(first) + 1;
        }
    }

    private void Repeat(List<Duty> gaps, IReadOnlyList<Duty> before)
    {
        var known = people.ToDictionary(p => p.Who.Id);
        var holders = before
            .Where(d => d.HolderId is { } id && known.ContainsKey(id))
            .GroupBy(Turn)
            .ToDictionary(g => g.Key, g => known[g.First().HolderId!.Value]);
        foreach (var gap in gaps)
            if (holders.TryGetValue(Turn(gap), out var who))
                Give(gap, [who]);
    }

    private Candidate? Give(Duty gap, IEnumerable<Candidate> order)
    {
        var who = order.FirstOrDefault(p => May(p, gap));
        if (who is not null)
            plan.Add((gap, who));
        return who;
    }

    private bool May(Candidate p, Duty gap)
    {
        if (!Can(p, gap))
            return false;
        var held = Held(p).ToList();
        var week = Platform.LocalTime.Monday(gap.Day);
        return held.Count < (p.Most ?? int.MaxValue)
            && !held.Exists(d => d.Start < gap.End && gap.Start < d.End)
            && held.Count(d => Platform.LocalTime.Monday(d.Day) == week)
                + taken[p.Who.Id].Count(t => t.IsDuty && Platform.LocalTime.Monday(t.Day) == week)
                < sector.MostPerWeek;
    }

    /// <summary>Whether they take such days and have nothing else then.</summary>
    private bool Can(Candidate p, Duty gap) =>
        p.Days.HasFlag(DutyCalendar.KindOf(gap.Day, sector.Departement)) && !taken[p.Who.Id].Any(t => t.From < gap.End && gap.Start < t.To);

    private IEnumerable<Duty> Held(Candidate p) =>
        month.Where(d => d.HolderId == p.Who.Id).Concat(plan.Where(x => x.Who == p).Select(x => x.Duty));

    /// <summary>Which of a month it is: « Nuit », the first, second… of its weekday.</summary>
    private static (string, DayOfWeek, int) Turn(Duty duty) => (duty.Label, duty.Day.DayOfWeek, (duty.Day.Day - 1) / 7);

    /// <summary>Gaps to come that one of those people would have taken over from the month before.</summary>
    public static int LeftBy(IReadOnlyCollection<Guid> people, IEnumerable<Duty> month, IEnumerable<Duty> before, DateTimeOffset now)
    {
        var turns = before.Where(d => d.HolderId is { } id && people.Contains(id)).Select(Turn).ToHashSet();
        return month.Count(d => d.HolderId is null && d.Start > now && turns.Contains(Turn(d)));
    }
}
