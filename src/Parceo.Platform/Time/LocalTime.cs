namespace Parceo.Platform;

/// <summary>Days where a place is (S61): the spring gap moves forward, the autumn overlap takes the first occurrence.</summary>
public static class LocalTime
{
    /// <summary>The local day of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant, string zone) => DateOnly.FromDateTime(In(instant, zone).DateTime);

    /// <summary>The instant with the zone's offset.</summary>
    public static DateTimeOffset In(DateTimeOffset instant, string zone) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone));

    /// <summary>Midnight of a local day, as an instant.</summary>
    public static DateTimeOffset StartOfDay(DateOnly day, string zone) => At(day, TimeOnly.MinValue, zone);

    /// <summary>A local time of a day, as an instant.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time, string zone)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        if (info.IsInvalidTime(local))
        {
            var before = info.GetUtcOffset(local.AddHours(-3));
            return new DateTimeOffset(local, before).ToUniversalTime(); // 02:30 read with the offset before the gap is 03:30 after it
        }
        var offset = info.IsAmbiguousTime(local) ? info.GetAmbiguousTimeOffsets(local).Max() : info.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The ISO week of an instant: Monday midnight to the next, as instants.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End) WeekOf(DateTimeOffset instant, string zone)
    {
        var monday = Monday(DayOf(instant, zone));
        return (StartOfDay(monday, zone), StartOfDay(monday.AddDays(7), zone));
    }

    /// <summary>The Monday of a day's ISO week.</summary>
    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
