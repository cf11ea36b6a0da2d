using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Says no to a role that waits (S25), or takes one's own proposal back; of an invitation, the invitation itself.</summary>
internal static class RefuseRole
{
    /// <param name="Id">Of the proposal or of the invitation.</param>
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(Guid Id) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).NotEmpty();
    }

    public sealed class Handler(AccessDb db, ICurrentUser user, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var proposed = await db.ProposedRoles.SingleOrDefaultAsync(
                r => r.Id == command.Id && r.OrganisationId == user.OrganisationId && r.SettledAt == null,
                ct
            );
            if (proposed is not null)
            {
                proposed.Refuse(now);
                note.About("proposed_role", proposed.Id);
                return Unit.Value;
            }
            var link = await db.Links.SingleOrDefaultAsync(
                l => l.Id == command.Id && l.OrganisationId == user.OrganisationId && l.Purpose == LinkPurpose.Invitation,
                ct
            );
            if (link is not { Waits: true })
                throw new NotFoundException("proposal_unknown");
            link.Withdraw(now);
            note.About("invitation", link.Id);
            return Unit.Value;
        }
    }
}
