using MediatR;
using Parceo.Access.Features;
using Parceo.Platform;

namespace Parceo.Access.Pages;

/// <summary>On « À traiter » of an administrator: roles that another one gives and that wait for them (S25).</summary>
internal sealed class ProposedRolesPart(ISender sender) : HomePart
{
    public override Task<int> Count(CancellationToken ct) => sender.Send(new CountProposedRoles.Query(), ct);

    public override async Task<IReadOnlyList<HomeItem>> List(CancellationToken ct)
    {
        if (await Count(ct) == 0)
            return [];
        return
        [
            .. (await sender.Send(new ListProposedRoles.Query(), ct))
                .Where(r => !r.ByMe && !r.IsMine)
                .Take(Most)
                .Select(r => new HomeItem(
                    r.Id,
                    "user-check",
                    $"{r.Name}, {FrenchText.Small(RoleText.Of(r.Role))}",
                    r.By.Length > 0 ? $"Proposé par {r.By}, à confirmer" : "À confirmer",
                    "/administration/roles",
                    "Confirmer"
                )),
        ];
    }
}
