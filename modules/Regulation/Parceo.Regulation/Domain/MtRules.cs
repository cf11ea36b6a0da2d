namespace Parceo.Regulation.Domain;

/// <summary>What answers the MT question (W1.2): a known MT to be tried, a known one and why not, or why there is none.</summary>
internal static class MtRules
{
    public static bool Fits(Guid? mt, MtReason? reason) => Problem(mt, reason) == "";

    public static string Problem(Guid? mt, MtReason? reason) =>
        (mt, reason) switch
        {
            (null, null) => "mt_answer_missing",
            (null, MtReason.Unavailable48h) or (not null, MtReason.None or MtReason.Unknown) => "mt_answer_invalid",
            _ => "",
        };
}
