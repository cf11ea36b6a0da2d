using MediatR;

namespace Parceo.Directory.Contracts;

/// <summary>The national table of search radii by département (ANS, 2025).</summary>
public static class FindSearchRadius
{
    /// <summary>Null for a département that is not in the table.</summary>
    [OpenToSignedIn("Public reference data.")]
    public sealed record Query(string Departement) : IRequest<SearchRadius?>;
}

/// <summary>Radii of a département, km. A zero in the source (Mayotte, Guyane) is given as 50.</summary>
/// <param name="DefaultKm">Where a search begins.</param>
/// <param name="StepKm">By how much it is widened.</param>
/// <param name="WholeKm">Covers the whole département.</param>
public sealed record SearchRadius(double DefaultKm, double StepKm, double WholeKm);
