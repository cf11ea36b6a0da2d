namespace Parceo.Platform;

/// <summary>Time zones of French départements.</summary>
public static class Zones
{
    /// <summary>IANA name; Paris for the whole of metropolitan France.</summary>
    public static string OfDepartement(string departement) => departement switch
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
