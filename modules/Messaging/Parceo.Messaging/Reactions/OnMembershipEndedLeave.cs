using Parceo.Access.Contracts;
using Parceo.Messaging.Data;
using Parceo.Messaging.Services;
using Parceo.Platform.Events;

namespace Parceo.Messaging.Reactions;

/// <summary>Who no longer works somewhere leaves what they took part in as its member (S24).</summary>
internal sealed class OnMembershipEndedLeave(ConversationLog log) : IReaction<MembershipEnded, MessagingDb>
{
    public Task Handle(MembershipEnded e, CancellationToken ct) => log.LeaveOrganisation(e.PersonId, e.OrganisationId, ct);
}
