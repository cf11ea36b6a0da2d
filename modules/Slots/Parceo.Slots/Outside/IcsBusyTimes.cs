using Parceo.Platform;

namespace Parceo.Slots.Outside;

/// <summary>What an outside agenda said.</summary>
/// <param name="Times">Busy times, merged and in order.</param>
/// <param name="Aside">Events that could not be used, and what the reader should know otherwise.</param>
internal sealed record IcsReading(IReadOnlyList<(DateTimeOffset Start, DateTimeOffset End)> Times, IReadOnlyList<IcsReading.Note> Aside)
{
    /// <param name="Line">Line of the file.</param>
    public sealed record Note(int Line, string Code);
}

/// <summary>
/// Busy times of an ICS file (RFC 5545) within the bounds of S46. Events that say free or are cancelled don't count, neither do
/// those that are over; days count from midnight to midnight in the calendar's zone, and times without a zone are its. An event
/// that cannot be used is set aside with its reason and the others are read.
/// </summary>
internal sealed class IcsBusyTimes
{
    /// <summary>Largest file, bytes.</summary>
    public const int LargestBytes = 1024 * 1024;

    /// <summary>What one event is set aside for when the file had its definition of the zone, and it differs.</summary>
    public const string ZoneDiffers = "ics_zone_differs";
    private const int MostComponents = 5_000,
        MostOccurrences = 2_000,
        Months = 24;

    /// <summary>The longest that a file may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset now;
    private readonly IcsBudget budget;
    private readonly Dictionary<string, IcsComponent> definitions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IcsZone?> zones = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(DateTimeOffset Start, DateTimeOffset End)> times = [];
    private readonly List<IcsReading.Note> aside = [];
    private bool anyZone; // an unknown zone is taken for UTC, to see whether the event may still be to come

    private IcsBusyTimes(DateTimeOffset now, CancellationToken ct) =>
        (this.now, budget) = (now, new IcsBudget(now.AddMonths(Months), Longest, ct));

    /// <summary>Reads.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="zone">IANA zone of the professional.</param>
    /// <param name="now">Busy times that are over are left out; the horizon is 24 months.</param>
    /// <param name="ct">Stops it between two steps of an expansion.</param>
    /// <exception cref="InvalidException">On <c>address</c>: <c>ics_unreadable</c>, <c>ics_too_large</c>, and the reason of the first event set aside when no other could be used</exception>
    public static IcsReading Read(ReadOnlySpan<byte> file, string zone, DateTimeOffset now, CancellationToken ct)
    {
        if (file.Length > LargestBytes)
            throw Refused("ics_too_large");
        var calendars = IcsText.Read(file);
        if (calendars.Count == 0)
            throw Refused("ics_unreadable");
        var reader = new IcsBusyTimes(now, ct);
        try
        {
            reader.ReadAll(calendars, zone);
        }
        catch (IcsFault fault)
        {
            throw Refused(fault.Code);
        }
        return reader.times.Count == 0 && reader.aside.Find(a => a.Code != ZoneDiffers) is { } first
            ? throw Refused(first.Code)
            : new IcsReading(Merge(reader.times), reader.aside);
    }

    private void ReadAll(IReadOnlyList<IcsComponent> calendars, string zone)
    {
        var over = calendars.SelectMany(c => c.Parts).Where(p => p.Name == "VEVENT" && IsOver(p)).ToHashSet();
        if (calendars.SelectMany(c => c.Parts).Where(p => !over.Contains(p)).Sum(p => p.Count) > MostComponents)
            throw new IcsFault("ics_too_large");
        foreach (var definition in calendars.SelectMany(c => c.Parts).Where(p => p.Name == "VTIMEZONE"))
            if (definition["TZID"]?.Value is { } id)
                definitions.TryAdd(Plain(id), definition);
        foreach (var calendar in calendars)
        {
            var home = Zone(calendar["X-WR-TIMEZONE"]?.Value) ?? Zone(zone) ?? IcsZone.Utc;
            var events = new List<IcsEvent>();
            // Free or over, what is wrong with it is nobody's concern; but it may be the newer of two with one name.
            foreach (var part in calendar.Parts.Where(p => p.Name == "VEVENT"))
                if (
                    Try(part.Line, () => IcsEvent.Read(part, over.Contains(part)), silent: over.Contains(part) || !IcsEvent.Busy(part)) is
                    { } e
                )
                    events.Add(e);
            foreach (var series in events.GroupBy(e => e.Uid ?? $"{e.Line}"))
                ReadSeries(Newest(series), home);
        }
    }

