using System.Globalization;

namespace Parceo.Directory.Reference;

/// <summary>
/// Search radius of a département, from the table of the national SAS platform (ANS, 2025): sized so that at least
/// five professionals are usually within it.
/// </summary>
/// <param name="Departement">2 or 3 characters.</param>
/// <param name="Name">Name of the département.</param>
/// <param name="DefaultKm">Radius of a first search.</param>
/// <param name="StepKm">What « Élargir » adds.</param>
/// <param name="WholeKm">Radius that covers the whole département; 0 where the source has none.</param>
internal sealed record SearchRadius(string Departement, string Name, int DefaultKm, int StepKm, int WholeKm);

/// <summary>The table, one row a département.</summary>
internal sealed class SearchRadii
{
    /// <summary>Where the source has no figure (Guyane, Mayotte, communities without département).</summary>
    private const int FallbackKm = 20;
    private const int FallbackStepKm = 10;

    private readonly Dictionary<string, SearchRadius> rows = EmbeddedCsv.Read("rayons-sas.csv").Select(Row).ToDictionary(r => r.Departement, StringComparer.Ordinal);

    /// <summary>The radius of a département; never zero.</summary>
    public SearchRadius Of(string departement) => rows.TryGetValue(departement, out var row) ? row : new(departement, departement, FallbackKm, FallbackStepKm, 0);

    /// <summary>All départements of the table.</summary>
    public IReadOnlyCollection<SearchRadius> All => rows.Values;

    private static SearchRadius Row(string[] row) => new(row[0], row[1], Kilometres(row[8], FallbackKm), Kilometres(row[9], FallbackStepKm), Kilometres(row[5], 0));

    private static int Kilometres(string text, int whenZero) => int.Parse(text, CultureInfo.InvariantCulture) is > 0 and var km ? km : whenZero;
}
