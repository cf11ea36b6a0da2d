using Parceo.Platform;

namespace Parceo.Feedback.Domain;

/// <summary>A patient in a line of a report.</summary>
internal static class PatientWords
{
    /// <summary>« Yvette Collin, Femme, 81 ans »</summary>
    public static string Of(PatientTraits p)
    {
        var sex = p.Sex switch
        {
            Sex.Female => p.Age < 18 ? "Fille" : "Femme",
            Sex.Male => p.Age < 18 ? "Garçon" : "Homme",
            _ => "Sexe non connu",
        };
        return $"{p.Name ?? "Patient non identifié"}, {sex}, {FrenchText.Count(p.Age, "an", "ans")}";
    }
}
