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

/// <summary>
/// The second administrator says yes to a role that another one gives (S25), with a recent proof (S10). Never to one's own; to
/// what one proposed oneself only where every other administrator has left since.
/// </summary>
internal static class ConfirmRole
{
    /// <param name="Id">Of a proposal, or of an invitation that nobody has accepted yet.</param>
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(Guid Id) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).NotEmpty();
    }

    public sealed class Handler(
        AccessDb db,
        SecondPerson second,
        Workplaces workplaces,
        RecentProof recent,
        ICurrentUser user,
        IIds ids,
        AuditNote note,
        TimeProvider clock
    ) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            var now = clock.GetUtcNow();
            if (
                await ListProposedRoles.Proposals(db, user.OrganisationId, now).SingleOrDefaultAsync(r => r.Id == command.Id, ct) is
                { } role
            )
                await Confirm(role, now, ct);
            else
                await Confirm(
                    await ListProposedRoles.Invitations(db, user.OrganisationId, now).SingleOrDefaultAsync(l => l.Id == command.Id, ct)
                        ?? throw new NotFoundException("proposal_unknown"),
                    now,
                    ct
                );
            return Unit.Value;
        }

        private async Task Confirm(ProposedRole role, DateTimeOffset now, CancellationToken ct)
        {
            var person = await db.Claim(role.PersonId, ct) ?? throw new NotFoundException("proposal_unknown");
            if (await ListProposedRoles.IsMine(second, role, user.Id, person.Email!, ct))
                throw new ForbiddenException("second_person_needed");
            if (
                role.DirectoryPersonId is { } professional
                && person.DirectoryPersonId != professional
                && await db.People.AnyAsync(p => p.DirectoryPersonId == professional, ct)
            )
                throw new ConflictException("practitioner_taken");
            note.About("proposed_role", role.Id);
            await db.Become(person, role.DirectoryPersonId, ct);
            var membership = role.Confirm(ids.New(), now);
            await db.TellOfSettlement(role.OrganisationId, ct);
            // Held already: given while nobody could confirm it, or only who they are was proposed.
            if ((await workplaces.RolesOf(person.Id, ct)).Contains((role.OrganisationId, role.Role)))
                return;
            db.Memberships.Add(membership);
            if (Roles.IsCare(role.Role))
                db.Publish(new CareRoleGiven(person.Id, role.OrganisationId), role.OrganisationId);
            if (!membership.IsLive(now))
                return;
            // Whoever waits for it with an open page has somewhere to work now.
            foreach (
                var session in await db
                    .Sessions.Where(s => s.PersonId == person.Id && s.EndedAt == null && s.OrganisationId == Guid.Empty)
                    .ToListAsync(ct)
            )
                session.WorkIn(role.OrganisationId);
        }

        private async Task Confirm(OneTimeLink invitation, DateTimeOffset now, CancellationToken ct)
        {
            var address = EmailAddress.Normalize(invitation.Email);
            if (invitation.InvitedById == user.Id || await db.People.AnyAsync(p => p.Id == user.Id && p.NormalizedEmail == address, ct))
                throw new ForbiddenException("second_person_needed");
            invitation.Confirm(now);
            await db.TellOfSettlement(invitation.OrganisationId!.Value, ct);
            note.About("invitation", invitation.Id);
        }
    }
}
