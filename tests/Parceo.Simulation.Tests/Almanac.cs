using System.Globalization;

namespace Parceo.Simulation.Tests;

/// <summary>
/// Local time and holidays said a second time, without the product's code and without the machine's time zone data:
/// Paris is UTC+1, and +2 from the last Sunday of March 01:00 UTC to the last Sunday of October 01:00 UTC (directive
/// 2000/84/CE); La Réunion is always UTC+4.
/// </summary>
internal sealed class Almanac(string departement)
{
    // Easter Sundays, from a printed calendar.
    private static readonly DateOnly[] Easters =
    [
        new(2025, 4, 20),
        new(2026, 4, 5),
        new(2027, 3, 28),
        new(2028, 4, 16),
        new(2029, 4, 1),
        new(2030, 4, 21),
    ];

    public bool IsReunion => departement == "974";

    public TimeSpan OffsetAt(DateTimeOffset instant)
    {
        if (IsReunion)
            return TimeSpan.FromHours(4);
        var year = instant.UtcDateTime.Year;
        return instant.UtcDateTime >= Change(year, 3) && instant.UtcDateTime < Change(year, 10)
            ? TimeSpan.FromHours(2)
            : TimeSpan.FromHours(1);
    }

    public DateTime Local(DateTimeOffset instant) => instant.UtcDateTime + OffsetAt(instant);

    public DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant));

    /// <summary>Year and ISO week, by .NET's own calendar.</summary>
    public (int Year, int Week) IsoWeek(DateTimeOffset instant) => IsoWeek(Day(instant));

    public static (int Year, int Week) IsoWeek(DateOnly day) =>
        (ISOWeek.GetYear(day.ToDateTime(default)), ISOWeek.GetWeekOfYear(day.ToDateTime(default)));

    /// <summary>A declared local hour as an instant: in the spring gap an hour later, in the autumn overlap the first of the two.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        if (IsReunion)
            return new(local - TimeSpan.FromHours(4), TimeSpan.Zero);
        var summer = new DateTimeOffset(local - TimeSpan.FromHours(2), TimeSpan.Zero);
        if (OffsetAt(summer) == TimeSpan.FromHours(2))
            return summer; // the first of the two in autumn
        // In the gap neither reading fits: the winter offset of before it stands, an hour later on the clock.
        return new(local - TimeSpan.FromHours(1), TimeSpan.Zero);
    }

    /// <summary>The night on which the clocks change in a year: its Sunday.</summary>
    public static DateTime Change(int year, int month)
    {
        var last = new DateTime(year, month, DateTime.DaysInMonth(year, month), 1, 0, 0, DateTimeKind.Utc);
        return last.AddDays(-(int)last.DayOfWeek);
    }

    public bool IsHoliday(DateOnly day)
    {
        var easter = Easters.Single(e => e.Year == day.Year);
        (int Month, int Day)[] always = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
        if (always.Contains((day.Month, day.Day)))
            return true;
        var fromEaster = day.DayNumber - easter.DayNumber;
        if (fromEaster is 1 or 39 or 50)
            return true;
        return departement switch
        {
            "57" => fromEaster == -2 || (day.Month, day.Day) == (12, 26),
            "974" => (day.Month, day.Day) == (12, 20),
            _ => false,
        };
    }

    /// <summary>Hours of unscheduled care: weekdays 8 to 20, Saturday 8 to 12, holidays apart (domain.md §5).</summary>
    public bool InSnpHours(DateTimeOffset at)
    {
        var local = Local(at);
        if (local.DayOfWeek == DayOfWeek.Sunday || IsHoliday(DateOnly.FromDateTime(local)))
            return false;
        return local.Hour >= 8 && local.Hour < (local.DayOfWeek == DayOfWeek.Saturday ? 12 : 20);
    }
}
