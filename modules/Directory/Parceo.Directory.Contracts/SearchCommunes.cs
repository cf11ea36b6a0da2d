using MediatR;

namespace Parceo.Directory.Contracts;

/// <summary>Communes that somebody may mean while typing a name or a postal code.</summary>
public static class SearchCommunes
{
    /// <summary>At most <paramref name="Limit"/> (1–20) communes, the likeliest first; answers in well under a millisecond.</summary>
    [OpenToSignedIn("Communes are public reference data."), Limited(LimitKind.Search)]
    public sealed record Query(string Text, int Limit = 10) : IRequest<IReadOnlyList<CommuneChoice>>;
}

/// <summary>A commune to choose.</summary>
/// <param name="Insee">INSEE code.</param>
/// <param name="Name">Official name.</param>
/// <param name="PostalCode">The first of its postal codes, or null.</param>
/// <param name="Departement">Code of the département.</param>
/// <param name="Population">Inhabitants.</param>
public sealed record CommuneChoice(string Insee, string Name, string? PostalCode, string Departement, int Population);
