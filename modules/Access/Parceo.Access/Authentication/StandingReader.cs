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
    /// <summary>By the id of a session, personal token, OpenID Connect authorization or API client; null when there is none that lives.</summary>
    public async Task<Standing?> Read(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) is { } session)
        {
            return session.IsLive(now)
                ? await OfPerson(StandingKind.Session, session.PersonId, session.OrganisationId, session.Means, session.FactorAt, session.EndsAt, session.SeenAt, [], now, ct) : null;
        }
        if (await db.Tokens.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct) is { } token)
        {
            return token.IsLive(now)
                ? await OfPerson(StandingKind.Token, token.PersonId, token.OrganisationId, "token", token.FactorProven ? token.CreatedAt : null, token.ExpiresAt, token.UsedAt ?? token.CreatedAt, token.ScopeNames, now, ct) : null;
        }
        if (await db.Set<OpenIddictEntityFrameworkCoreAuthorization<Guid>>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is { } authorization)
        {
            return authorization.Status == OpenIddictConstants.Statuses.Valid && AuthorizationNote.Read(authorization.Properties) is { } note
                && await StampIs(Guid.Parse(authorization.Subject!), note.Stamp, ct)
                ? await OfPerson(StandingKind.Authorization, Guid.Parse(authorization.Subject!), note.OrganisationId, "oidc", note.FactorProven ? now : null, DateTimeOffset.MaxValue, now, [], now, ct) : null;
        }
        return await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.DisabledAt == null, ct) is { } client
            ? new Standing(StandingKind.Client, client.Id, client.OrganisationId, "client", now, DateTimeOffset.MaxValue, MustEnrol: false,
                await Rights(client.OrganisationId, [client.Role], factorProven: true, [], null, [], ct), now)
            { SeenAt = now }
            : null;
    }

    private Task<bool> StampIs(Guid person, string? stamp, CancellationToken ct) => db.People.AnyAsync(p => p.Id == person && p.SecurityStamp == stamp, ct);

    private async Task<Standing?> OfPerson(
        StandingKind kind, Guid personId, Guid organisationId, string means, DateTimeOffset? factorAt, DateTimeOffset endsAt, DateTimeOffset seenAt,
        IReadOnlyList<string> scopes, DateTimeOffset now, CancellationToken ct)
    {
        var person = await db.People.AsNoTracking().Where(p => p.Id == personId && p.DisabledAt == null)
            .Select(p => new { p.DirectoryPersonId, HasFactor = p.TotpSecret != null || db.Passkeys.Any(k => k.UserId == p.Id) }).SingleOrDefaultAsync(ct);
        if (person is null) return null;
        var roles = organisationId == Guid.Empty ? [] : await db.Memberships.AsNoTracking()
            .Where(m => m.PersonId == personId && m.OrganisationId == organisationId && m.From <= now && (m.Until == null || now < m.Until))
            .Select(m => m.Role).Distinct().ToListAsync(ct);
        // Having left the organisation ends what was opened in it for programs; a browser falls back to no organisation at all.
        if (roles.Count == 0 && kind != StandingKind.Session) return null;
        var delegations = !roles.Contains(Roles.Delegate) ? [] : await db.Delegations.AsNoTracking()
            .Where(d => d.DelegateId == personId && d.OrganisationId == organisationId && d.From <= now && now < d.Until).ToListAsync(ct);
        var rights = await Rights(organisationId, roles, factorAt is not null, delegations, person.DirectoryPersonId, scopes, ct);
        return new Standing(kind, personId, organisationId, means, factorAt, endsAt,
            MustEnrol: factorAt is null && !person.HasFactor && permissions.NeedsSecondFactor(roles), rights, now)
        { SeenAt = seenAt };
    }

    private async Task<UserRights> Rights(
        Guid organisationId, IReadOnlyCollection<string> roles, bool factorProven, IReadOnlyList<Delegation> delegations, Guid? ownDirectoryId, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        var granted = permissions.Granted(roles, factorProven).AsEnumerable();
        if (roles.Contains(Roles.Delegate))
        {
            // What a person holds as a delegate only is cut down to the actions that somebody delegated (S20).
            var others = permissions.Granted([.. roles.Where(r => r != Roles.Delegate)], factorProven);
            var delegated = delegations.SelectMany(d => d.ActionNames).ToHashSet(StringComparer.Ordinal);
            granted = granted.Where(p => others.Contains(p) || delegated.Contains(p));
        }
        if (scopes.Count > 0) granted = granted.Where(scopes.Contains);
        var communes = await db.Set<OrganisationCommune>().AsNoTracking().Where(c => c.OrganisationId == organisationId).Select(c => c.Commune).ToListAsync(ct);
        var departements = await db.Set<OrganisationDepartement>().AsNoTracking().Where(d => d.OrganisationId == organisationId).Select(d => d.Departement).ToListAsync(ct);
        var practitioners = delegations.Select(d => d.PractitionerId);
        if (ownDirectoryId is { } own && roles.Count > 0) practitioners = practitioners.Append(own);
        return new UserRights(granted.ToFrozenSet(), roles.ToFrozenSet(), departements.ToFrozenSet(), communes.ToFrozenSet(), practitioners.ToFrozenSet());
    }
}
