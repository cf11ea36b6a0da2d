using Parceo.Platform.Events;
using Parceo.Regulation.Contracts;
using Parceo.Regulation.Data;
using Parceo.Regulation.Services;

namespace Parceo.Regulation.Reactions;

/// <summary>The last answer of a wave ends it early: a patient does not wait for a clock when everybody has said no.</summary>
internal sealed class OnInvitationAnswered(ConcernedOrientation concerned, TimeProvider clock) : IReaction<InvitationAnswered, RegulationDb>
{
    public async Task Handle(InvitationAnswered e, CancellationToken ct)
    {
        if (e.Answer == "declined" && await concerned.Of(e.OrientationId, e.OrganisationId, ct) is var (orientation, _))
            orientation.NoteAllAnswered(clock.GetUtcNow());
    }
}
