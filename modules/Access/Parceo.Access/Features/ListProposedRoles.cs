using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Directory.Contracts;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>
/// Roles that wait for a second administrator (S25), in the organisation worked in and in those below it: of invitations too, which
/// can be confirmed before they are accepted.
/// </summary>
internal static class ListProposedRoles
{
    private const int Most = 100;

    [Requires(AccessPermissions.ManagePeople)]
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    /// <param name="Id">Of the proposal or of the invitation.</param>
    /// <param name="Organisation">Which one, when it is one below; null for one's own.</param>
    /// <param name="Professional">Whom of the directory they become with it: « Dr Roche, Médecine générale, n° 1000… »; null for nobody.</param>
    /// <param name="From">From when, when not from the confirmation.</param>
    /// <param name="Until">The first instant without it.</param>
    /// <param name="By">Who proposes it; empty when that account is gone.</param>
    /// <param name="IsInvitation">Not accepted yet.</param>
    /// <param name="ByMe">Proposed by whoever asks.</param>
    /// <param name="IsMine">For whoever asks, or proposed by them: somebody else has to confirm it.</param>
    public sealed record Row(
        Guid Id,
        string Name,
        string Email,
        string Role,
        string? Organisation,
        string? Professional,
        DateTimeOffset? From,
        DateTimeOffset? Until,
        string By,
        DateTimeOffset At,
        bool IsInvitation,
        bool ByMe,
        bool IsMine
    );

    public sealed class Handler(AccessDb db, SecondPerson second, ISender sender, ICurrentUser user, TimeProvider clock)
        : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var proposed = await (
                from r in Proposals(db, user.OrganisationId, now).AsNoTracking()
                join p in db.People on r.PersonId equals p.Id
                orderby r.ProposedAt, r.Id
                select new { Role = r, Person = p }
            )
                .Take(Most)
                .ToListAsync(ct);
            var invited = await Invitations(db, user.OrganisationId, now)
                .AsNoTracking()
                .OrderBy(l => l.CreatedAt)
                .ThenBy(l => l.Id)
                .Take(Most)
                .ToListAsync(ct);
            var by = await Names(proposed.Select(r => r.Role.ProposedById).Concat(invited.Select(l => l.InvitedById!.Value)), ct);
            var professionals = (
                await sender.Send(
                    new GetPractitioners.Query([
                        .. proposed
                            .Select(r => r.Role.DirectoryPersonId ?? r.Person.DirectoryPersonId)
                            .Concat(invited.Select(l => l.DirectoryPersonId))
                            .OfType<Guid>()
                            .Distinct()
                            .Take(Most),
                    ]),
                    ct
                )
            ).ToDictionary(p => p.Id, p => $"{p.Name}, {p.Skill ?? p.Profession}, n° {p.NationalId}");
            var below = await db
                .Organisations.Where(o => o.ParentId == user.OrganisationId)
                .Select(o => new { o.Id, o.Name })
                .ToDictionaryAsync(o => o.Id, o => o.Name, ct);
            var rows = new List<Row>();
            foreach (var (role, person) in proposed.Select(r => (r.Role, r.Person)))
                rows.Add(
                    new Row(
                        role.Id,
                        person.FullName,
                        person.Email!,
                        role.Role,
                        below.GetValueOrDefault(role.OrganisationId),
                        (role.DirectoryPersonId ?? person.DirectoryPersonId) is { } d ? professionals.GetValueOrDefault(d) : null,
                        role.From > now ? role.From : null,
                        role.Until,
                        by.GetValueOrDefault(role.ProposedById) ?? "",
                        role.ProposedAt,
                        IsInvitation: false,
                        ByMe: role.ProposedById == user.Id,
                        IsMine: await IsMine(second, role, user.Id, person.Email!, ct)
                    )
                );
            foreach (var link in invited)
                // Where nobody else is there, whoever accepts has the role at once.
                if (await second.IsThere(link.OrganisationId!.Value, link.InvitedById!.Value, link.Email, ct))
                    rows.Add(
                        new Row(
                            link.Id,
                            link.Name ?? "",
                            link.Email,
                            link.Role!,
                            below.GetValueOrDefault(link.OrganisationId.Value),
                            link.DirectoryPersonId is { } d ? professionals.GetValueOrDefault(d) : null,
                            null,
                            null,
                            by.GetValueOrDefault(link.InvitedById.Value) ?? "",
                            link.CreatedAt,
                            IsInvitation: true,
                            ByMe: link.InvitedById == user.Id,
                            IsMine: link.InvitedById == user.Id
                        )
                    );
            return rows;
        }

        private async Task<Dictionary<Guid, string>> Names(IEnumerable<Guid> people, CancellationToken ct)
        {
            var ids = people.Distinct().ToList();
            return await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);
        }
    }

    /// <summary>Proposals that wait: not those whose time is over, nor of a closed account.</summary>
    internal static IQueryable<ProposedRole> Proposals(AccessDb db, Guid organisation, DateTimeOffset now) =>
        db.ProposedRoles.Where(r =>
            (r.OrganisationId == organisation || db.Organisations.Any(o => o.Id == r.OrganisationId && o.ParentId == organisation))
            && r.SettledAt == null
            && (r.Until == null || r.Until > now)
            && db.People.Any(p => p.Id == r.PersonId && p.DisabledAt == null)
        );

    /// <summary>Invitations to which nobody but their writer agreed.</summary>
    internal static IQueryable<OneTimeLink> Invitations(AccessDb db, Guid organisation, DateTimeOffset now)
    {
        var roles = Roles.All.Where(ProposedRole.NeedsConfirmation).ToList();
        return db.Links.Where(l =>
            (l.OrganisationId == organisation || db.Organisations.Any(o => o.Id == l.OrganisationId && o.ParentId == organisation))
            && l.Purpose == LinkPurpose.Invitation
            && l.UsedAt == null
            && l.WithdrawnAt == null
            && l.ExpiresAt > now
            && l.ConfirmedAt == null
            && l.InvitedById != null
            && roles.Contains(l.Role!)
        );
    }

    /// <summary>Whether this person may not confirm it: it is for them, or they proposed it and somebody else is there to ask.</summary>
    internal static async Task<bool> IsMine(SecondPerson second, ProposedRole role, Guid person, string email, CancellationToken ct) =>
        role.PersonId == person || (role.ProposedById == person && await second.IsThere(role.OrganisationId, person, email, ct));
}
