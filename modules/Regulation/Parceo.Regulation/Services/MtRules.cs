using Parceo.Directory.Contracts;
using Parceo.Platform;
using Parceo.Regulation.Domain;

namespace Parceo.Regulation.Services;

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

    /// <exception cref="InvalidException"><c>mt_unknown</c></exception>
    public static async Task<string?> NameOf(Guid? mt, ISender sender, CancellationToken ct) =>
        mt is not { } id
            ? null
            : (await sender.Send(new GetPractitioners.Query([id]), ct)).SingleOrDefault()?.Name
                ?? throw InvalidException.Of("mt.practitionerId", "mt_unknown");
}
