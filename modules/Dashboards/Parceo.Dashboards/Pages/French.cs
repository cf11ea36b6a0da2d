using Parceo.Dashboards.Domain;
using Parceo.Platform;

namespace Parceo.Dashboards.Pages;

/// <summary>Indicators, values and days as the pages write them (ui.md section 7).</summary>
internal static class French
{
    private const string Nb = "\u00A0",
        Thin = "\u202F";

    public static string Title(Indicator i) =>
        i switch
        {
            Indicator.Redirected => "Patients du SAS reçus en ville",
            Indicator.Delay => "Attente avant le soin",
            Indicator.Unfilled => "Demandes restées sans place",
            Indicator.Waves => "Réponses aux sollicitations",
            Indicator.NoShow => "Patients non venus",
            Indicator.Hours => "Heures offertes aux régulateurs",
            _ => "Comptes rendus au médecin traitant",
        };

    /// <summary>What it says, for whoever reads it for the first time.</summary>
    public static string Meaning(Indicator i) =>
        i switch
        {
            Indicator.Redirected => "Patients à qui un régulateur a donné un rendez-vous en ville, non annulé, comptés le jour du soin.",
            Indicator.Delay => "De l’appel au régulateur jusqu’au soin. La moitié des patients attend moins que ce chiffre.",
            Indicator.Unfilled =>
                "Part des demandes pour lesquelles personne n’a pu recevoir le patient, même après avoir sollicité tout le monde.",
            Indicator.Waves => "Part des professionnels sollicités qui ont accepté de recevoir le patient.",
            Indicator.NoShow =>
                "Part des patients attendus qui ne sont pas venus. Quand l’issue n’est pas connue, le rendez-vous n’est pas compté.",
            Indicator.Hours => "Heures que chaque médecin généraliste participant offre par semaine aux régulateurs, en moyenne.",
            _ => "Part des comptes rendus envoyés en 48" + Nb + "h au médecin traitant, quand il est connu et que le patient l’accepte.",
        };

    /// <summary>How it is counted, exactly.</summary>
    public static string Formula(Indicator i) =>
        i switch
        {
            Indicator.Redirected => "Rendez-vous pris et non annulés, au jour du soin",
            Indicator.Delay => "Médiane, de l’ouverture du dossier au début du soin",
            Indicator.Unfilled => "Dossiers sans place après la dernière vague ÷ (rendez-vous pris + dossiers sans place)",
            Indicator.Waves => "Acceptations ÷ professionnels sollicités",
            Indicator.NoShow => "Non venus ÷ (venus + non venus), issues inconnues à part",
            Indicator.Hours => "Heures publiées par médecin généraliste participant et par semaine",
            _ => "Retours envoyés sous 48" + Nb + "h ÷ patients venus dont le médecin traitant est connu, sans opposition",
        };

    /// <summary>What the figure counts.</summary>
    public static string Things(Indicator i, int n) =>
        FrenchText.Count(n)
        + Nb
        + (
            i switch
            {
                Indicator.Redirected => n > 1 ? "rendez-vous" : "rendez-vous",
                Indicator.Delay => n > 1 ? "dossiers" : "dossier",
                Indicator.Unfilled => n > 1 ? "demandes" : "demande",
                Indicator.Waves => n > 1 ? "sollicitations" : "sollicitation",
                Indicator.NoShow => "rendez-vous à l’issue connue",
                Indicator.Hours => n > 1 ? "médecins participants" : "médecin participant",
                _ => n > 1 ? "retours attendus" : "retour attendu",
            }
        );

    /// <summary>Its word in addresses.</summary>
    public static string Slug(Indicator i) =>
        i switch
        {
            Indicator.Redirected => "recus-en-ville",
            Indicator.Delay => "delais",
            Indicator.Unfilled => "sans-place",
            Indicator.Waves => "vagues",
            Indicator.NoShow => "non-venus",
            Indicator.Hours => "heures-visibles",
            _ => "retours",
        };

    public static Indicator? FromSlug(string? slug) =>
        Enum.GetValues<Indicator>().Where(i => Slug(i) == slug).Select(i => (Indicator?)i).FirstOrDefault();

    public static string Of(Scale scale) =>
        scale switch
        {
            Scale.Count => "nombre",
            Scale.Minutes => "minutes",
            Scale.Seconds => "secondes",
            Scale.Hours => "heures",
            _ => "part",
        };

