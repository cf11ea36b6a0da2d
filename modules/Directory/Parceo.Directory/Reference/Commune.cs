using Parceo.Platform.Geo;

namespace Parceo.Directory.Reference;

/// <summary>A French commune or a municipal arrondissement of Paris, Lyon or Marseille.</summary>
/// <param name="Insee">INSEE code, 5 characters.</param>
/// <param name="Name">Official name.</param>
/// <param name="PostalCodes">Postal codes of La Poste, without CEDEX; rarely none.</param>
/// <param name="Departement">2 or 3 characters.</param>
/// <param name="Point">Middle of the territory; null for a few overseas communities.</param>
/// <param name="Population">Inhabitants.</param>
/// <param name="Parent">INSEE code of the town an arrondissement belongs to.</param>
internal sealed record Commune(
    string Insee,
    string Name,
    string[] PostalCodes,
    string Departement,
    GeoPoint? Point,
    int Population,
    string? Parent
)
{
    /// <summary>« Metz (57000) », with the first postal code.</summary>
    public string Label => PostalCodes.Length > 0 ? $"{Name} ({PostalCodes[0]})" : Name;
}
