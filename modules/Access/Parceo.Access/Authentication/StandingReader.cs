using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Sending;

namespace Parceo.Access.Authentication;

/// <summary>Reads a standing from the tables. Runs as the system, in a scope of its own.</summary>
internal sealed class StandingReader(AccessDb db, PermissionCatalog permissions)
{
    private static readonly IReadOnlyDictionary<Guid, HashSet<string>> Nothing = new Dictionary<Guid, HashSet<string>>();

    /// <summary>By the id of a session, personal token, OpenID Connect authorization or API client; null when there is none that lives.</summary>
    public async Task<Standing?> Read(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is { } session)
        {
            return session.IsLive(now)
                ? await OfPerson(
                    StandingKind.Session,
                    session.PersonId,
                    session.OrganisationId,
                    session.Means,
                    session.FactorAt,
                    session.EndsAt,
                    session.SeenAt,
                    [],
                    now,
                    ct
                )
                : null;
        }
        if (await db.Tokens.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct) is { } token)
        {
            return token.IsLive(now)
                ? await OfPerson(
                    StandingKind.Token,
                    token.PersonId,
                    token.OrganisationId,
                    "token",
                    token.FactorProven ? token.CreatedAt : null,
                    token.ExpiresAt,
                    token.UsedAt ?? token.CreatedAt,
                    token.ScopeNames,
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
                ? await OfPerson(
                    StandingKind.Authorization,
                    Guid.Parse(authorization.Subject!),
                    note.OrganisationId,
                    "oidc",
                    note.FactorProven ? now : null,
                    DateTimeOffset.MaxValue,
                    now,
                    [],
                    now,
                    ct
                )
                : null;
        }
        return await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.DisabledAt == null, ct) is { } client
            ? new Standing(
                StandingKind.Client,
                client.Id,
                client.OrganisationId,
                "client",
                now,
                DateTimeOffset.MaxValue,
                MustEnrol: false,
                await Rights(client.OrganisationId, [client.Role], factorProven: true, Nothing, null, [], ct),
                now
            )
            {
                SeenAt = now,
            }
            : null;
    }

    private Task<bool> StampIs(Guid person, string? stamp, CancellationToken ct) =>
        db.People.AnyAsync(p => p.Id == person && p.SecurityStamp == stamp, ct);

    private async Task<Standing?> OfPerson(
        StandingKind kind,
        Guid personId,
        Guid organisationId,
        string means,
        DateTimeOffset? factorAt,
        DateTimeOffset endsAt,
        DateTimeOffset seenAt,
        IReadOnlyList<string> scopes,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var person = await db
            .People.AsNoTracking()
            .Where(p => p.Id == personId && p.DisabledAt == null)
            .Select(p => new { p.DirectoryPersonId, HasFactor = p.TotpSecret != null || db.Passkeys.Any(k => k.UserId == p.Id) })
            .SingleOrDefaultAsync(ct);
        if (person is null)
            return null;
        var roles =
            organisationId == Guid.Empty
                ? []
                : await db
                    .Memberships.AsNoTracking()
                    .Where(m =>
                        m.PersonId == personId && m.OrganisationId == organisationId && m.From <= now && (m.Until == null || now < m.Until)
                    )
                    .Select(m => m.Role)
                    .Distinct()
                    .ToListAsync(ct);
        // Having left the organisation ends what was opened in it for programs; a browser falls back to no organisation at all.
        if (roles.Count == 0 && kind != StandingKind.Session)
            return null;
        var delegated = roles.Contains(Roles.Delegate) ? await Delegated(personId, organisationId, now, ct) : Nothing;
        var rights = await Rights(organisationId, roles, factorAt is not null, delegated, person.DirectoryPersonId, scopes, ct);
        return new Standing(
            kind,
            personId,
            organisationId,
            means,
            factorAt,
            endsAt,
            MustEnrol: factorAt is null && !person.HasFactor && permissions.NeedsSecondFactor(roles),
            rights,
            now
        )
        {
            SeenAt = seenAt,
        };
    }

    /// <summary>
    /// What each professional lets the person do (S20): the actions delegated, as far as that professional could do them
    /// today in this organisation. An account disabled, a role lost or a membership ended leaves nothing to delegate.
    /// </summary>
    private async Task<IReadOnlyDictionary<Guid, HashSet<string>>> Delegated(
        Guid personId,
        Guid organisationId,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var delegations = await db
            .Delegations.AsNoTracking()
            .Where(d => d.DelegateId == personId && d.OrganisationId == organisationId && d.From <= now && now < d.Until)
            .ToListAsync(ct);
        if (delegations.Count == 0)
            return Nothing;
        var practitioners = delegations.Select(d => (Guid?)d.PractitionerId).ToList();
        var roles = (
            await db
                .Memberships.AsNoTracking()
                .Where(m =>
                    m.OrganisationId == organisationId && m.Role != Roles.Delegate && m.From <= now && (m.Until == null || now < m.Until)
                )
                .Join(
                    db.People.Where(p => p.DisabledAt == null && practitioners.Contains(p.DirectoryPersonId)),
                    m => m.PersonId,
                    p => p.Id,
                    (m, p) => new { p.DirectoryPersonId, m.Role }
                )
                .ToListAsync(ct)
        ).ToLookup(r => r.DirectoryPersonId!.Value, r => r.Role);
        return delegations
            .GroupBy(d => d.PractitionerId)
            .ToDictionary(
                g => g.Key,
                g =>
                    g.SelectMany(d => d.ActionNames)
                        .Where(permissions.Granted([.. roles[g.Key]], secondFactorProven: true).Contains)
                        .ToHashSet(StringComparer.Ordinal)
            );
    }

    private async Task<UserRights> Rights(
        Guid organisationId,
        IReadOnlyCollection<string> roles,
        bool factorProven,
        IReadOnlyDictionary<Guid, HashSet<string>> delegated,
        Guid? ownDirectoryId,
        IReadOnlyList<string> scopes,
        CancellationToken ct
    )
    {
        // What a person holds as a delegate only is cut down, for each professional, to what that professional delegated (S20).
        var asDelegate = permissions.Granted([.. roles.Where(r => r == Roles.Delegate)], factorProven);
        var own = permissions.Granted([.. roles.Where(r => r != Roles.Delegate)], factorProven).Where(InScope).ToFrozenSet();
        var pairs = delegated.ToDictionary(d => d.Key, d => d.Value.Where(asDelegate.Contains).Where(InScope).ToFrozenSet());
        if (ownDirectoryId is { } self && roles.Count > 0)
            pairs[self] = own;
        var communes = await db.Set<OrganisationCommune>()
            .AsNoTracking()
            .Where(c => c.OrganisationId == organisationId)
            .Select(c => c.Commune)
            .ToListAsync(ct);
        var departements = await db.Set<OrganisationDepartement>()
            .AsNoTracking()
            .Where(d => d.OrganisationId == organisationId)
            .Select(d => d.Departement)
            .ToListAsync(ct);
        return new UserRights(
            own.Concat(pairs.Values.SelectMany(p => p)).ToFrozenSet(),
            roles.ToFrozenSet(),
            departements.ToFrozenSet(),
            communes.ToFrozenSet(),
            pairs.Where(p => p.Key == ownDirectoryId || p.Value.Count > 0).ToFrozenDictionary()
        )
        {
            OwnPractitionerId = ownDirectoryId,
        };

        bool InScope(string permission) => scopes.Count == 0 || scopes.Contains(permission);
    }
}
