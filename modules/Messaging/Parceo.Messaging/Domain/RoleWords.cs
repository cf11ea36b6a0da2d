using Parceo.Platform;

namespace Parceo.Messaging.Domain;

/// <summary>A profession as people write to it.</summary>
/// <param name="Code">Of the national nomenclature.</param>
/// <param name="Plural">« Infirmiers ».</param>
/// <param name="Words">What people call it, folded.</param>
internal sealed record WrittenRole(string Code, string Plural, params string[] Words);

/// <summary>Reads « IDEL de Metz », « pharmaciens du Val », « médecin de garde ».</summary>
internal static class RoleWords
{
    private static readonly WrittenRole[] Known =
    [
        new("10", "Médecins", "medecin", "docteur", "generaliste"),
        new("60", "Infirmiers", "infirmier", "infirmiere", "idel", "ide"),
        new("21", "Pharmaciens", "pharmacien", "pharmacienne", "pharmacie"),
        new("70", "Masseurs-kinésithérapeutes", "kine", "kinesitherapeute", "masseur", "mk"),
        new("50", "Sages-femmes", "sage", "sages"),
        new("40", "Chirurgiens-dentistes", "dentiste", "chirurgien"),
        new("80", "Pédicures-podologues", "pedicure", "podologue"),
        new("91", "Orthophonistes", "orthophoniste"),
        new("92", "Orthoptistes", "orthoptiste"),
        new("94", "Ergothérapeutes", "ergotherapeute", "ergo"),
        new("95", "Diététiciens", "dieteticien", "dieteticienne"),
        new("93", "Psychologues", "psychologue"),
    ];

    private static readonly string[] Small =
    [
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "a",
        "au",
        "en",
        "et",
        "dans",
        "sur",
        "secteur",
        "femme",
        "femmes",
        "therapeute",
        "podologues",
        "dentistes",
    ];

    /// <summary>What is asked for.</summary>
    /// <param name="Role">Null when it is whoever is on duty.</param>
    /// <param name="Duty">On duty now.</param>
    /// <param name="Place">Remaining words: a commune, an organisation, or nothing.</param>
    public readonly record struct Asked(WrittenRole? Role, bool Duty, string Place);

    /// <summary>By code.</summary>
    public static WrittenRole? Of(string code) => Array.Find(Known, k => k.Code == code);

    /// <summary>Null when the text names no role: a person's name, most often.</summary>
    public static Asked? Read(string text)
    {
        var words = TextRules
            .Fold(text)
            .Split([' ', '-', '’', '\'', ',', '.'], StringSplitOptions.RemoveEmptyEntries)
            .Where(w => !Small.Contains(w))
            .ToList();
        var duty = words.RemoveAll(w => w is "garde" or "gardes" or "astreinte") > 0;
        var role = words.Select(RoleOf).FirstOrDefault(r => r is not null);
        if (role is null && !duty)
            return null;
        words.RemoveAll(w => role is not null && RoleOf(w) == role);
        return new Asked(role, duty, string.Join(' ', words));
    }

    // As soon as four letters are written; short ones whole.
    private static WrittenRole? RoleOf(string word) =>
        Array.Find(Known, k =>
            k.Words.Any(w => word == w || word == w + "s" || (word.Length >= 4 && w.StartsWith(word, StringComparison.Ordinal)))
        );
}
