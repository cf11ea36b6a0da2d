using MediatR;

namespace Parceo.Directory.Contracts;

/// <summary>Where the communes of a territory are, and those just around it: for a map. Communes without a point are left out.</summary>
public static class MapCommunes
{
    /// <param name="Codes">INSEE codes, at most 1,000.</param>
    /// <param name="Departements">Whole départements, at most 20.</param>
    [OpenToSignedIn("Communes are public reference data.")]
    public sealed record Query(IReadOnlyList<string> Codes, IReadOnlyList<string> Departements) : IRequest<IReadOnlyList<MappedCommune>>;
}

/// <summary>A commune on a map.</summary>
/// <param name="Latitude">Decimal degrees WGS 84, the middle of its territory.</param>
/// <param name="Longitude">Decimal degrees WGS 84.</param>
/// <param name="Population">Inhabitants.</param>
/// <param name="IsInside">Of the territory; otherwise a neighbour.</param>
public sealed record MappedCommune(string Insee, string Name, double Latitude, double Longitude, int Population, bool IsInside);
