using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>Ends a delegation at once (S20): by an administrator, or by the professional it was given for.</summary>
internal static class RevokeDelegation
{
    [OpenToSignedIn("By the professional concerned or an administrator, checked in the handler.")]
    public sealed record Command(Guid DelegationId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.DelegationId).NotEmpty();
    }

    public sealed class Handler(AccessDb db, ICurrentUser user, AuditNote note, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var delegation = await db.Delegations.SingleOrDefaultAsync(
                d => d.Id == command.DelegationId && d.OrganisationId == user.OrganisationId && d.Until > now,
                ct
            );
            var own =
                delegation is not null
                && await db.People.AnyAsync(p => p.Id == user.Id && p.DirectoryPersonId == delegation.PractitionerId, ct);
            if (delegation is null || (!own && !user.Can(AccessPermissions.ManagePeople)))
                throw new NotFoundException("delegation_unknown");
            delegation.Revoke(now);
            note.About("delegation", delegation.Id);
            return Unit.Value;
        }
    }
}
