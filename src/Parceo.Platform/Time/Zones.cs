namespace Parceo.Platform;

/// <summary>Time zones of French départements and territories (D32).</summary>
public static class Zones
{
    /// <summary>The département in an INSEE code of a commune: three characters overseas (97…, 98…), two elsewhere.</summary>
    public static string DepartementOf(string commune) =>
        commune[..(commune.StartsWith("97", StringComparison.Ordinal) || commune.StartsWith("98", StringComparison.Ordinal) ? 3 : 2)];

    /// <summary>Metropolitan France's.</summary>
    public const string Paris = "Europe/Paris";

    /// <summary>
    /// IANA name; Paris for the whole of metropolitan France. Where no département is known it is
    /// <paramref name="otherwise"/>: of whoever looks, their organisation's (<see cref="UserRights.Zone"/>).
    /// </summary>
    public static string OfDepartement(string? departement, string otherwise = Paris) =>
        departement switch
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
            null or "" => otherwise,
            _ => Paris,
        };
}
