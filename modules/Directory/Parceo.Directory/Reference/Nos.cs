namespace Parceo.Directory.Reference;

/// <summary>A profession of the directory (TRE_G15, R94, R95, R291).</summary>
/// <param name="Code">Code in the national file.</param>
/// <param name="Label">Label of the nomenclature.</param>
/// <param name="Group">Our grouping, not a national datum: MEDICALE, AUXILIAIRE_MEDICAL, PHARMACIE, SOCIAL…</param>
/// <param name="IsCurrent">False for codes withdrawn from the nomenclature.</param>
/// <param name="Feminine">Of a woman; the label itself where both are one word.</param>
internal sealed record Profession(string Code, string Label, string Group, bool IsCurrent, string Feminine);

/// <summary>A savoir-faire: ordinal specialty, competence, capacity, qualified function…</summary>
/// <param name="Code">Code in the national file (« SM54 »).</param>
/// <param name="Label">Label of the nomenclature.</param>
/// <param name="Type">S, C, CEX, CAPA, FQ…</param>
/// <param name="ProfessionCode">The profession it belongs to.</param>
/// <param name="Group">Our grouping: MEDECINE_GENERALE for SM26, SM53 and SM54.</param>
internal sealed record KnownSkill(string Code, string Label, string Type, string ProfessionCode, string Group);

/// <summary>
/// Labels of the Nomenclature des Objets de Santé (ANS). Codes are the keys; a code that is not here keeps the label
/// the file gave it, for codes appear every year.
/// </summary>
internal sealed class Nos
{
    /// <summary>Group of the general practitioners. A physician without savoir-faire is not one of them.</summary>
    public const string GeneralPractice = "MEDECINE_GENERALE";

    private readonly Dictionary<string, Profession> professions = EmbeddedCsv
        .Read("nos-professions.csv")
        .Select(row => new Profession(row[0], row[1], row[4], row[3] == "actif", row[7].Length > 0 ? row[7] : row[1]))
        .ToDictionary(p => p.Code, StringComparer.Ordinal);

    private readonly Dictionary<string, KnownSkill> skills = EmbeddedCsv
        .Read("nos-specialites.csv")
        .Select(row => new KnownSkill(row[0], row[1], row[2], row[4], row[6]))
        .ToDictionary(s => s.Code, StringComparer.Ordinal);

    private readonly Dictionary<(string System, string Code), string> others = EmbeddedCsv
        .Read("nos-autres.csv")
        .ToDictionary(row => (row[0].Split('-')[0], row[1]), row => row[2]);

    /// <summary>All professions, current ones first.</summary>
    public IEnumerable<Profession> Professions => professions.Values.OrderByDescending(p => p.IsCurrent);

    /// <summary>All savoir-faire.</summary>
    public IEnumerable<KnownSkill> Skills => skills.Values;

    /// <summary>A profession, or null for an unknown code.</summary>
    public Profession? Profession(string code) => professions.GetValueOrDefault(code);

    /// <summary>A savoir-faire, or null for an unknown code.</summary>
    public KnownSkill? Skill(string code) => skills.GetValueOrDefault(code);

    /// <summary>Codes of a group of savoir-faire, or the code itself when it is no group's name.</summary>
    public IReadOnlyList<string> SkillCodes(string codeOrGroup) =>
        skills.Values.Where(s => string.Equals(s.Group, codeOrGroup, StringComparison.OrdinalIgnoreCase)).Select(s => s.Code).ToList()
            is { Count: > 0 } group
            ? group
            : [codeOrGroup.ToUpperInvariant()];

    /// <summary>Codes of the professions somebody names by code or label; the text itself when it is neither, so that nobody is found.</summary>
    public IReadOnlyList<string> ProfessionCodes(string text)
    {
        var key = Domain.Folding.Fold(text);
        return
            professions.ContainsKey(text)
            || professions.Values.Where(p => Domain.Folding.Fold(p.Label) == key).Select(p => p.Code).ToList() is not { Count: > 0 } named
            ? [text]
            : named;
    }

    /// <summary>Label of a code of another system (« TRE_R02 » sector, « TRE_R21 » role, « TRE_R23 » mode…), or null.</summary>
    public string? Label(string system, string code) => others.GetValueOrDefault((system, code));

    /// <summary>Label of somebody's profession, which agrees with them: ours, else the received one, else the code.</summary>
    /// <param name="civility">As the national file has it: MME and MLLE are « Infirmière ».</param>
    public string ProfessionLabel(string code, string? received, string civility) =>
        (civility is "MME" or "MLLE" ? Profession(code)?.Feminine : Profession(code)?.Label)
        ?? received
        ?? (code.Length > 0 ? $"Profession {code}" : "Profession non précisée");

    /// <summary>Label of a savoir-faire: ours, else the received one, else the code.</summary>
    public string SkillLabel(string code, string? received) => Skill(code)?.Label ?? received ?? code;

    /// <summary>Codes of professions and savoir-faire whose label has a word beginning with each word of a folded text.</summary>
    public (IReadOnlyList<string> Professions, IReadOnlyList<string> Skills) Meaning(string key)
    {
        var words = key.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 || words.All(w => w.Length < 4)
            ? ([], [])
            : (
                [.. professions.Values.Where(p => Fits(p.Label, words)).Select(p => p.Code)],
                [.. skills.Values.Where(s => Fits(s.Label, words)).Select(s => s.Code)]
            );
    }

    private static bool Fits(string label, string[] words)
    {
        var key = " " + Domain.Folding.Fold(label);
        return words.All(w => key.Contains(" " + w, StringComparison.Ordinal));
    }
}
