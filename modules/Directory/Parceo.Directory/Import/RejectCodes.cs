namespace Parceo.Directory.Import;

/// <summary>Stable names of <see cref="RejectReason"/>, and their French texts in reports.</summary>
internal static class RejectCodes
{
    private static readonly (RejectReason Reason, string Code, string Text)[] All =
    [
        (RejectReason.FieldCount, "field_count", "Nombre de champs différent de celui de l’en-tête"),
        (RejectReason.TooLong, "too_long", "Ligne plus longue que toute ligne réelle"),
        (RejectReason.IdentifierType, "identifier_type", "Type d’identifiant autre que RPPS (8) ou ADELI (0)"),
        (RejectReason.Rpps, "rpps", "Numéro RPPS faux : 11 chiffres et une clé de contrôle"),
        (RejectReason.Adeli, "adeli", "Numéro ADELI faux : 9 caractères et une clé de contrôle"),
        (RejectReason.NationalId, "national_id", "Identification nationale différente du type et de l’identifiant"),
        (RejectReason.Name, "name", "Nom d’exercice absent"),
    ];

    /// <summary>The code stored and given to programs.</summary>
    public static string Of(RejectReason reason) => All.First(r => r.Reason == reason).Code;

    /// <summary>The sentence for a code.</summary>
    public static string Text(string code) => All.FirstOrDefault(r => r.Code == code).Text ?? code;
}
