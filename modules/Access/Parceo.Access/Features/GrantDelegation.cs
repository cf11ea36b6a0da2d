using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Sending;

namespace Parceo.Access.Features;

/// <summary>
/// Lets a delegate act for a professional of the same organisation (S20): named actions, at most 12 months. What only the
/// professional grants by name is not given here (<see cref="AllowByName"/>).
/// </summary>
internal static class GrantDelegation
{
    /// <param name="DelegateId">Who acts: a member with the role of delegate.</param>
    /// <param name="PractitionerId">For whom: directory id of a member.</param>
    /// <param name="Actions">Permissions that can be delegated, without the personal ones.</param>
    /// <param name="Until">End, at most 12 months ahead.</param>
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(Guid DelegateId, Guid PractitionerId, IReadOnlyList<string> Actions, DateTimeOffset Until)
        : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(PermissionCatalog permissions)
        {
            RuleFor(c => c.DelegateId).NotEmpty();
            RuleFor(c => c.PractitionerId).NotEmpty();
            RuleFor(c => c.Actions).NotEmpty().WithMessage("actions_needed");
            RuleForEach(c => c.Actions)
                .Must(a => permissions.Delegable.Any(d => d.Permission == a))
                .WithMessage("permission_unknown")
                .Must(a => !permissions.Delegable.Any(d => d.Permission == a && d.Personal))
                .WithMessage("granted_by_name_only");
        }
    }

    public sealed class Handler(AccessDb db, RecentProof recent, ICurrentUser user, IIds ids, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            await db.Claim(command.DelegateId, ct);
            var now = clock.GetUtcNow();
            if (!Delegation.IsShortEnough(now, command.Until))
                throw InvalidException.Of("until", "delegation_too_long");
            var live = db.Memberships.Where(m =>
                m.OrganisationId == user.OrganisationId && m.From <= now && (m.Until == null || now < m.Until)
            );
            if (!await live.AnyAsync(m => m.PersonId == command.DelegateId && m.Role == Roles.Delegate, ct))
                throw new ConflictException("not_a_delegate");
            if (!await live.AnyAsync(m => db.People.Any(p => p.Id == m.PersonId && p.DirectoryPersonId == command.PractitionerId), ct))
                throw new NotFoundException("practitioner_elsewhere");
            foreach (
                var earlier in await db
                    .Delegations.Where(d =>
                        d.DelegateId == command.DelegateId
                        && d.PractitionerId == command.PractitionerId
                        && d.OrganisationId == user.OrganisationId
                        && d.Until > now
                    )
                    .ToListAsync(ct)
            )
                earlier.Revoke(now);
            var delegation = new Delegation(
                ids.New(),
                command.DelegateId,
                command.PractitionerId,
                user.OrganisationId,
                command.Actions,
                now,
                command.Until
            );
            db.Delegations.Add(delegation);
            note.About("delegation", delegation.Id);
            return Unit.Value;
        }
    }
}
