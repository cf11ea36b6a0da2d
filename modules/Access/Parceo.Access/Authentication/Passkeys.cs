using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Parceo.Access.Data;

namespace Parceo.Access.Authentication;

/// <summary>
/// Passkeys by ASP.NET Core Identity's handler, with user verification always. What must be remembered between question
/// and answer travels sealed in a short-lived cookie of its own.
/// </summary>
internal sealed class PasskeyProof(AccessDb db, IPasskeyHandler<Person> passkeys, UserManager<Person> users, IHttpContextAccessor http)
{
    /// <summary>The account whose passkey answered, or null. The signature counter is kept.</summary>
    public async Task<Person?> Prove(string credential, string? state)
    {
        if (state is null || credential.Length == 0)
            return null;
        PasskeyAssertionResult<Person> result;
        try
        {
            result = await passkeys.PerformAssertionAsync(
                new PasskeyAssertionContext
                {
                    HttpContext = http.HttpContext!,
                    CredentialJson = credential,
                    AssertionState = state,
                }
            );
        }
        catch (PasskeyException)
        {
            return null;
        }
        if (!result.Succeeded || result.User.DisabledAt is not null)
            return null;
        await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
        return result.User;
    }

    /// <summary>The passkey that an authenticator made for the person, or null when its answer does not fit.</summary>
    public async Task<UserPasskeyInfo?> Attest(Guid personId, string credential, string? state)
    {
        if (state is null || credential.Length == 0)
            return null;
        try
        {
            var result = await passkeys.PerformAttestationAsync(
                new PasskeyAttestationContext
                {
                    HttpContext = http.HttpContext!,
                    CredentialJson = credential,
                    AttestationState = state,
                }
            );
            return
                result.Succeeded
                && result.UserEntity.Id == personId.ToString()
                && !await db.Passkeys.AnyAsync(k => k.CredentialId == result.Passkey.CredentialId)
                ? result.Passkey
                : null;
        }
        catch (PasskeyException)
        {
            return null;
        }
    }
}

/// <summary>The server's half of a passkey ceremony, sealed in a cookie for five minutes.</summary>
internal sealed class PasskeyStates(Tickets tickets)
{
    private const string Cookie = "__Host-parceo-cle";
    private const string Purpose = "passkey";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public void Keep(HttpContext http, string state) =>
        http.Response.Cookies.Append(
            Cookie,
            tickets.Issue(Purpose, new ChallengeState(state), Life),
            new CookieOptions
            {
                Secure = true,
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Path = "/",
                MaxAge = Life,
                IsEssential = true,
            }
        );

    /// <summary>Gives it back once.</summary>
    public string? Take(HttpContext http)
    {
        var kept = tickets.Read<ChallengeState>(Purpose, http.Request.Cookies[Cookie]);
        http.Response.Cookies.Delete(
            Cookie,
            new CookieOptions
            {
                Secure = true,
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Path = "/",
            }
        );
        return kept?.State;
    }

    private sealed record ChallengeState(string State);
}
