using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Features;

/// <summary>
/// Ends a role now (S9). The organisation's last administrator stays; to end another administrator takes a recent proof, and they and
/// whoever watches over the rights are told, since whoever does it may be alone afterwards (S25).
/// </summary>
internal static class EndMembership
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Command(Guid MembershipId) : IRequest<Unit>;

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.MembershipId).NotEmpty();
    }

    public sealed class Handler(AccessDb db, RecentProof recent, ICurrentUser user, AuditNote note, TimeProvider clock)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var found = db.Memberships.Where(m => m.Id == command.MembershipId && m.OrganisationId == user.OrganisationId);
            await db.Claim(await found.Select(m => m.PersonId).SingleOrDefaultAsync(ct), ct);
            var membership = await found.SingleOrDefaultAsync(ct);
            if (membership?.Role == Roles.Administrator)
                (await db.Organisations.SingleAsync(o => o.Id == user.OrganisationId, ct)).Claim();
            // The clock after the claims: what others ended before them is over, what they gave has begun.
            var now = clock.GetUtcNow();
            if (membership is null || (membership.Until is { } until && until <= now))
                throw new NotFoundException("membership_unknown");
            if (
                membership.Role == Roles.Administrator
                && !await db.Administrators(user.OrganisationId, now).AnyAsync(m => m.PersonId != membership.PersonId, ct)
            )
                throw new ConflictException("last_administrator");
            if (membership.Role == Roles.Administrator && membership.PersonId != user.Id)
            {
                await recent.Demand(ct);
                db.Publish(new AdministratorEnded(membership.PersonId, membership.OrganisationId), membership.OrganisationId);
            }
            membership.End(now);
            if (
                !await db.Memberships.AnyAsync(
                    m =>
                        m.Id != membership.Id
                        && m.PersonId == membership.PersonId
                        && m.OrganisationId == membership.OrganisationId
                        && m.From <= now
                        && (m.Until == null || now < m.Until),
                    ct
                )
            )
                db.Publish(new MembershipEnded(membership.PersonId, membership.OrganisationId), membership.PersonId);
            note.About("membership", membership.Id);
            return Unit.Value;
        }
    }
}
