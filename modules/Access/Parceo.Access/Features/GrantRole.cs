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
/// Gives a member a role from a date, perhaps to a date, with a recent proof (S10); never to oneself, and one that reaches
/// patients' data only once another administrator has confirmed it, where there is one (S25). Whoever installs a
/// community is its only administrator, and nobody else could give them anything: until there is a second one they may take
/// the coordination, which reads no patient's data; it is traced, and whoever watches over the rights is told.
/// </summary>
internal static class GrantRole
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(Guid PersonId, string Role, DateTimeOffset? From, DateTimeOffset? Until) : IRequest<Response>;

    /// <param name="Waits">Another administrator has to confirm it.</param>
    public sealed record Response(bool Waits);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.PersonId).NotEmpty();
            RuleFor(c => c.Role).Must(Roles.All.Contains).WithMessage("role_unknown");
            RuleFor(c => c.Until).Must((c, until) => until is null || c.From is null || c.From < until).WithMessage("dates_reversed");
        }
    }

    public sealed class Handler(
        AccessDb db,
        RecentProof recent,
        SecondPerson second,
        ICurrentUser user,
        IIds ids,
        AuditNote note,
        TimeProvider clock
    ) : IRequestHandler<Command, Response>
    {
        public async Task<Response> Handle(Command command, CancellationToken ct)
        {
            await recent.Demand(ct);
            var organisation = await db.Organisations.SingleAsync(o => o.Id == user.OrganisationId, ct);
            var oneself = command.PersonId == user.Id;
            if (oneself && command.Role != Roles.Coordinator)
                throw new ForbiddenException("not_for_yourself");
            organisation.RefuseForeignRole(command.Role);
            if (oneself)
                organisation.Claim(); // who administers it is decided on: read after this
            var person = await db.Claim(command.PersonId, ct) ?? throw new NotFoundException("person_unknown");
            var own = await db
                .Memberships.Where(m => m.PersonId == command.PersonId && m.OrganisationId == user.OrganisationId)
                .ToListAsync(ct);
            if (own.Count == 0)
                throw new NotFoundException("person_unknown");
            var now = clock.GetUtcNow();
            if (oneself && await db.Administrators(organisation.Id, now).AnyAsync(m => m.PersonId != user.Id, ct))
                throw new ForbiddenException("not_for_yourself");
            var from = command.From ?? now;
            if (
                own.Any(m =>
                    m.Role == command.Role && (m.Until is null || from < m.Until) && (command.Until is null || m.From < command.Until)
                )
            )
                throw new ConflictException("role_already_held");
            if (command.Until <= now)
                throw InvalidException.Of("until", "dates_reversed");
            if (
                await db.ProposedRoles.AnyAsync(
                    r =>
                        r.PersonId == command.PersonId
                        && r.OrganisationId == organisation.Id
                        && r.Role == command.Role
                        && r.SettledAt == null
                        && (r.Until == null || r.Until > now),
                    ct
                )
            )
                throw new ConflictException("role_already_proposed");
            if (await second.Needed(command.Role, organisation.Id, user.Id, person.Email!, ct))
            {
                var proposed = new ProposedRole(ids.New(), command.PersonId, organisation.Id, command.Role, user.Id, now)
                {
                    From = command.From,
                    Until = command.Until,
                };
                db.ProposedRoles.Add(proposed);
                await db.TellOfProposal(user.Id, organisation.Id, ct);
                note.About("proposed_role", proposed.Id);
                return new Response(Waits: true);
            }
            var membership = new Membership(ids.New(), command.PersonId, user.OrganisationId, command.Role, from, command.Until);
            db.Memberships.Add(membership);
            if (oneself)
                db.Publish(new CoordinationTaken(user.Id, organisation.Id), organisation.Id);
            if (Roles.IsCare(command.Role))
                db.Publish(new CareRoleGiven(command.PersonId, organisation.Id), organisation.Id);
            note.About("membership", membership.Id);
            return new Response(Waits: false);
        }
    }
}
