using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;

namespace Parceo.Access.Authentication;

/// <summary>Sets passwords by the rules (S2), and ends what the old one had opened (S9).</summary>
internal sealed class Passwords(AccessDb db, IPasswordHasher<Person> hasher, IIds ids, TimeProvider clock)
{
    /// <summary>Throws when the password is refused; nothing else happens.</summary>
    public static void Check(string password, params IEnumerable<string?> ownWords)
    {
        if (PasswordRules.Refuse(password, ownWords.OfType<string>()) is { } code)
            throw InvalidException.Of("password", code);
    }

    /// <summary>Gives the person a password.</summary>
    public void Set(Person person, string password, params IEnumerable<string?> moreWords)
    {
        Check(password, [person.Email, person.Name, .. moreWords]);
        person.ChoosePassword(hasher.HashPassword(person, password), ids.New());
    }

    /// <summary>The same work for nothing: so that an address without an account takes as long as one with (S5).</summary>
    public void Pretend(string password) => hasher.HashPassword(null!, password);

    /// <summary>Names of the organisations somebody works in: a password does not contain them (S2).</summary>
    public Task<List<string>> OrganisationsOf(Guid personId, CancellationToken ct) =>
        db
            .Memberships.Where(m => m.PersonId == personId)
            .Join(db.Organisations, m => m.OrganisationId, o => o.Id, (_, o) => o.Name)
            .Distinct()
            .ToListAsync(ct);

    /// <summary>
    /// Ends what the old password or factors had opened: every session but one, API tokens, and (with the security stamp they
    /// noted) OpenID Connect authorizations. Whoever changes them may do so because somebody else holds one.
    /// </summary>
    public async Task EndAccess(Person person, Guid butFor, CancellationToken ct)
    {
        var (now, personId) = (clock.GetUtcNow(), person.Id);
        person.RenewSecurityStamp(ids.New());
        foreach (
            var token in await db.Tokens.Where(t => t.PersonId == personId && t.RevokedAt == null && t.ExpiresAt > now).ToListAsync(ct)
        )
            token.Revoke(now);
        foreach (
            var session in await db
                .Sessions.Where(s => s.PersonId == personId && s.EndedAt == null && s.EndsAt > now && s.Id != butFor)
                .ToListAsync(ct)
        )
            session.End(now);
    }
}
