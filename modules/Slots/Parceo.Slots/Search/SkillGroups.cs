namespace Parceo.Slots.Search;

/// <summary>Specialty as asked for → group as stored with a range.</summary>
internal static class SkillGroups
{
    /// <summary>The group of general practice.</summary>
    public const string GeneralPractice = "MEDECINE_GENERALE";

    // The three NOS codes of general practice (TRE_R38) are one group; other codes stand for themselves.
    private static readonly HashSet<string> GeneralPracticeCodes = new(StringComparer.OrdinalIgnoreCase) { "SM26", "SM53", "SM54", "generaliste", "medecine-generale" };

    /// <summary>Null stays null: all.</summary>
    public static string? Of(string? skill) => string.IsNullOrWhiteSpace(skill) ? null
        : GeneralPracticeCodes.Contains(skill.Trim()) ? GeneralPractice : skill.Trim().ToUpperInvariant().Replace(' ', '_');
}
