using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Parceo.Platform.Web;

/// <summary>
/// A page acts for the organisation it was drawn for. A session works in one organisation, in every tab: switched in a second
/// tab, the first one would write to the wrong one. So every form carries its organisation in a field (<c>FormToken</c>) and
/// every question of a script in a header (<c>ask</c> of session.ts); where it is another one, nothing is written (409).
/// </summary>
public static class PageOrganisation
{
    /// <summary>Of every form.</summary>
    public const string Field = "_organisation";

    /// <summary>Of every question that a script of ours asks; no other site can send it without our consent (S40).</summary>
    public const string Header = "X-Parceo";

    /// <summary>Where this person works now; empty when nobody is signed in, or nowhere.</summary>
    public static Guid Of(HttpContext? http) => http?.User.Id(ParceoClaims.OrganisationId) ?? Guid.Empty;

    /// <summary>This endpoint is about the browser or its session, not about an organisation.</summary>
    public static TBuilder OfAnyOrganisation<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(Any.Instance);

    /// <summary>
    /// True for a form of another organisation, whose answer is then 409 and the page that says so; what was typed is kept for
    /// its writer.
    /// </summary>
    public static async Task<bool> Refuses(HttpContext http, IFormCollection form)
    {
        if (!IsPage(http) || form[Field] == Of(http).ToString())
            return false;
        var keeper = http.RequestServices.GetService<IUnsentForms>();
        var kept = keeper is not null && await keeper.Keep(http, http.User.Id(ParceoClaims.SessionId));
        http.Items[typeof(Refusal)] = new Refusal(Guid.TryParse(form[Field], out var drawnFor) ? drawnFor : Guid.Empty, kept);
        http.Response.StatusCode = StatusCodes.Status409Conflict;
        return true;
    }

    /// <summary>What the page about such a refusal shows; null when it is about something else.</summary>
    public static Refusal? RefusalOf(HttpContext http) => http.Items[typeof(Refusal)] as Refusal;

    /// <summary>A browser's session; whoever comes with a token of its own has one organisation only.</summary>
    internal static bool IsPage(HttpContext http) =>
        http.User.Identity is { IsAuthenticated: true, AuthenticationType: ParceoClaims.CookieScheme }
        && http.GetEndpoint()?.Metadata.GetMetadata<Any>() is null;

    /// <param name="DrawnFor">The organisation of the page.</param>
    /// <param name="Kept">Whether what was typed is kept for its writer.</param>
    public sealed record Refusal(Guid DrawnFor, bool Kept);

    private sealed class Any
    {
        public static readonly Any Instance = new();
    }
}

/// <summary>Keeps a form that could not be taken for no fault of its writer, who finds it again under « /reprendre » (S77).</summary>
public interface IUnsentForms
{
    /// <summary>False when it holds secrets, or too much.</summary>
    Task<bool> Keep(HttpContext http, Guid sessionId);
}

/// <summary>Looks at the organisation of whatever a page sends.</summary>
internal sealed class PageOrganisationMiddleware(RequestDelegate next, ErrorAnswers answers)
{
    public async Task Invoke(HttpContext http)
    {
        if (PageOrganisation.IsPage(http))
        {
            if (http.Request.Headers.TryGetValue(PageOrganisation.Header, out var said) && said != PageOrganisation.Of(http).ToString())
            {
                http.Response.Headers[PageOrganisation.Header] = "organisation";
                await answers.Write(http, 409, "organisation_changed");
                return;
            }
            if (
                http.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true }
                && !HttpMethods.IsGet(http.Request.Method)
                && http.Request.HasFormContentType
                && await PageOrganisation.Refuses(http, await http.Request.ReadFormAsync(http.RequestAborted))
            )
                return;
        }
        await next(http);
    }
}
