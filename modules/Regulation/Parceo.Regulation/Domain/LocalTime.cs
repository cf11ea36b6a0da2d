namespace Parceo.Regulation.Domain;

/// <summary>Days and hours where a place is (S61).</summary>
internal static class LocalTime
{
    /// <summary>The local day of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant, string zone) => DateOnly.FromDateTime(In(instant, zone).DateTime);

    /// <summary>The instant with the zone's offset.</summary>
    public static DateTimeOffset In(DateTimeOffset instant, string zone) => TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone));

    /// <summary>A local time of a day, as an instant: the spring gap moves forward, the autumn overlap takes the first occurrence.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time, string zone)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        if (info.IsInvalidTime(local)) return new DateTimeOffset(local, info.GetUtcOffset(local.AddHours(-3))).ToUniversalTime();
        var offset = info.IsAmbiguousTime(local) ? info.GetAmbiguousTimeOffsets(local).Max() : info.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>IANA zone of a département; overseas ones have their own (D32).</summary>
    public static string ZoneOf(string departement) => departement switch
    {
        "971" or "977" or "978" => "America/Guadeloupe",
        "972" => "America/Martinique",
        "973" => "America/Cayenne",
        "974" => "Indian/Reunion",
        "975" => "America/Miquelon",
        "976" => "Indian/Mayotte",
        "986" => "Pacific/Wallis",
        "987" => "Pacific/Tahiti",
        "988" => "Pacific/Noumea",
        _ => "Europe/Paris",
    };
}
