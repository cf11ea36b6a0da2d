using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Parceo.Platform;
using Parceo.Platform.Web;

namespace Parceo.Access.Authentication;

/// <summary>
/// The cookie carries a session's id and nothing else: who it is and where they work is looked up on the server at each
/// request, so that ending a session or switching organisation takes effect everywhere at once.
/// </summary>
internal sealed class SessionCookie(CredentialCache credentials, LastSeen lastSeen) : CookieAuthenticationEvents
{
    private static readonly object Over = new();
    private static readonly PathString[] ForPrograms = ["/api", "/hubs", "/fhir", "/connect"];

    /// <summary>Gives the browser the cookie of a session.</summary>
    public static Task Give(HttpContext http, Guid sessionId) =>
        http.SignInAsync(
            ParceoClaims.CookieScheme,
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(ParceoClaims.SessionId, sessionId.ToString())], ParceoClaims.CookieScheme))
        );

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        // The page about a failure is for anybody; and what failed may be this very look.
        if (context.HttpContext.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            context.RejectPrincipal();
            return;
        }
        var id = context.Principal?.Id(ParceoClaims.SessionId) ?? Guid.Empty;
        if (await credentials.Get(id, context.HttpContext.RequestAborted) is not { Kind: CredentialKind.Session } credential)
        {
            context.HttpContext.Items[Over] = id;
            context.RejectPrincipal();
            return;
        }
        // Neither a page that looks again by itself nor a connection that comes back says that anybody is there (S8).
        if (!LiveRefresh.Is(context.Request) && !context.Request.Path.StartsWithSegments("/hubs"))
            await lastSeen.Record(id, credential, CancellationToken.None);
        context.ReplacePrincipal(Schemes.Principal(id, credential, ParceoClaims.CookieScheme));
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        IsForPrograms(context.Request) ? Answer(context, StatusCodes.Status401Unauthorized) : Go(context);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) =>
        Answer(context, StatusCodes.Status403Forbidden);

    private static bool IsForPrograms(HttpRequest request) =>
        ForPrograms.Any(p => request.Path.StartsWithSegments(p)) || (!HttpMethods.IsGet(request.Method) && !request.HasFormContentType);

    private static async Task Go(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        var query = new QueryString();
        // Who comes with a cookie had a session: its end is said, not left to be guessed.
        if (context.Options.Cookie.Name is { } cookie && request.Cookies.ContainsKey(cookie))
            query = query.Add("fin", "session");
        if (HttpMethods.IsGet(request.Method) && request.Path != "/")
            query = query.Add("retour", request.Path + request.QueryString);
        else if (context.HttpContext.Items[Over] is Guid session && await UnsentForms.KeepPosted(context.HttpContext, session))
            query = query.Add("retour", UnsentForms.Path);
        context.Response.Redirect("/connexion" + query);
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
