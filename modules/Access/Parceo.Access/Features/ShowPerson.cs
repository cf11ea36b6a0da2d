using MediatR;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Authentication;
using Parceo.Access.Contracts;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Features;

/// <summary>A person of the organisation worked in: roles with dates, delegations, open sessions.</summary>
internal static class ShowPerson
{
    [Requires(AccessPermissions.SeePeople)]
    public sealed record Query(Guid PersonId) : IRequest<Response>;

    /// <param name="Name">« Dr Amandine Roche ».</param>
    /// <param name="DirectoryPersonId">The professional of the directory, when they are one.</param>
    /// <param name="HasFactor">Whether they have a second factor.</param>
    /// <param name="Memberships">Roles in this organisation, past and future ones too, newest first.</param>
    /// <param name="Delegations">What they may do for others here.</param>
    /// <param name="Sessions">Open ones.</param>
    /// <param name="Proposed">Roles that wait for a second administrator.</param>
    public sealed record Response(
        Guid Id,
        string Name,
        string Email,
        Guid? DirectoryPersonId,
        bool HasFactor,
        IReadOnlyList<Role> Memberships,
        IReadOnlyList<Mandate> Delegations,
        IReadOnlyList<ListSessions.Row> Sessions,
        IReadOnlyList<Waiting> Proposed
    );

    /// <summary>A role with its dates.</summary>
    public sealed record Role(Guid Id, string Name, DateTimeOffset From, DateTimeOffset? Until, bool IsLive);

    /// <summary>A role that waits.</summary>
    /// <param name="By">Who proposes it; empty when that account is gone.</param>
    /// <param name="IsFor">They become a professional of the directory with it, to be looked at first.</param>
    /// <param name="MayConfirm">Whoever asks is the second administrator.</param>
    public sealed record Waiting(Guid Id, string Role, string By, bool IsFor, bool MayConfirm);

    /// <summary>A delegation: for whom, what, until when.</summary>
    public sealed record Mandate(Guid Id, Guid PractitionerId, string Practitioner, IReadOnlyList<string> Actions, DateTimeOffset Until);

    public sealed class Handler(AccessDb db, SecondPerson second, ICurrentUser user, TimeProvider clock) : IRequestHandler<Query, Response>
    {
        public async Task<Response> Handle(Query query, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var memberships = await db
                .Memberships.AsNoTracking()
                .Where(m => m.PersonId == query.PersonId && m.OrganisationId == user.OrganisationId)
                .OrderByDescending(m => m.From)
                .Take(200)
                .ToListAsync(ct);
            if (memberships.Count == 0)
                throw new NotFoundException("person_unknown");
            var person = await db.People.AsNoTracking().SingleAsync(p => p.Id == query.PersonId, ct);
            var delegations = await db
                .Delegations.AsNoTracking()
                .Where(d => d.DelegateId == person.Id && d.OrganisationId == user.OrganisationId && d.Until > now)
                .Take(100)
                .ToListAsync(ct);
            var practitioners = delegations.Select(d => (Guid?)d.PractitionerId).ToList();
            var names = (await db.People.AsNoTracking().Where(p => practitioners.Contains(p.DirectoryPersonId)).ToListAsync(ct)).ToLookup(
                p => p.DirectoryPersonId!.Value,
                p => p.FullName
            );
            var alive = now - Session.Idle;
            // Where somebody who left works now is none of this organisation's business.
            var here = memberships.Exists(m => m.IsLive(now));
            var sessions = !here
                ? []
                : await db
                    .Sessions.AsNoTracking()
                    .Where(s => s.PersonId == person.Id && s.EndedAt == null && s.EndsAt > now && s.SeenAt > alive)
                    .OrderByDescending(s => s.SeenAt)
                    .Take(50)
                    .ToListAsync(ct);
            return new Response(
                person.Id,
                person.FullName,
                person.Email!,
                person.DirectoryPersonId,
                person.HasTotp || await db.Passkeys.AnyAsync(k => k.UserId == person.Id, ct),
                [.. memberships.Select(m => new Role(m.Id, m.Role, m.From, m.Until, m.IsLive(now)))],
                [
                    .. delegations.Select(d => new Mandate(
                        d.Id,
                        d.PractitionerId,
                        names[d.PractitionerId].FirstOrDefault() ?? "",
                        [.. d.ActionNames],
                        d.Until
                    )),
                ],
                [
                    .. sessions.Select(s => new ListSessions.Row(
                        s.Id,
                        s.Device,
                        s.Address,
                        s.Means,
                        s.CreatedAt,
                        s.SeenAt,
                        s.Id == user.SessionId
                    )),
                ],
                await Proposed(person, now, ct)
            );
        }

        private async Task<List<Waiting>> Proposed(Person person, DateTimeOffset now, CancellationToken ct)
        {
            var proposed = await ListProposedRoles
                .Proposals(db, user.OrganisationId, now)
                .AsNoTracking()
                .Where(r => r.PersonId == person.Id && r.OrganisationId == user.OrganisationId)
                .OrderBy(r => r.ProposedAt)
                .Take(20)
                .ToListAsync(ct);
            var by = proposed.ConvertAll(r => r.ProposedById);
            var names = await db.People.AsNoTracking().Where(p => by.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);
            var waiting = new List<Waiting>();
            foreach (var role in proposed)
                waiting.Add(
                    new Waiting(
                        role.Id,
                        role.Role,
                        names.GetValueOrDefault(role.ProposedById, ""),
                        role.DirectoryPersonId is not null,
                        user.Can(AccessPermissions.ManagePeople)
                            && !await ListProposedRoles.IsMine(second, role, user.Id, person.Email!, ct)
                    )
                );
            return waiting;
        }
    }
}
