using MediatR;
using Parceo.Platform;
using Parceo.Regulation.Domain;
using Parceo.Regulation.Features;

namespace Parceo.Regulation.Pages;

/// <summary>On « À traiter »: who asks now for a patient to be seen. Answered on its own page, where the hours to choose from are.</summary>
internal sealed class InvitationsPart(ISender sender, ICurrentUser user, TimeProvider clock) : HomePart
{
    public override Task<int> Count(CancellationToken ct) => sender.Send(new CountInvitations.Query(), ct);

    public override async Task<IReadOnlyList<HomeItem>> List(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var asked = (await sender.Send(new ListInvitations.Query(Most), ct)).Invitations;
        return
        [
            .. asked
                .Where(x => x.State == InvitationState.Sent && x.Deadline > now)
                .OrderBy(x => x.Deadline)
                .Select(x => new HomeItem(
                    x.InvitationId,
                    "broadcast",
                    $"Pouvez-vous recevoir{'\u202F'}? {French.Of(x.Reason)}",
                    $"{(user.Rights.Roles.Contains(Roles.Delegate) ? x.PractitionerName + " · " : "")}{French.Ages(x.AgeFrom, x.AgeTo)} · {x.Commune}, {FrenchText.Distance(x.DistanceKm)}",
                    "/soins-non-programmes/sollicitations",
                    "Répondre"
                )
                {
                    Due = x.Deadline,
                    Urgent = true,
                }),
        ];
    }
}
