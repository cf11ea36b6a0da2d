using System.Globalization;
using Parceo.Directory.Domain;

namespace Parceo.Directory.Import;

/// <summary>
/// Reasons to refuse a whole file before anything is touched. The national publisher's own loader alerts above 5 % of
/// deletions; a person may import in spite of them.
/// </summary>
internal static class ImportGuards
{
    private const double MostLost = 0.05;
    private const double MostRejected = 0.05;
    private const long RejectsAlwaysTolerated = 100;
    private const long LinesOfARealProfession = 20;

    /// <summary>Code and figures of the refusal, or null when the file may be applied.</summary>
    /// <param name="survey">First reading of the file.</param>
    /// <param name="kept">People of the file within the scope.</param>
    /// <param name="previous">Last applied run of the same scope, if any.</param>
    /// <param name="force">A person said to import in spite of the comparison with the previous run.</param>
    public static (string Code, string Detail)? Check(RppsSurvey survey, int kept, ImportRun? previous, bool force)
    {
        var lines = survey.ValidLines + survey.RejectedLines;
        if (kept == 0)
        {
            return ("import_nobody", Figures(survey.ValidLines, survey.RejectedLines));
        }
        if (force)
        {
            return null;
        }
        if (survey.RejectedLines > RejectsAlwaysTolerated && survey.RejectedLines > MostRejected * lines)
        {
            return ("import_too_many_rejects", Figures(survey.RejectedLines, lines));
        }
        if (previous is null)
        {
            return null;
        }
        if (survey.ValidLines < (1 - MostLost) * previous.Lines)
        {
            return ("import_much_smaller", Figures(survey.ValidLines, previous.Lines));
        }
        var vanished = previous
            .LinesByProfession()
            .Where(p => p.Lines >= LinesOfARealProfession && !survey.LinesByProfession.ContainsKey(p.Code))
            .Select(p => p.Code)
            .ToList();
        return vanished.Count > 0 ? ("import_profession_vanished", string.Join(", ", vanished)) : null;
    }

    private static string Figures(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{part}/{whole}");
}
