using System.Globalization;
using Parceo.Directory.Contracts;

namespace Parceo.Directory.Reference;

/// <summary>
/// Search radius of a département, from the table of the national SAS platform (ANS, 2025): sized so that at least
/// five professionals are usually within it.
/// </summary>
internal sealed class SearchRadii
{
    /// <summary>Guyane and Mayotte have zeros in the source.</summary>
    private const double WhenZeroKm = 50;

    private readonly Dictionary<string, SearchRadius> rows = EmbeddedCsv
        .Read("rayons-sas.csv")
        .ToDictionary(
            row => row[0],
            row => new SearchRadius(Kilometres(row[8]), Kilometres(row[9]), Kilometres(row[5])),
            StringComparer.Ordinal
        );

    /// <summary>The radius of a département, or null for one that is not in the table.</summary>
    public SearchRadius? Of(string departement) => rows.GetValueOrDefault(departement);

    private static double Kilometres(string text) => double.Parse(text, CultureInfo.InvariantCulture) is > 0 and var km ? km : WhenZeroKm;
}
