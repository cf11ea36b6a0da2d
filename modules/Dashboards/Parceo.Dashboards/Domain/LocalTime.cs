namespace Parceo.Dashboards.Domain;

/// <summary>Days where a place is (S61), overseas ones too (D32).</summary>
internal static class LocalTime
{
    /// <summary>The local day of an instant in a département.</summary>
    public static DateOnly DayOf(DateTimeOffset instant, string departement) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(ZoneOf(departement))).DateTime);

    /// <summary>The Monday of a day's ISO week.</summary>
    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>IANA zone of a département.</summary>
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
