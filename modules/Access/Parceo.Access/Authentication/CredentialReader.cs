using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Sending;

namespace Parceo.Access.Authentication;

/// <summary>
/// Reads credentials from the tables. Runs as the system, in a scope of its own. What several of them rest on (memberships,
/// territories, delegations) is read once for all, so that a node looks at its open pages in some queries, not some for each.
/// </summary>
internal sealed class CredentialReader(AccessDb db, PermissionCatalog permissions, Installation installation)
{
    /// <summary>By the id of a session, personal token, OpenID Connect authorization or API client; null when there is none that lives.</summary>
    public async Task<Credential?> Read(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        if ((await ReadSessions([id], now, ct)).TryGetValue(id, out var credential))
            return credential;
        if (await db.Tokens.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct) is { } token)
        {
            return token.IsLive(now)
                ? await Of(
                    new Carrier(id, CredentialKind.Token, token.PersonId, token.OrganisationId, "token", token.ExpiresAt)
                    {
                        FactorAt = token.FactorProven ? token.CreatedAt : null,
                        SeenAt = token.UsedAt ?? token.CreatedAt,
                        Scopes = token.ScopeNames,
                    },
                    now,
                    ct
                )
                : null;
        }
        if (
            await db.Set<OpenIddictEntityFrameworkCoreAuthorization<Guid>>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is
            { } authorization
        )
        {
            return
                authorization.Status == OpenIddictConstants.Statuses.Valid
                && AuthorizationNote.Read(authorization.Properties) is { } note
                && await StampIs(Guid.Parse(authorization.Subject!), note.Stamp, ct)
                ? await Of(
                    new Carrier(
                        id,
                        CredentialKind.Authorization,
                        Guid.Parse(authorization.Subject!),
                        note.OrganisationId,
                        "oidc",
                        DateTimeOffset.MaxValue
                    )
                    {
                        FactorAt = note.FactorProven ? now : null,
                        SeenAt = now,
                    },
                    now,
                    ct
                )
                : null;
        }
        return await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.DisabledAt == null, ct) is { } client
            ? new Credential(
                CredentialKind.Client,
                client.Id,
                client.OrganisationId,
                "client",
                now,
                DateTimeOffset.MaxValue,
                MustEnrol: false,
                Rights(await Read([], [client.OrganisationId], now, ct), client.OrganisationId, [client.Role], true, [], null, []),
                now
            )
            {
                SeenAt = now,
            }
            : null;
    }

    /// <summary>Those of browsers' sessions; null for one that has ended, absent for what is no session.</summary>
    public async Task<Dictionary<Guid, Credential?>> ReadSessions(IReadOnlyCollection<Guid> ids, DateTimeOffset now, CancellationToken ct)
    {
        var sessions = await db.Sessions.AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync(ct);
        var live = sessions.FindAll(s => s.IsLive(now));
        var basis =
            live.Count == 0
                ? null
                : await Read(
                    live.ConvertAll(s => s.PersonId),
                    [.. live.Select(s => s.OrganisationId).Where(o => o != Guid.Empty).Distinct()],
                    now,
                    ct
                );
        return sessions.ToDictionary(
            s => s.Id,
            s =>
                s.IsLive(now)
                    ? OfPerson(
                        new Carrier(s.Id, CredentialKind.Session, s.PersonId, s.OrganisationId, s.Means, s.EndsAt)
                        {
                            FactorAt = s.FactorAt,
                            SeenAt = s.SeenAt,
                        },
                        basis!,
                        now
                    )
                    : null
        );
    }

    private async Task<Basis> Read(
        IReadOnlyList<Guid> people,
        IReadOnlyList<Guid> organisations,
        DateTimeOffset now,
        CancellationToken ct
    ) => await Basis.Read(db, await installation.Of(db, ct), people, organisations, now, ct);

    private Task<bool> StampIs(Guid person, string? stamp, CancellationToken ct) =>
        db.People.AnyAsync(p => p.Id == person && p.SecurityStamp == stamp, ct);

    private async Task<Credential?> Of(Carrier carrier, DateTimeOffset now, CancellationToken ct) =>
        OfPerson(
            carrier,
            await Read([carrier.PersonId], carrier.OrganisationId == Guid.Empty ? [] : [carrier.OrganisationId], now, ct),
            now
        );

    private Credential? OfPerson(Carrier carrier, Basis basis, DateTimeOffset now)
    {
        if (!basis.People.TryGetValue(carrier.PersonId, out var person))
            return null;
        var roles = basis.Roles[(carrier.PersonId, carrier.OrganisationId)].Distinct().ToList();
        // Having left the organisation ends what was opened in it for programs; a browser falls back to no organisation at all.
        if (roles.Count == 0 && carrier.Kind != CredentialKind.Session)
            return null;
        var delegated = roles.Contains(Roles.Delegate) ? Delegated(carrier, basis) : [];
        return new Credential(
            carrier.Kind,
            carrier.PersonId,
            carrier.OrganisationId,
            carrier.Means,
            carrier.FactorAt,
            carrier.EndsAt,
            MustEnrol: carrier.FactorAt is null && !person.HasFactor && permissions.NeedsSecondFactor(roles),
            Rights(basis, carrier.OrganisationId, roles, carrier.FactorAt is not null, delegated, person.DirectoryPersonId, carrier.Scopes),
            now
        )
        {
            SeenAt = carrier.SeenAt,
        };
    }

    /// <summary>
    /// What each professional lets the person do (S20): the actions delegated, as far as that professional could do them
    /// today in this organisation. An account disabled, a role lost or a membership ended leaves nothing to delegate.
    /// </summary>
    private Dictionary<Guid, HashSet<string>> Delegated(Carrier carrier, Basis basis) =>
        basis
            .Delegations[(carrier.PersonId, carrier.OrganisationId)]
            .GroupBy(d => d.PractitionerId)
            .ToDictionary(
                g => g.Key,
                g =>
                    g.SelectMany(d => d.ActionNames)
                        .Where(
                            permissions
                                .Granted(
                                    [.. basis.PractitionersRoles[(g.Key, carrier.OrganisationId)]],
                                    secondFactorProven: true,
                                    runsInstallation: false
                                )
                                .Contains
                        )
                        .ToHashSet(StringComparer.Ordinal)
            );

    private UserRights Rights(
        Basis basis,
        Guid organisationId,
        IReadOnlyCollection<string> roles,
        bool factorProven,
        Dictionary<Guid, HashSet<string>> delegated,
        Guid? ownDirectoryId,
        IReadOnlyList<string> scopes
    )
    {
        // What a person holds as a delegate only is cut down, for each professional, to what that professional delegated (S20).
        var runs = organisationId != Guid.Empty && organisationId == basis.Installation;
        var asDelegate = permissions.Granted([.. roles.Where(r => r == Roles.Delegate)], factorProven, runsInstallation: false);
        var own = permissions.Granted([.. roles.Where(r => r != Roles.Delegate)], factorProven, runs).Where(InScope).ToFrozenSet();
        var pairs = delegated.ToDictionary(d => d.Key, d => d.Value.Where(asDelegate.Contains).Where(InScope).ToFrozenSet());
        if (ownDirectoryId is { } self && roles.Count > 0)
            pairs[self] = own;
        return new UserRights(
            own.Concat(pairs.Values.SelectMany(p => p)).ToFrozenSet(),
            roles.ToFrozenSet(),
            basis.Departements[organisationId].ToFrozenSet(),
            basis.Communes[organisationId].ToFrozenSet(),
            pairs.Where(p => p.Key == ownDirectoryId || p.Value.Count > 0).ToFrozenDictionary()
        )
        {
            OwnPractitionerId = ownDirectoryId,
        };

        bool InScope(string permission) => scopes.Count == 0 || scopes.Contains(permission);
    }

    /// <summary>A session, token or authorization, and whose it is.</summary>
    private sealed record Carrier(Guid Id, CredentialKind Kind, Guid PersonId, Guid OrganisationId, string Means, DateTimeOffset EndsAt)
    {
        public DateTimeOffset? FactorAt { get; init; }
        public required DateTimeOffset SeenAt { get; init; }
        public IReadOnlyList<string> Scopes { get; init; } = [];
    }

    /// <summary>What credentials rest on: at most six queries, however many people.</summary>
    private sealed class Basis
    {
        public required Dictionary<Guid, (Guid? DirectoryPersonId, bool HasFactor)> People { get; init; }
        public required ILookup<(Guid Person, Guid Organisation), string> Roles { get; init; }
        public required ILookup<(Guid Person, Guid Organisation), Delegation> Delegations { get; init; }
        public required ILookup<(Guid Practitioner, Guid Organisation), string> PractitionersRoles { get; init; }
        public required Guid Installation { get; init; }
        public required ILookup<Guid, string> Communes { get; init; }
        public required ILookup<Guid, string> Departements { get; init; }

        public static async Task<Basis> Read(
            AccessDb db,
            Guid installation,
            IReadOnlyList<Guid> people,
            IReadOnlyList<Guid> organisations,
            DateTimeOffset now,
            CancellationToken ct
        )
        {
            var known = await db
                .People.AsNoTracking()
                .Where(p => people.Contains(p.Id) && p.DisabledAt == null)
                .Select(p => new
                {
                    p.Id,
                    p.DirectoryPersonId,
                    HasFactor = p.TotpSecret != null || db.Passkeys.Any(k => k.UserId == p.Id),
                })
                .ToListAsync(ct);
            var roles = await db
                .Memberships.AsNoTracking()
                .Where(m =>
                    people.Contains(m.PersonId)
                    && organisations.Contains(m.OrganisationId)
                    && m.From <= now
                    && (m.Until == null || now < m.Until)
                )
                .Select(m => new
                {
                    m.PersonId,
                    m.OrganisationId,
                    m.Role,
                })
                .ToListAsync(ct);
            var delegates = roles.Where(r => r.Role == Parceo.Roles.Delegate).Select(r => r.PersonId).Distinct().ToList();
            var delegations =
                delegates.Count == 0
                    ? []
                    : await db
                        .Delegations.AsNoTracking()
                        .Where(d =>
                            delegates.Contains(d.DelegateId) && organisations.Contains(d.OrganisationId) && d.From <= now && now < d.Until
                        )
                        .ToListAsync(ct);
            var practitioners = delegations.Select(d => (Guid?)d.PractitionerId).Distinct().ToList();
            var theirs =
                practitioners.Count == 0
                    ? []
                    : await db
                        .Memberships.AsNoTracking()
                        .Where(m =>
                            organisations.Contains(m.OrganisationId)
                            && m.Role != Parceo.Roles.Delegate
                            && m.From <= now
                            && (m.Until == null || now < m.Until)
                        )
                        .Join(
                            db.People.Where(p => p.DisabledAt == null && practitioners.Contains(p.DirectoryPersonId)),
                            m => m.PersonId,
                            p => p.Id,
                            (m, p) =>
                                new
                                {
                                    p.DirectoryPersonId,
                                    m.OrganisationId,
                                    m.Role,
                                }
                        )
                        .ToListAsync(ct);
            var communes = await db.Set<OrganisationCommune>()
                .AsNoTracking()
                .Where(c => organisations.Contains(c.OrganisationId))
                .ToListAsync(ct);
            var departements = await db.Set<OrganisationDepartement>()
                .AsNoTracking()
                .Where(d => organisations.Contains(d.OrganisationId))
                .ToListAsync(ct);
            return new()
            {
                People = known.ToDictionary(p => p.Id, p => (p.DirectoryPersonId, p.HasFactor)),
                Roles = roles.ToLookup(r => (r.PersonId, r.OrganisationId), r => r.Role),
                Delegations = delegations.ToLookup(d => (d.DelegateId, d.OrganisationId)),
                PractitionersRoles = theirs.ToLookup(r => (r.DirectoryPersonId!.Value, r.OrganisationId), r => r.Role),
                Installation = installation,
                Communes = communes.ToLookup(c => c.OrganisationId, c => c.Commune),
                Departements = departements.ToLookup(d => d.OrganisationId, d => d.Departement),
            };
        }
    }
}
