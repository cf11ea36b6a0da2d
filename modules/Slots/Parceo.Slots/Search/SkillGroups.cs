namespace Parceo.Slots.Search;

/// <summary>Specialty as asked for → code as stored with a range: the group of general practice, else a NOS code of specialty or profession.</summary>
internal static class SkillGroups
{
    /// <summary>The group of general practice.</summary>
    public const string GeneralPractice = "MEDECINE_GENERALE";

    // The three NOS codes of general practice (TRE_R38) are one group; other codes stand for themselves.
    private static readonly HashSet<string> GeneralPracticeCodes = new(StringComparer.OrdinalIgnoreCase)
    {
        "SM26",
        "SM53",
        "SM54",
        "generaliste",
        "medecine-generale",
    };

    /// <summary>Null stays null: all.</summary>
    public static string? Of(string? skill) =>
        string.IsNullOrWhiteSpace(skill) ? null
        : GeneralPracticeCodes.Contains(skill.Trim()) ? GeneralPractice
        : skill.Trim().ToUpperInvariant().Replace(' ', '_');
}
