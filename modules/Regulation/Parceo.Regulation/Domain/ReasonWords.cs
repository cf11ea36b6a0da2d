using Parceo.Platform;
using Parceo.Regulation.Contracts;

namespace Parceo.Regulation.Domain;

/// <summary>Why a patient is to be seen and what the regulators noted, as people read it: on the case, and by who receives them.</summary>
internal static class ReasonWords
{
    /// <summary>« Gorge, oreille, nez »</summary>
    public static string Of(ReasonClass r) =>
        r switch
        {
            ReasonClass.Fever => "Fièvre, infection",
            ReasonClass.Ent => "Gorge, oreille, nez",
            ReasonClass.Respiratory => "Toux, respiration",
            ReasonClass.Digestive => "Ventre, digestion",
            ReasonClass.Urinary => "Brûlures urinaires",
            ReasonClass.Musculoskeletal => "Dos, articulations, entorse",
            ReasonClass.Wound => "Plaie, brûlure",
            ReasonClass.Skin => "Peau, éruption",
            ReasonClass.Eye => "Œil",
            ReasonClass.Mental => "Anxiété, humeur, crise",
            ReasonClass.LossOfAutonomy => "Chute, perte d’autonomie",
            ReasonClass.Renewal => "Renouvellement urgent",
            ReasonClass.Death => "Décès à constater",
            _ => "Autre motif",
        };

    /// <summary>The class with its words in the first line, and a line for each thing noted beside.</summary>
    public static string Of(CareKind kind, ReasonClass reason, ClinicalDetails d) =>
        string.Join(
            '\n',
            [$"{Of(reason)}{(d.Text is null ? "" : $"\u00A0: {d.Text}")}", .. Noted(kind, d).Select(n => $"{n.Label}\u00A0: {n.Text}")]
        );

    /// <summary>« Suivi en place », « CMP de Metz »: what was noted beside the words of the reason.</summary>
    public static IEnumerable<(string Label, string Text)> Noted(CareKind kind, ClinicalDetails d)
    {
        if (d.FollowedBy is { } by)
            yield return ("Suivi en place", by);
        if (d.Accompanied is { } with)
            yield return ("Accompagné", with ? "Oui" : "Non");
        if (d.Lives is { } lives)
            yield return (
                kind == CareKind.HomeDeathCertificate ? "Lieu du décès" : "Vit",
                lives switch
                {
                    "home" => "À domicile",
                    "ehpad" => "En Ehpad",
                    _ => "Ailleurs",
                }
            );
        if (d.Gir is { } gir)
            yield return ("GIR", gir.ToString(FrenchText.Culture));
        if (d.BedConfirmedBy is { } bed)
            yield return ("Lit confirmé par", bed);
        if (d.FoundAt is { } found)
            yield return ("Découverte", found);
        if (d.NoObstacle == true)
            yield return ("Obstacle médico-légal", "Aucun signalé");
    }
}
