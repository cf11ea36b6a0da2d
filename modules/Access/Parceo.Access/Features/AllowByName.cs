using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;
using Parceo.Platform.Sending;

namespace Parceo.Access.Features;

/// <summary>
/// A professional lets one of their delegates do, by name, what nobody else may open (to read the reports addressed to them);
/// or no longer. The rest of the delegation stays as it is.
/// </summary>
internal static class AllowByName
{
    /// <param name="DelegationId">A live delegation for the caller.</param>
    /// <param name="Actions">Personal ones that are allowed from now on; those left out end.</param>
    [OpenToSignedIn("By the professional concerned, checked in the handler.")]
    public sealed record Command(Guid DelegationId, IReadOnlyList<string> Actions) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(PermissionCatalog permissions)
        {
            RuleFor(c => c.DelegationId).NotEmpty();
            RuleForEach(c => c.Actions)
                .Must(a => permissions.Delegable.Any(d => d.Permission == a && d.Personal))
                .WithMessage("permission_unknown");
        }
    }

    public sealed class Handler(
        AccessDb db,
        RecentProof recent,
        PermissionCatalog permissions,
        ICurrentUser user,
        AuditNote note,
        TimeProvider clock
    ) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            var found = db.Delegations.Where(d => d.Id == command.DelegationId && d.OrganisationId == user.OrganisationId);
            await db.Claim(await found.Select(d => d.DelegateId).SingleOrDefaultAsync(ct), ct);
            var now = clock.GetUtcNow();
            var delegation = await found.SingleOrDefaultAsync(d => d.Until > now, ct);
            if (
                delegation is null
                || !await db.People.AnyAsync(p => p.Id == user.Id && p.DirectoryPersonId == delegation.PractitionerId, ct)
            )
                throw new NotFoundException("delegation_unknown");
            var personal = permissions.Delegable.Where(d => d.Personal).Select(d => d.Permission).ToList();
            delegation.Allow(delegation.ActionNames.Except(personal).Concat(command.Actions.Distinct()).ToList());
            note.About("delegation", delegation.Id);
            return Unit.Value;
        }
    }
}
