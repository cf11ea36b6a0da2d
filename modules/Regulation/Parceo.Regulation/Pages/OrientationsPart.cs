using MediatR;
using Parceo.Platform;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;

namespace Parceo.Regulation.Pages;

/// <summary>On « À traiter »: the demands that move no further by themselves.</summary>
internal sealed class OrientationsPart(ISender sender) : HomePart
{
    public override Task<int> Count(CancellationToken ct) => sender.Send(new CountWaitingOrientations.Query(), ct);

    public override async Task<IReadOnlyList<HomeItem>> List(CancellationToken ct) =>
        [
            .. (await sender.Send(new ListWaitingOrientations.Query(Most), ct)).Select(o => new HomeItem(
                o.Id,
                o.State == OrientationState.Unfilled ? "alert-circle" : "clipboard-check",
                $"{French.Of(o.Reason)}, {French.Who(o.Sex, o.Age)}",
                $"{French.Of(o.State)} · {o.LocationLabel} · {o.CaseReference}",
                $"/soins-non-programmes/orientations/{o.Id}",
                "Reprendre"
            )
            {
                Due = o.WantedBefore,
                Urgent = o.State == OrientationState.Unfilled,
            }),
        ];
}
