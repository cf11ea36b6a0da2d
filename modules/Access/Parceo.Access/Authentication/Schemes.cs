using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Validation.AspNetCore;
using Parceo.Access.Domain;
using Parceo.Platform.Web;

namespace Parceo.Access.Authentication;

/// <summary>
/// Who is calling: a browser by its session cookie, a program by a bearer token (personal, or from OpenID Connect). One
/// scheme is in front and hands each request to the one that fits, so that nothing else has to choose.
/// </summary>
internal static class Schemes
{
    public const string Front = "parceo";
    public const string PersonalToken = "parceo.token";

    public static void Add(IServiceCollection services) =>
        services
            .AddAuthentication(Front)
            .AddPolicyScheme(Front, null, o => o.ForwardDefaultSelector = Choose)
            .AddScheme<AuthenticationSchemeOptions, PersonalTokenHandler>(PersonalToken, null)
            .AddCookie(ParceoClaims.CookieScheme, o =>
            {
                o.Cookie.Name = ParceoClaims.CookieName;
                o.Cookie.HttpOnly = true;
                o.Cookie.SecurePolicy = CookieSecurePolicy.Always; // browsers treat localhost as secure
                o.Cookie.SameSite = SameSiteMode.Lax;
                o.Cookie.Path = "/";
                o.ExpireTimeSpan = Session.Absolute;
                o.SlidingExpiration = false;
                o.EventsType = typeof(SessionCookie);
            });

    /// <summary>The bearer token of a request; in the query for hubs only, because browsers cannot set headers on WebSockets.</summary>
    public static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return header[7..].Trim();
        return request.Path.StartsWithSegments("/hubs") && request.Query["access_token"].ToString() is { Length: > 0 } token ? token : null;
    }

    /// <summary>The principal of a credential: the same claims whatever carried the request.</summary>
    public static ClaimsPrincipal Principal(Guid id, Credential credential, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, ParceoClaims.UserId, null);
        identity.AddClaim(new Claim(ParceoClaims.UserId, credential.PersonId.ToString()));
        identity.AddClaim(new Claim(ParceoClaims.OrganisationId, credential.OrganisationId.ToString()));
        identity.AddClaim(new Claim(ParceoClaims.SessionId, id.ToString()));
        identity.AddClaim(new Claim(ParceoClaims.Means, credential.Means));
        return new ClaimsPrincipal(identity);
    }

    private static string Choose(HttpContext http)
    {
        if (Bearer(http.Request) is not { } token)
            return ParceoClaims.CookieScheme;
        // From here on it is a header like any other client's: whoever asks for "Authorization" sees it.
        http.Request.Headers.Authorization = $"Bearer {token}";
        return token.StartsWith(Secrets.TokenPrefix, StringComparison.Ordinal)
            ? PersonalToken
            : OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme;
    }
}
