using Parceo.Platform;

namespace Parceo.Directory.Reference;

/// <summary>The communes that whoever asks means first.</summary>
internal static class Home
{
    /// <summary>Those of the territory of their organisation; null when it has none.</summary>
    public static Func<Commune, bool>? Of(UserRights rights) =>
        rights.Departements.Count + rights.Communes.Count == 0
            ? null
            : c => rights.Communes.Contains(c.Insee) || rights.Departements.Contains(c.Departement);
}
