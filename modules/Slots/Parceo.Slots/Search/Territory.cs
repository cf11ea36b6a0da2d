using Parceo.Platform;

namespace Parceo.Slots.Search;

/// <summary>Where somebody finds slots (S22): whole départements, and single communes beside them.</summary>
/// <param name="Departements">Codes of whole départements.</param>
/// <param name="Communes">INSEE codes of communes, for a CPTS or another organisation smaller than a département.</param>
internal sealed record Territory(IReadOnlyCollection<string> Departements, IReadOnlyCollection<string> Communes)
{
    /// <summary>The caller's own; null for the host itself, which looks everywhere.</summary>
    public static Territory? Of(ICurrentUser user) => user.IsSystem ? null : new(user.Rights.Departements, user.Rights.Communes);

    /// <summary>Every département that it touches: those of its communes too.</summary>
    public IReadOnlyList<string> Touched { get; } = [.. Departements.Concat(Communes.Select(Zones.DepartementOf)).Distinct()];
}
