using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using Parceo.Access.Data;

namespace Parceo.Access.Authentication;

/// <summary>What a person has given to programs by OpenID Connect and has not taken back.</summary>
internal sealed class Authorizations(AccessDb db)
{
    /// <summary>One that lives, and what it remembers of the session that gave it.</summary>
    public sealed record Given(OpenIddictEntityFrameworkCoreAuthorization<Guid> Authorization, AuthorizationNote Note);

    /// <summary>Somebody's, with their programs, oldest first.</summary>
    public async Task<IReadOnlyList<Given>> Of(Guid person, CancellationToken ct)
    {
        var (subject, stamp) = (
            person.ToString(),
            await db.People.Where(p => p.Id == person).Select(p => p.SecurityStamp).SingleOrDefaultAsync(ct)
        );
        var all = await db.Set<OpenIddictEntityFrameworkCoreAuthorization<Guid>>()
            .Include(a => a.Application)
            .Where(a => a.Subject == subject && a.Status == OpenIddictConstants.Statuses.Valid)
            .ToListAsync(ct);
        return
        [
            .. from authorization in all
            let note = AuthorizationNote.Read(authorization.Properties)
            where note is not null && note.Stamp == stamp
            orderby authorization.CreationDate, authorization.Id
            select new Given(authorization, note),
        ];
    }

    /// <summary>Ends those that a session gave, with it: whoever leaves a machine leaves its programs too.</summary>
    public async Task EndWith(Guid person, Guid session, CancellationToken ct)
    {
        foreach (var (authorization, _) in (await Of(person, ct)).Where(g => g.Note.SessionId == session))
            End(authorization);
    }

    /// <summary>Another session has taken the place of the one that gave them.</summary>
    public async Task Move(Guid person, Guid from, Guid to, CancellationToken ct)
    {
        foreach (var (authorization, note) in (await Of(person, ct)).Where(g => g.Note.SessionId == from))
        {
            authorization.Properties = (note with { SessionId = to }).In(authorization.Properties);
            authorization.ConcurrencyToken = to.ToString();
        }
    }

    /// <summary>Ends one; its tokens are worth nothing from then on (S9).</summary>
    public static void End(OpenIddictEntityFrameworkCoreAuthorization<Guid> authorization)
    {
        authorization.Status = OpenIddictConstants.Statuses.Revoked;
        authorization.ConcurrencyToken = OpenIddictConstants.Statuses.Revoked;
    }
}
