using MediatR;

namespace Parceo.Directory.Contracts;

/// <summary>Communes by their INSEE codes, for lists of other modules. Unknown codes are left out.</summary>
public static class NameCommunes
{
    /// <param name="Codes">At most 1,000.</param>
    [OpenToSignedIn("Communes are public reference data.")]
    public sealed record Query(IReadOnlyList<string> Codes) : IRequest<IReadOnlyList<CommuneChoice>>;
}
