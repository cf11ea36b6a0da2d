using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;
using Parceo.Access.Domain;
using Parceo.Platform;
using Parceo.Platform.Audit;

namespace Parceo.Access.Authentication;

/// <summary>
/// Checks what somebody shows to prove who they are: password, code of an authenticator app, recovery code, passkey. The
/// first three share one failure counter (S4); every try renews the account's stamp, so that of simultaneous guesses each
/// is decided on what the one before left behind.
/// </summary>
internal sealed class Proofs(
    AccessDb db,
    IPasswordHasher<Person> hasher,
    DummyPassword dummy,
    Tickets tickets,
    IIds ids,
    AuditNote note,
    TimeProvider clock,
    IHttpContextAccessor http
)
{
    public const string TotpPurpose = "totp-secret";

    /// <summary>Whether the password is the account's. The work is the same when there is no account (S5).</summary>
    public bool Password(Person? person, string password)
    {
        var now = clock.GetUtcNow();
        var verdict = hasher.VerifyHashedPassword(person!, person?.PasswordHash ?? dummy.Hash, password);
        if (person is null)
            return false;
        note.About("person", person.Id);
        if (person.PasswordHash is null || person.DisabledAt is not null || person.Failures.IsClosed(now))
            return Refuse("account_closed");
        person.ConcurrencyStamp = ids.New().ToString("n");
        if (verdict == PasswordVerificationResult.Failed)
            return Fail(person, "wrong_password");
        // A hash made at an older cost is renewed while the password is at hand.
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            person.PasswordHash = hasher.HashPassword(person, password);
        return true;
    }

    /// <summary>A code of the authenticator app or a recovery code; the means it stands for, or null when wrong.</summary>
    public async Task<string?> Code(Person person, string code, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        note.About("person", person.Id);
        if (person.DisabledAt is not null || person.Failures.IsClosed(now))
        {
            Refuse("account_closed");
            return null;
        }
        person.ConcurrencyStamp = ids.New().ToString("n");
        if (person.TotpSecret is { } secret && Totp.Verify(tickets.Unseal(TotpPurpose, secret), code, now, person.TotpStep) is { } step)
        {
            person.UseTotp(step);
            return "totp";
        }
        var hash = RecoveryCode.HashOf(person.Id, code);
        if (await db.RecoveryCodes.SingleOrDefaultAsync(c => c.PersonId == person.Id && c.Hash == hash, ct) is { } recovery)
        {
            db.RecoveryCodes.Remove(recovery);
            return "recovery";
        }
        Fail(person, "wrong_code");
        return null;
    }

    /// <summary>Opens a session (S8); the failures are forgotten.</summary>
    public Session Open(Person person, Guid organisationId, string means, DateTimeOffset? factorAt, string? address)
    {
        var now = clock.GetUtcNow();
        person.SignedIn(now, organisationId);
        var session = new Session(
            ids.New(),
            person.Id,
            organisationId,
            means,
            factorAt,
            now,
            address,
            Device.Describe(http.HttpContext?.Request.Headers.UserAgent)
        );
        db.Sessions.Add(session);
        note.About("person", person.Id);
        return session;
    }

    /// <summary>Ten fresh recovery codes in place of the old ones; shown once.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodes(Guid personId, CancellationToken ct)
    {
        db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(c => c.PersonId == personId).ToListAsync(ct));
        var codes = Enumerable
            .Range(0, RecoveryCode.Count)
            .Select(_ => RecoveryCode.Text(RandomNumberGenerator.GetBytes(RecoveryCode.Bytes)))
            .ToList();
        db.RecoveryCodes.AddRange(codes.Select(c => new RecoveryCode(ids.New(), personId, c)));
        return codes;
    }

    private bool Fail(Person person, string code)
    {
        person.Fail(clock.GetUtcNow());
        return Refuse(code);
    }

    private bool Refuse(string code)
    {
        note.Refused(code);
        return false;
    }
}

/// <summary>The hash of a password that nobody has, at the current cost: what is verified when there is no account.</summary>
internal sealed class DummyPassword(Microsoft.Extensions.Options.IOptions<PasswordHasherOptions> options)
{
    public string Hash { get; } = new PasswordHasher<Person>(options).HashPassword(null!, Secrets.Text(RandomNumberGenerator.GetBytes(32)));
}