    private void ReadSeries(IReadOnlyList<IcsEvent> series, IcsZone home)
    {
        var masters = series.Where(e => e.Replaces is null).ToList();
        var exceptions = series.Where(e => e.Replaces is not null).ToList();
        foreach (var master in masters.Where(m => !m.IsOver && (m.IsBusy || exceptions.Exists(e => e.AndFuture && e.IsBusy))))
            Add(master, () => Occurrences(master, exceptions, home));
        foreach (var exception in exceptions.Where(e => e is { IsBusy: true, IsOver: false } && (!e.AndFuture || masters.Count == 0)))
            Add(exception, () => [Alone(exception, home)]);
    }

    /// <summary>Adds the times of an event, or sets it aside: none of them then, unless none is to come.</summary>
    private void Add(IcsEvent e, Func<IEnumerable<(DateTimeOffset Start, DateTimeOffset End)>> occurrences)
    {
        var before = times.Count;
        try
        {
            try
            {
                Collect();
            }
            catch (IcsFault fault) when (fault.Code == "ics_zone_unknown")
            {
                anyZone = true;
                times.RemoveRange(before, times.Count - before);
                Collect(margin: 1);
                if (times.Count > before)
                    throw;
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !(failure is IcsFault && budget.IsSpent))
        {
            // The library throws many kinds on broken rules, and dates run out of their range; whichever it is, this event cannot be used.
            times.RemoveRange(before, times.Count - before);
            aside.Add(new(e.Line, failure is IcsFault fault ? fault.Code : "ics_unreadable"));
        }
        finally
        {
            anyZone = false;
        }
        if (times.Count > MostOccurrences)
            throw new IcsFault("ics_too_large");

        void Collect(int margin = 0)
        {
            foreach (var (start, end) in occurrences())
            {
                budget.Spend();
                if (end > start && end > now.AddDays(-margin) && start < budget.Until)
                    times.Add((start, end < budget.Until ? end : budget.Until));
                if (times.Count > MostOccurrences)
                    return;
            }
        }
    }

    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Occurrences(IcsEvent master, List<IcsEvent> exceptions, IcsZone home)
    {
        var zone = ZoneOf(master.Start, home);
        var start = master.Start.Local;
        var to = zone.Local(budget.Until).AddDays(1);
        if (start >= to)
            yield break;
        var length = Length(master, home);
        // What began before may still last; an exception may bring a later one forward, or a zone may be another one's day.
        var from = zone.Local(now).AddDays(-2 - Math.Min(length.Days + (int)length.Time.TotalDays, 20_000));
        var changed = exceptions
            .Select(e => (Event: e, At: LocalOf(e.Replaces!.Value, master, zone, home), e.Replaces!.Value.IsDate))
            .ToList();
        from -= changed
            .Where(c => c.Event.AndFuture)
            .Select(c => TimeSpan.FromDays(Math.Abs((Start(c.Event, zone, home) - c.At).Days) + 1))
            .DefaultIfEmpty()
            .Max();

        var without = master.Without.Select(t => (At: LocalOf(t, master, zone, home), t.IsDate)).ToList();
        var (goneDays, gone) = (
            without.Where(t => t.IsDate || master.Start.IsDate).Select(t => t.At.Date).ToHashSet(),
            without.Where(t => !t.IsDate).Select(t => t.At).ToHashSet()
        );
        gone.UnionWith(changed.Where(c => !c.Event.AndFuture && !c.IsDate && !master.Start.IsDate).Select(c => c.At));
        goneDays.UnionWith(changed.Where(c => !c.Event.AndFuture && (c.IsDate || master.Start.IsDate)).Select(c => c.At.Date));
        IEnumerable<DateTime> Expand(IcsRule rule) =>
            rule.Expand(start, from, to, t => rule.IsOver(t, master.Start.IsDate, zone.Instant), budget);
        foreach (var rule in master.ExceptionRules)
            gone.UnionWith(Expand(rule));

        var found = new HashSet<DateTime>();
        foreach (
            var local in new[] { start }
                .Concat(master.Rules.SelectMany(Expand))
                .Concat(master.Dates.Where(d => d.End is null).Select(d => LocalOf(d.Start, master, zone, home)))
        )
        {
            budget.Spend();
            if (local < from || local >= to || gone.Contains(local) || goneDays.Contains(local.Date) || !found.Add(local))
                continue;
            var follows = changed.Where(c => c.Event.AndFuture && c.At <= local).OrderBy(c => c.At).Select(c => c.Event).LastOrDefault();
            if (!(follows ?? master).IsBusy)
                continue;
            var (at, lasts) = follows is null
                ? (local, length)
                : (local + (Start(follows, zone, home) - LocalOf(follows.Replaces!.Value, master, zone, home)), Length(follows, home));
            yield return (zone.Instant(at), End(at, lasts, (follows ?? master).Start.IsDate, zone));
        }
        if (!master.IsBusy)
            yield break;
        foreach (var (first, last) in master.Dates)
            if (last is { } end)
                yield return (Instant(first, home), end(Instant(first, home), t => Instant(t, home)));
    }

    private (DateTimeOffset Start, DateTimeOffset End) Alone(IcsEvent e, IcsZone home)
    {
        var zone = ZoneOf(e.Start, home);
        return (zone.Instant(e.Start.Local), End(e.Start.Local, Length(e, home), e.Start.IsDate, zone));
    }

    /// <summary>Days on the calendar, then time on the clock: a night's duty ends at its hour, also when clocks change.</summary>
    private static DateTimeOffset End(DateTime start, (int Days, TimeSpan Time, bool OnClock) length, bool isDate, IcsZone zone) =>
        length.OnClock || isDate
            ? zone.Instant(start.AddDays(length.Days)) + length.Time
            : zone.Instant(start.AddDays(length.Days) + length.Time);

    private (int Days, TimeSpan Time, bool OnClock) Length(IcsEvent e, IcsZone home)
    {
        if (e.End is { } end)
        {
            // Both in one zone: what the clocks on the wall say. Else what lies between.
            var same = e.Start.IsDate || end.IsDate || (end.Zone ?? e.Start.Zone) == e.Start.Zone && end.IsUtc == e.Start.IsUtc;
            var lasts = same ? end.Local - e.Start.Local : Instant(end, home) - Instant(e.Start, home);
            if (lasts < TimeSpan.Zero)
                throw new IcsFault("ics_ends_before");
            return e.Start.IsDate ? (Math.Max(1, (int)Math.Ceiling(lasts.TotalDays)), TimeSpan.Zero, true)
                : same ? (0, lasts, false)
                : (0, lasts, true);
        }
        if (e.Lasts is not { } duration)
            return e.Start.IsDate ? (1, TimeSpan.Zero, true) : (0, TimeSpan.Zero, true);
        return e.Start.IsDate
            ? (Math.Max(1, duration.Days + (int)Math.Ceiling(duration.Time.TotalDays)), TimeSpan.Zero, true)
            : (duration.Days, duration.Time, true);
    }

    private DateTime Start(IcsEvent exception, IcsZone zone, IcsZone home) =>
        exception.Start.IsDate ? exception.Start.Local : zone.Local(Instant(exception.Start, home));

    /// <summary>A time of the file on the clock of a series. Of a series of days: its day; a date in a series of times is that day at its time.</summary>
    private DateTime LocalOf(IcsTime t, IcsEvent master, IcsZone zone, IcsZone home) =>
        t.IsDate
            ? master.Start.IsDate
                ? t.Local
                : t.Local + master.Start.Local.TimeOfDay
            : master.Start.IsDate
                ? t.IsUtc && t.Local.TimeOfDay != TimeSpan.Zero
                    ? home.Local(Instant(t, home)).Date
                    : t.Local.Date
                : t is { IsUtc: false, Zone: null }
                    ? t.Local
                    : zone.Local(Instant(t, home));

    private DateTimeOffset Instant(IcsTime t, IcsZone home) => ZoneOf(t, home).Instant(t.Local);

    private IcsZone ZoneOf(IcsTime t, IcsZone home)
    {
        budget.Spend(); // a zone of the file's own may change thousands of times, and each time of it is looked for among them
        return t.IsUtc ? IcsZone.Utc
            : t.Zone is null ? home
            : Zone(t.Zone) ?? (anyZone ? IcsZone.Utc : throw new IcsFault("ics_zone_unknown"));
    }

    /// <summary>By its name; else by the file's own rules.</summary>
    private IcsZone? Zone(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        name = Plain(name);
        if (zones.TryGetValue(name, out var known))
            return known;
        var named = IcsZone.Named(name);
        if (definitions.GetValueOrDefault(name) is { } definition)
        {
            var rules = Try(definition.Line, () => IcsZone.Of(definition, budget), silent: true);
            if (named is not null && rules is not null && !named.Agrees(rules, now))
                aside.Add(new(definition.Line, ZoneDiffers));
            named ??= rules;
        }
        return zones[name] = named;
    }

    /// <summary>A name without the marks that only one of the two places where it stands needs.</summary>
    private static string Plain(string name) => name.Trim(' ', '"').Replace("\\", "", StringComparison.Ordinal);

    private T? Try<T>(int line, Func<T?> read, bool silent)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !budget.IsSpent)
        {
            if (!silent)
                aside.Add(new(line, failure is IcsFault fault ? fault.Code : "ics_unreadable"));
            return null;
        }
    }

    /// <summary>Of two with one name, the newer; both when neither says that it is.</summary>
    private static List<IcsEvent> Newest(IEnumerable<IcsEvent> series) =>
        [
            .. series
                .GroupBy(e => e.Replaces)
                .SelectMany(same =>
                {
                    var newest = same.Max(e => e.Revision);
                    return same.Where(e => e.Revision == newest);
                }),
        ];

    /// <summary>Surely over, as far as one can tell without knowing its zone; its other faults are nobody's concern any more.</summary>
    private bool IsOver(IcsComponent e)
    {
        try
        {
            var rules = e.Lines.Where(l => l.Name == "RRULE").Select(l => IcsRule.Read(l.Value).LastDay).ToList();
            if (e["RDATE"] is not null || e["RECURRENCE-ID"]?.Parameters.ContainsKey("RANGE") == true)
                return false;
            if (IcsTime.Read(e["DTSTART"]) is not [var start] || rules.Contains(null))
                return false;
            var last = rules.Append(start.Local).Max()!.Value;
            if (IcsTime.Read(e["RECURRENCE-ID"]) is [var replaced] && replaced.Local > last)
                last = replaced.Local; // moved into the past, it still frees a time to come
            if (IcsTime.Read(e["DTEND"]) is [var end])
                last = rules.Count == 0 ? end.Local : last + (end.Local - start.Local);
            else if (e["DURATION"] is { } duration && IcsTime.Duration(duration.Value) is var (days, time))
                last += TimeSpan.FromDays(days + 1) + time;
            return last.AddDays(3) < now.UtcDateTime;
        }
        catch (Exception fault) when (fault is IcsFault or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private static List<(DateTimeOffset Start, DateTimeOffset End)> Merge(List<(DateTimeOffset Start, DateTimeOffset End)> times)
    {
        var merged = new List<(DateTimeOffset Start, DateTimeOffset End)>();
        foreach (var t in times.OrderBy(t => t.Start))
        {
            if (merged.Count > 0 && t.Start <= merged[^1].End)
                merged[^1] = (merged[^1].Start, t.End > merged[^1].End ? t.End : merged[^1].End);
            else
                merged.Add(t);
        }
        return merged;
    }

    private static InvalidException Refused(string code) => InvalidException.Of("address", code);
}
