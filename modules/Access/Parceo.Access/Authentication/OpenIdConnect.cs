using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using Parceo.Access.Data;
using Parceo.Access.Features;
using Parceo.Platform;
using Parceo.Platform.Web;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Parceo.Access.Authentication;

/// <summary>
/// OpenID Connect for API clients (OpenIddict): authorization code with PKCE (S256 only), refresh, client credentials.
/// Tokens carry ids; what they are worth is asked of <see cref="CredentialCache"/> at each use (S9).
/// </summary>
internal static class OpenIdConnect
{
    /// <summary>The one scope beside openid and offline_access: Parceo's API, within the caller's rights.</summary>
    public const string ApiScope = "parceo";

    /// <summary>Names of the installation's keys that tokens are made with.</summary>
    public const string SigningKey = "oidc-signing",
        EncryptionKey = "oidc-encryption";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, ServerKeys>();
        // Plain HTTP is for localhost in development only.
        services
            .AddOptions<OpenIddictServerAspNetCoreOptions>()
            .Configure<IHostEnvironment>((o, environment) => o.DisableTransportSecurityRequirement = environment.IsDevelopment());
        services
            .AddOpenIddict()
            .AddCore(o => o.UseEntityFrameworkCore().UseDbContext<AccessDb>().ReplaceDefaultEntities<Guid>())
            .AddServer(o =>
            {
                if (configuration["Parceo:PublicUrl"] is { Length: > 0 } url)
                    o.SetIssuer(new Uri(url));
                o.SetAuthorizationEndpointUris("connect/authorize")
                    .SetTokenEndpointUris("connect/token")
                    .SetUserInfoEndpointUris("connect/userinfo");
                o.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().AllowClientCredentialsFlow().RequireProofKeyForCodeExchange();
                o.Configure(s =>
                {
                    s.CodeChallengeMethods.Clear();
                    s.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);
                });
                o.RegisterScopes(Scopes.OpenId, Scopes.OfflineAccess, ApiScope);
                o.SetAccessTokenLifetime(TimeSpan.FromMinutes(15)).SetRefreshTokenLifetime(TimeSpan.FromDays(14));
                o.AddEventHandler<OpenIddictServerEvents.ApplyTokenResponseContext>(h =>
                    h.UseScopedHandler<TokenTrail>().SetOrder(int.MinValue + 100)
                );
                o.UseAspNetCore()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableTokenEndpointPassthrough()
                    .EnableUserInfoEndpointPassthrough();
            })
            .AddValidation(o =>
            {
                o.UseLocalServer();
                o.UseAspNetCore().DisableAccessTokenExtractionFromBodyForm().DisableAccessTokenExtractionFromQueryString();
            });
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapMethods("/connect/authorize", [HttpMethods.Get, HttpMethods.Post], Authorize)
            .AllowAnonymous()
            .DisableAntiforgery()
            .ExcludeFromDescription();
        routes
            .MapPost("/connect/token", Exchange)
            .AllowAnonymous()
            .RequireRateLimiting(Limits.SignIn)
            .DisableAntiforgery()
            .ExcludeFromDescription();
        routes
            .MapMethods("/connect/userinfo", [HttpMethods.Get, HttpMethods.Post], (Delegate)UserInfo)
            .AllowAnonymous()
            .DisableAntiforgery()
            .ExcludeFromDescription();
    }

    private static async Task<IResult> Authorize(
        HttpContext http,
        CredentialCache credentials,
        ISender sender,
        ICurrentUser user,
        CancellationToken ct
    )
    {
        var request = http.GetOpenIddictServerRequest()!;
        var cookie = await http.AuthenticateAsync(ParceoClaims.CookieScheme);
        var session = cookie.Principal?.Id(ParceoClaims.SessionId) ?? Guid.Empty;
        if (session != user.SessionId || await credentials.Get(session, ct) is not { } credential)
        {
            var back =
                http.Request.Path + QueryString.Create(request.GetParameters().Select(p => KeyValuePair.Create(p.Key, (string?)p.Value)));
            return Results.LocalRedirect($"~/connexion?retour={Uri.EscapeDataString(back)}");
        }
        // Signing in again would change nothing for somebody who must first have a second factor: that is where they go.
        if (credential.MustEnrol)
            return Results.LocalRedirect("~/compte/second-facteur");

        var authorization = (
            await sender.Send(new AuthorizeClient.Command(request.ClientId!, [.. request.GetScopes()]), ct)
        ).AuthorizationId;
        var principal = Ticket(credential.PersonId, credential.OrganisationId, request.GetScopes());
        principal.SetAuthorizationId(authorization.ToString());
        Complete(principal, authorization);
        return Results.SignIn(principal, null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static async Task<IResult> Exchange(
        HttpContext http,
        CredentialCache credentials,
        IOpenIddictApplicationManager applications,
        CancellationToken ct
    )
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
        {
            var application = await applications.FindByClientIdAsync(request.ClientId!, ct)
                ?? throw new NotFoundException("client_unknown");
            var client = Guid.Parse((await applications.GetIdAsync(application, ct))!);
            if (await credentials.Get(client, ct) is not { Kind: CredentialKind.Client } own)
                return Refuse();
            var ticket = Ticket(client, own.OrganisationId, request.GetScopes());
            Complete(ticket, client);
            return Results.SignIn(ticket, null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }

        // A code or a refresh token: OpenIddict has checked it; whether its owner still may is ours to say.
        var principal = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal!;
        if (await credentials.Get(principal.Id(ParceoClaims.SessionId), ct) is null)
            return Refuse();
        Complete(principal, principal.Id(ParceoClaims.SessionId));
        return Results.SignIn(principal, null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static async Task<IResult> UserInfo(HttpContext http)
    {
        var principal = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
        return principal is null
            ? Results.Challenge(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme])
            : Results.Json(
                new Dictionary<string, object>
                {
                    [Claims.Subject] = principal.GetClaim(Claims.Subject)!,
                    ["org"] = principal.GetClaim(ParceoClaims.OrganisationId)!,
                }
            );
    }

    private static ClaimsPrincipal Ticket(Guid subject, Guid organisation, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Subject, Claims.Role);
        identity.SetClaim(Claims.Subject, subject.ToString()).SetClaim(ParceoClaims.OrganisationId, organisation.ToString());
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        return principal;
    }

    private static void Complete(ClaimsPrincipal principal, Guid standingId)
    {
        principal.SetClaim(ParceoClaims.SessionId, standingId.ToString());
        principal.SetClaim(ParceoClaims.Means, "oidc");
        principal.SetDestinations(static claim =>
            claim.Type == Claims.Subject ? [Destinations.AccessToken, Destinations.IdentityToken] : [Destinations.AccessToken]
        );
    }

    private static IResult Refuse() =>
        Results.Forbid(
            new AuthenticationProperties(
                new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidGrant }
            ),
            [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]
        );

    /// <summary>Keys outlive restarts and are the same on every node: both grow from the installation's own 32-byte keys.</summary>
    private sealed class ServerKeys(Keys keys) : IConfigureOptions<OpenIddictServerOptions>
    {
        public void Configure(OpenIddictServerOptions options)
        {
            // 32 random bytes are a private key of the curve, but for a chance of 2^-32.
            var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = keys.Get(SigningKey) });
            options.SigningCredentials.Add(new SigningCredentials(new ECDsaSecurityKey(key), SecurityAlgorithms.EcdsaSha256));
            options.EncryptionCredentials.Add(
                new EncryptingCredentials(
                    new SymmetricSecurityKey(keys.Get(EncryptionKey)),
                    SecurityAlgorithms.Aes256KW,
                    SecurityAlgorithms.Aes256CbcHmacSha512
                )
            );
        }
    }
}
