using MediatR;
using Parceo.Access.Features;
using Parceo.Platform;

namespace Parceo.Access.Pages;

/// <summary>On « À traiter »: what the first days of an organisation still lack.</summary>
internal sealed class FirstDayPart(ISender sender, ICurrentUser user) : HomePart
{
    public override Task<int> Count(CancellationToken ct) => sender.Send(new CountFirstSteps.Query(), ct);

    public override async Task<IReadOnlyList<HomeItem>> List(CancellationToken ct)
    {
        if (await Count(ct) == 0)
            return [];
        var start = await sender.Send(new ShowFirstSteps.Query(), ct);
        return
        [
            new HomeItem(
                user.OrganisationId,
                "list-check",
                $"Mettre en route {start.Organisation}",
                FrenchText.Count(start.Steps.Count(s => s is { IsMine: true, IsDone: not true }), "étape reste", "étapes restent"),
                "/administration",
                "Continuer"
            ),
        ];
    }
}
