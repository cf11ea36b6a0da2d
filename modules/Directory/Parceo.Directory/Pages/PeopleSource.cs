using MediatR;
using Parceo.Directory.Features;
using Parceo.Platform;

namespace Parceo.Directory.Pages;

/// <summary>Professionals, in the palette.</summary>
internal sealed class PeopleSource(ISender sender) : PaletteSource
{
    public override async Task<IReadOnlyList<PaletteHit>> Find(string words, CancellationToken ct) =>
        [
            .. (await sender.Send(new SuggestPeople.Query(words), ct))
                .Take(Most)
                .Select(p => new PaletteHit("user", p.Text, p.Detail, $"/annuaire/{p.Value}")),
        ];
}
