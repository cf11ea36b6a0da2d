using MediatR;

namespace Parceo.Directory.Contracts;

/// <summary>Turns what a person or a program says of a place into a point: INSEE code, postal code, <c>lat,lon</c>, what the caller's territory calls a place, or a commune's name. Five digits that are both are the INSEE code.</summary>
public static class ResolveLocation
{
    /// <summary>Null when no place is meant by the text.</summary>
    [OpenToSignedIn("Communes are public reference data; other names are those of the caller's own territory.")]
    public sealed record Query(string Text) : IRequest<Location?>;
}

/// <summary>A resolved place.</summary>
/// <param name="Label">As shown: <c>Metz (57000)</c>, <c>49,108, 6,196</c>.</param>
/// <param name="Latitude">Decimal degrees WGS 84.</param>
/// <param name="Longitude">Decimal degrees WGS 84.</param>
/// <param name="Precise">True for an address or a point: order by distance makes sense. False for a commune or a postal code (W1.3).</param>
/// <param name="Commune">INSEE code of the commune, the nearest one for a point; null outside France.</param>
/// <param name="Departement">Code of the département.</param>
public sealed record Location(string Label, double Latitude, double Longitude, bool Precise, string? Commune, string? Departement);