    /// <summary>« 1 284 », « 2 h 10 », « 78 % », « 4,2 h », « 3 min 20 s ».</summary>
    public static string Value(double v, Scale scale) =>
        scale switch
        {
            Scale.Count => FrenchText.Count((int)Math.Round(v)),
            Scale.Minutes => Minutes((int)Math.Round(v)),
            Scale.Seconds => (int)Math.Round(v) is var s && s < 60 ? $"{s}{Nb}s"
            : s % 60 == 0 ? $"{s / 60}{Nb}min"
            : $"{s / 60}{Nb}min{Nb}{s % 60:00}{Nb}s",
            Scale.Hours => v.ToString("0.#", FrenchText.Culture) + Nb + "h",
            _ => (v * 100).ToString(v is > 0 and < 0.1 ? "0.#" : "0", FrenchText.Culture) + Thin + "%",
        };

    /// <summary>The value, or why there is none.</summary>
    public static string Value(Measure m, Scale scale) =>
        m.Value is { } v ? Value(v, scale)
        : m.Few ? "Moins de 11" + Nb + ": non affiché"
        : "Rien à compter";

    /// <summary>For narrow places.</summary>
    public static string Short(Measure m, Scale scale) =>
        m.Value is { } v ? Value(v, scale)
        : m.Few ? "<" + Nb + "11"
        : "–";

    /// <summary>« 12 % de plus », « 3 points de moins », « 20 min de moins », « Comme » la période d’avant; null when there is nothing to compare.</summary>
    public static (string Much, string Than)? Change(Measure now, Measure before, Scale scale)
    {
        if (now.Value is not { } n || before.Value is not { } b)
            return null;
        var diff = n - b;
        var size = scale switch
        {
            Scale.Count => b == 0 ? null
            : Math.Round(Math.Abs(diff) / b * 100) is var p && p > 0 ? FrenchText.Count((int)p) + Thin + "%"
            : "",
            Scale.Share => Math.Round(Math.Abs(diff) * 100, 1) is var p && p > 0
                ? p.ToString("0.#", FrenchText.Culture) + Nb + (p >= 2 ? "points" : "point")
                : "",
            Scale.Hours => Math.Round(Math.Abs(diff), 1) is var h && h > 0 ? h.ToString("0.#", FrenchText.Culture) + Nb + "h" : "",
            _ => Math.Abs(Math.Round(diff)) > 0 ? Value(Math.Abs(diff), scale) : "",
        };
        return size switch
        {
            null => null,
            "" => ("Comme", ""),
            _ => ($"{size} de {(diff > 0 ? "plus" : "moins")}", "que "),
        };
    }

    public static string Part(string key) =>
        key switch
        {
            "p90" => "9 patients sur 10 attendent moins de",
            "within48h" => $"Vus dans les 48{Nb}h",
            "answer" => "La moitié répond en moins de",
            "unknown" => "Venus ou non, on ne sait pas",
            "pending" => "Encore dans les 48" + Nb + "h",
            "reached" => $"Semaines à 2{Nb}h ou plus",
            "wave0" => "Professionnel habituel",
            _ => $"Vague{Nb}{key[^1]}",
        };

    public static string Status(string status) =>
        status switch
        {
            "booked" => "Rendez-vous pris",
            "fulfilled" => "Patient venu",
            "noshow" => "Patient non venu",
            "unknown" => "Issue inconnue",
            "unfilled" => "Sans place",
            "accepted" => "Sollicitation acceptée",
            "asked" => "Sollicitation sans suite",
            "published" => "Créneau publié",
            "in_time" => "Retour sous 48" + Nb + "h",
            "late" => "Retour en retard",
            _ => "Retour en attente",
        };

    /// <summary>« novembre 2026 », « 4e trimestre 2026 », « 2026 », « du 3 au 23 novembre 2026 ».</summary>
    public static string Name(Period p) =>
        p.Name switch
        {
            { Length: 4 } year => year,
            { } q when q.Contains('T', StringComparison.Ordinal) => $"{(q[6] == '1' ? "1er" : q[6] + "e")} trimestre {q[..4]}",
            { } => FrenchText.Month(p.From),
            _ => Days(p.From, p.To),
        };

    /// <summary>« du 1er au 23 octobre 2026 ».</summary>
    public static string Days(DateOnly from, DateOnly to) =>
        from == to
            ? "le " + FrenchText.Date(to)
            : $"du {(from.Year != to.Year ? FrenchText.Date(from) : from.Month != to.Month ? FrenchText.Day(from) : FrenchText.Day(from).Split(' ')[0])} au {FrenchText.Date(to)}";

    public static string ShortMonth(DateOnly month) => month.ToString("MMM", FrenchText.Culture);

    private static string Minutes(int m) =>
        m < 60 ? $"{m}{Nb}min"
        : m % 60 == 0 ? $"{m / 60}{Nb}h"
        : $"{m / 60}{Nb}h{Nb}{m % 60:00}";
}
