namespace Parceo.Regulation.Domain;

/// <summary>Bands of delay as spans.</summary>
internal static class Wanted
{
    /// <summary>Unscheduled care ends here (D25).</summary>
    public static readonly TimeSpan Snp = TimeSpan.FromHours(48);

    /// <summary>The end of the band, counted from the opening; a week for what is not unscheduled care.</summary>
    public static TimeSpan Within(this WantedWithin band) =>
        band switch
        {
            WantedWithin.H4 => TimeSpan.FromHours(4),
            WantedWithin.H8 => TimeSpan.FromHours(8),
            WantedWithin.H12 => TimeSpan.FromHours(12),
            WantedWithin.H24 => TimeSpan.FromHours(24),
            WantedWithin.H48 => Snp,
            _ => TimeSpan.FromDays(7),
        };
}
