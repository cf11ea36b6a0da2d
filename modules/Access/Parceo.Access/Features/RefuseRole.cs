using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Says no to a role that waits (S25), or takes one's own proposal back. Of an invitation that is <see cref="WithdrawInvitation"/>.</summary>
internal static class RefuseRole
{
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
            var proposed = await ListProposedRoles.Proposals(db, user.OrganisationId, now).SingleOrDefaultAsync(r => r.Id == command.Id, ct)
                ?? throw new NotFoundException("proposal_unknown");
            proposed.Refuse(now);
            await db.TellOfSettlement(proposed.OrganisationId, ct);
            note.About("proposed_role", proposed.Id);
            return Unit.Value;
        }
    }
}
