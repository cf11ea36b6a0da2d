using Parceo.Access.Contracts;
using Parceo.Platform;

namespace Parceo.Messaging.Domain;

/// <summary>Finds people of one's own organisation as colleagues call them: by name, by what they do there, with a letter wrong.</summary>
internal static class FunctionWords
{
    private const int ShortestBeginning = 3;

    private static readonly Dictionary<string, string[]> Words = new()
    {
        [Roles.Coordinator] = ["coordinateur", "coordinatrice", "coordination"],
        [Roles.Treasurer] = ["tresorier", "tresoriere", "tresorerie", "bureau"],
        [Roles.ProjectLead] = ["chef", "cheffe", "pilote", "projet"],
        [Roles.Delegate] = ["secretaire", "secretariat", "assistant", "assistante", "delegue", "deleguee"],
        [Roles.SupportCoordinator] = ["dac", "coordinateur", "coordinatrice", "coordination", "appui", "parcours"],
        [Roles.CoordinationNurse] = ["infirmier", "infirmiere", "coordination", "idec"],
        [Roles.SocialProfessional] = ["assistant", "assistante", "travailleur", "travailleuse", "social", "sociale"],
        [Roles.PrivacyOfficer] = ["dpo", "delegue", "deleguee", "protection", "donnees"],
    };

    private static readonly string[] Small = ["de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "en", "et"];

    /// <summary>What somebody is in their organisation, besides a professional; null when nothing more is to say.</summary>
    public static string? Of(IReadOnlyCollection<string> roles) =>
        RoleText.First([.. roles.Where(Words.ContainsKey)]) is { Length: > 0 } name ? name : null;

    /// <summary>Whether each word typed is of their name or of what they do.</summary>
    public static bool Mean(string typed, string name, IReadOnlyCollection<string> roles)
    {
        var asked = TextRules.WordsOfName(typed).Except(Small).ToList();
        var known = TextRules.WordsOfName(name);
        var does = roles.SelectMany(r => Words.GetValueOrDefault(r) ?? []).ToList();
        return asked.Count > 0
            && asked.TrueForAll(word =>
                known.Any(k => k.StartsWith(word, StringComparison.Ordinal) || Close(word, k))
                || does.Exists(d => (word.Length >= ShortestBeginning && d.StartsWith(word, StringComparison.Ordinal)) || Close(word, d))
            );
    }

    private static bool Close(string word, string known) => word.Length >= OneEdit.ShortestWord && OneEdit.IsClose(word, known);
}
