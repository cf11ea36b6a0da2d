using MediatR;
using Parceo.Platform;
using Parceo.Regulation.Features;

namespace Parceo.Regulation.Pages;

/// <summary>Cases by their number, in the palette.</summary>
internal sealed class CasesSource(ISender sender) : PaletteSource
{
    public override async Task<IReadOnlyList<PaletteHit>> Find(string words, CancellationToken ct) =>
        words.Any(char.IsAsciiDigit) && words.Length <= 64
            ?
            [
                .. (await sender.Send(new FindCases.Query(words, Most), ct)).Select(o => new PaletteHit(
                    "clipboard-check",
                    $"Dossier {o.CaseReference}",
                    $"{French.Of(o.Reason)} · {French.Of(o.State)}",
                    $"/soins-non-programmes/orientations/{o.Id}"
                )),
            ]
            : [];
}
