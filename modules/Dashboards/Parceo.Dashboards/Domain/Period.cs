using System.Globalization;

namespace Parceo.Dashboards.Domain;

/// <summary>Days that are looked at, both included, and what to compare them to.</summary>
internal sealed record Period(DateOnly From, DateOnly To)
{
    /// <summary>Longest period, days.</summary>
    public const int Longest = 366;

    /// <summary>How it is said in an address: <c>2026-11</c>, <c>2026-T4</c>, <c>2026</c>; null for days from and to.</summary>
    public string? Name { get; private init; }

    /// <summary>Its part that is over or under way.</summary>
    public DateOnly Until(DateOnly today) =>
        today < From ? From
        : today < To ? today
        : To;

    /// <summary>Whether it is still under way.</summary>
    public bool Open(DateOnly today) => today < To;

    /// <summary>The month of a day.</summary>
    public static Period Month(DateOnly day) =>
        Whole(new(day.Year, day.Month, 1), 1) with
        {
            Name = day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        };

    /// <summary>The quarter of a day.</summary>
    public static Period Quarter(DateOnly day) =>
        Whole(new(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1), 3) with
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{day.Year:0000}-T{((day.Month - 1) / 3) + 1}"),
        };

    /// <summary>The year of a day.</summary>
    public static Period Year(DateOnly day) =>
        Whole(new(day.Year, 1, 1), 12) with
        {
            Name = day.Year.ToString("0000", CultureInfo.InvariantCulture),
        };

    /// <summary>Reads the name of a period; null when it is none, or outside 2020–2099.</summary>
    public static Period? Read(string? name)
    {
        var year =
            name is { Length: >= 4 }
            && int.TryParse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            && y is >= 2020 and <= 2099
                ? y
                : 0;
        if (year == 0)
            return null;
        if (name!.Length == 4)
            return Year(new(year, 1, 1));
        if (name.Length == 7 && name[4] == '-' && name[5] == 'T' && name[6] is >= '1' and <= '4')
            return Quarter(new(year, ((name[6] - '1') * 3) + 1, 1));
        return
            name.Length == 7
            && name[4] == '-'
            && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var m)
            && m is >= 1 and <= 12
            ? Month(new(year, m, 1))
            : null;
    }

    /// <summary>The next one of its kind, or the one before.</summary>
    public Period Step(int by) =>
        Name switch
        {
            { Length: 4 } => Year(From.AddYears(by)),
            { } q when q.Contains('T', StringComparison.Ordinal) => Quarter(From.AddMonths(3 * by)),
            { } => Month(From.AddMonths(by)),
            _ => new(From.AddDays(by * Days), To.AddDays(by * Days)),
        };

    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>The period before, cut after as many days when this one is still under way: three weeks are compared to three weeks.</summary>
    public Period Before(DateOnly today)
    {
        var before = Step(-1);
        if (!Open(today))
            return before;
        var end = before.From.AddDays(Math.Max(0, today.DayNumber - From.DayNumber));
        return before with { To = end < before.To ? end : before.To, Name = null };
    }

    /// <summary>First days of the months to draw: at least the twelve that end with the period, none to come.</summary>
    public IReadOnlyList<DateOnly> Months(DateOnly today)
    {
        var until = Until(today);
        var last = new DateOnly(until.Year, until.Month, 1);
        var first = last.AddMonths(-11);
        var begins = new DateOnly(From.Year, From.Month, 1);
        if (begins < first)
            first = begins;
        return [.. Enumerable.Range(0, ((last.Year - first.Year) * 12) + last.Month - first.Month + 1).Select(first.AddMonths)];
    }

    private static Period Whole(DateOnly first, int months) => new(first, first.AddMonths(months).AddDays(-1));
}
