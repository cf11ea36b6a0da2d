using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Parceo.Platform.Web;

/// <summary>
/// A form that its page no longer shows: what it was about has changed since the page was opened. Whoever sent it comes back
/// to the page as it is now, which says so (<see cref="Is"/>); nothing was written, since nothing ran. The framework answers
/// 400 with a sentence for developers, or with nothing.
/// </summary>
public static class ChangedPage
{
    private const string Mark = "depuis",
        Changed = "changee";

    /// <summary>Whether this page is shown because a form of it is not there any more.</summary>
    public static bool Is(HttpContext? http) =>
        http is not null && HttpMethods.IsGet(http.Request.Method) && http.Request.Query[Mark] == Changed;

    internal static Task Middleware(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            // As the answer starts: in Development it already holds the sentence for developers.
            http.Response.OnStarting(() =>
            {
                if (http.Response.StatusCode == 400 && FormIsGone(http))
                    Return(http);
                return Task.CompletedTask;
            });
        }
        return next(http);
    }

    /// <summary>Our own form, named once: there is no other 400 that a page gives without an exception.</summary>
    private static bool FormIsGone(HttpContext http) =>
        http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
        && http.Request.HasFormContentType
        && http.Request.Form["_handler"] is { Count: 1 } handler
        && !string.IsNullOrEmpty(handler);

    private static void Return(HttpContext http)
    {
        var request = http.Request;
        var query = new QueryBuilder(request.Query.Where(q => q.Key != Mark)) { { Mark, Changed } };
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = request.PathBase.Add(request.Path).ToUriComponent() + query.ToQueryString();
    }
}
