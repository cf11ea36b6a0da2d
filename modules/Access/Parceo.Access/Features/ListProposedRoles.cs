using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>Roles of the organisation worked in that wait for a second administrator (S25): of invitations too, which can be confirmed before they are accepted.</summary>
internal static class ListProposedRoles
{
    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    /// <param name="Id">Of the proposal or of the invitation.</param>
    /// <param name="By">Who proposes it; empty when that account is gone.</param>
    /// <param name="IsInvitation">Not accepted yet.</param>
    /// <param name="IsMine">Proposed by whoever asks, or for them: somebody else has to confirm it.</param>
    public sealed record Row(Guid Id, string Name, string Email, string Role, string By, DateTimeOffset At, bool IsInvitation, bool IsMine);

    public sealed class Handler(AccessDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        private const int Most = 200;

        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct)
        {
            var proposed = await (
                from r in db.ProposedRoles.AsNoTracking()
                join p in db.People on r.PersonId equals p.Id
                where r.OrganisationId == user.OrganisationId && r.SettledAt == null && p.DisabledAt == null
                orderby r.ProposedAt, r.Id
                select new
                {
                    r.Id,
                    r.PersonId,
                    Person = p,
                    r.Role,
                    r.ProposedById,
                    r.ProposedAt,
                }
            )
                .Take(Most)
                .ToListAsync(ct);
            var invited = await InvitationsThatWait(db, user.OrganisationId, clock.GetUtcNow())
                .AsNoTracking()
                .OrderBy(l => l.CreatedAt)
                .Take(Most)
                .ToListAsync(ct);
            var ids = proposed.Select(r => r.ProposedById).Concat(invited.Select(l => l.InvitedById!.Value)).Distinct().ToList();
            var names = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);
            return
            [
                .. proposed.Select(r => new Row(
                    r.Id,
                    r.Person.FullName,
                    r.Person.Email!,
                    r.Role,
                    names.GetValueOrDefault(r.ProposedById) ?? "",
                    r.ProposedAt,
                    IsInvitation: false,
                    r.ProposedById == user.Id || r.PersonId == user.Id
                )),
                .. invited.Select(l => new Row(
                    l.Id,
                    l.Name ?? "",
                    l.Email,
                    l.Role!,
                    names.GetValueOrDefault(l.InvitedById!.Value) ?? "",
                    l.CreatedAt,
                    IsInvitation: true,
                    l.InvitedById == user.Id
                )),
            ];
        }
    }

    /// <summary>Invitations whose role nobody but their writer agreed to, where there is somebody else.</summary>
    internal static IQueryable<OneTimeLink> InvitationsThatWait(AccessDb db, Guid organisation, DateTimeOffset now)
    {
        var roles = Roles.All.Where(ProposedRole.NeedsConfirmation).ToList();
        return db.Links.Where(l =>
            l.OrganisationId == organisation
            && l.Purpose == LinkPurpose.Invitation
            && l.UsedAt == null
            && l.WithdrawnAt == null
            && l.ExpiresAt > now
            && l.ConfirmedAt == null
            && l.InvitedById != null
            && roles.Contains(l.Role!)
            && db.Administrators(organisation, now).Any(m => m.PersonId != l.InvitedById)
        );
    }
}
