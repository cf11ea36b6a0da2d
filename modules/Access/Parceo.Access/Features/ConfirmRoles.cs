using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>The second administrator says yes to roles that another one gives (S25), with a recent proof (S10); never to one's own.</summary>
internal static class ConfirmRoles
{
    /// <param name="Ids">Of proposals and invitations.</param>
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(IReadOnlyList<Guid> Ids) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Ids).NotEmpty().WithMessage("nothing_chosen");
            RuleFor(c => c.Ids).Must(i => i is null || i.Count <= 200).WithMessage("too_many_at_once");
        }
    }

    public sealed class Handler(AccessDb db, RecentProof recent, ICurrentUser user, IIds ids, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            var now = clock.GetUtcNow();
            var wanted = command.Ids.Distinct().ToList();
            var proposed = await db
                .ProposedRoles.Where(r => wanted.Contains(r.Id) && r.OrganisationId == user.OrganisationId && r.SettledAt == null)
                .ToListAsync(ct);
            var invited = await ListProposedRoles
                .InvitationsThatWait(db, user.OrganisationId, now)
                .Where(l => wanted.Contains(l.Id))
                .ToListAsync(ct);
            if (proposed.Count + invited.Count < wanted.Count)
                throw new NotFoundException("proposal_unknown");
            if (proposed.Exists(r => r.ProposedById == user.Id || r.PersonId == user.Id) || invited.Exists(l => l.InvitedById == user.Id))
                throw new ForbiddenException("second_person_needed");
            foreach (var one in proposed)
            {
                await db.Claim(one.PersonId, ct);
                var membership = one.Confirm(ids.New(), now);
                db.Memberships.Add(membership);
                if (Roles.IsCare(one.Role))
                    db.Publish(new CareRoleGiven(one.PersonId, one.OrganisationId), one.OrganisationId);
                // Whoever waits for it with an open page has somewhere to work now.
                foreach (
                    var session in await db
                        .Sessions.Where(s => s.PersonId == one.PersonId && s.EndedAt == null && s.OrganisationId == Guid.Empty)
                        .ToListAsync(ct)
                )
                    session.WorkIn(one.OrganisationId);
            }
            foreach (var link in invited)
                link.Confirm(now);
            note.About(proposed.Count > 0 ? "proposed_role" : "invitation", wanted[0]);
            return Unit.Value;
        }
    }
}
