using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Data;

namespace Parceo.Platform.Web;

/// <summary>
/// The one table from exception to answer for programs: ProblemDetails with a stable code, a sentence in the users'
/// language and the correlation id; nothing else (S65). Pages fall through to the error page.
/// </summary>
internal sealed class ErrorAnswers(ErrorTexts texts, ILogger<ErrorAnswers> log) : IExceptionHandler
{
    private const string RetryAfter = "2"; // seconds

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var gone = httpContext.RequestAborted;
        if (gone.IsCancellationRequested && (exception is OperationCanceledException || DatabaseFailures.IsCancelled(exception, gone)))
        {
            httpContext.Response.StatusCode = 499;
            return true;
        }
        var (status, code) = Of(exception);
        if (code == "step_up_needed" && LedToProof(httpContext))
            return true;
        if (status >= 500)
            log.LogError(exception, "Unexpected failure {TraceId}", TraceId(httpContext));
        httpContext.Response.StatusCode = status;
        if (exception is BusyException busy)
            httpContext.Response.Headers.RetryAfter = Math.Ceiling(busy.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        else if (status == 503)
            httpContext.Response.Headers.RetryAfter = RetryAfter; // on pages, too
        if (!IsForPrograms(httpContext))
            return false;
        await Write(httpContext, status, code, (exception as InvalidException)?.Errors);
        return true;
    }

    /// <summary>A link to a file, followed in a browser: there is no form to go back to, so the page that asks for a proof comes first (S10).</summary>
    private static bool LedToProof(HttpContext http)
    {
        if (
            http.User.Identity?.AuthenticationType != ParceoClaims.CookieScheme
            || !HttpMethods.IsGet(http.Request.Method)
            || http.Request.Headers.ContainsKey(PageOrganisation.Header)
            || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
        )
            return false;
        PathString path = http.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? http.Request.Path;
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = "/confirmer" + QueryString.Create("retour", path + http.Request.QueryString);
        return true;
    }

    /// <summary>Status and code of any exception.</summary>
    public static (int Status, string Code) Of(Exception exception) =>
        exception switch
        {
            RefusalException refusal => (refusal.Status, refusal.Code),
            BadHttpRequestException { StatusCode: 413 } => (413, "too_large"),
            BadHttpRequestException { StatusCode: 415 } => (415, "unsupported_media_type"),
            BadHttpRequestException bad => (bad.StatusCode is >= 400 and < 500 ? bad.StatusCode : 400, "unreadable"),
            _ when DatabaseFailures.IsUnavailable(exception) || DiskSpace.IsFull(exception) => (503, "unavailable"),
            _ => (500, "unexpected"),
        };

    /// <summary>Whether the caller is a program: an address of the API, a hub, FHIR or OpenID Connect.</summary>
    public static bool IsForPrograms(HttpContext http)
    {
        // While an exception is handled the request's path is already the error page's.
        PathString path = http.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? http.Request.Path;
        return path.StartsWithSegments("/api")
            || path.StartsWithSegments("/hubs")
            || path.StartsWithSegments("/fhir")
            || path.StartsWithSegments("/connect");
    }

    internal async Task Write(HttpContext http, int status, string code, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var problem = new ProblemDetails
        {
            Status = status,
            Title = texts.Of(code),
            Type = $"urn:parceo:error:{code}",
        };
        problem.Extensions["code"] = code;
        problem.Extensions["traceId"] = TraceId(http);
        if (errors is { Count: > 0 })
            problem.Extensions["errors"] = errors.ToDictionary(e => e.Key, e => e.Value.Select(texts.Of).ToArray());
        if (status is 503 or 429 && !http.Response.Headers.ContainsKey("Retry-After"))
            http.Response.Headers.RetryAfter = RetryAfter;
        http.Response.StatusCode = status;
        await http.Response.WriteAsJsonAsync(problem, PlatformJson.Options, "application/problem+json", http.RequestAborted);
    }

    /// <summary>The reference that ties an answer to its traces.</summary>
    public static string TraceId(HttpContext http) => Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
}
