using Microsoft.AspNetCore.Http;

namespace Parceo.Platform.Web;

/// <summary>Headers on every response, errors included (S39).</summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task Invoke(HttpContext http)
    {
        // As the answer starts, not before: the error handler clears the headers of an answer that failed.
        http.Response.OnStarting(() =>
        {
            Protect(http);
            return Task.CompletedTask;
        });
        return next(http);
    }

    private static void Protect(HttpContext http)
    {
        var headers = http.Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = Policy; // a download brings its own, stricter one (S43)
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!headers.ContainsKey("Permissions-Policy"))
            headers["Permissions-Policy"] = BrowserFeatures.Policy(microphone: false);
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        if (http.User.Identity?.IsAuthenticated == true && !headers.ContainsKey("Cache-Control"))
            headers.CacheControl = "no-store";
    }
}

/// <summary>
/// Addresses carry plain text only (S36): no NUL or other control character, no bidirectional override, no half
/// character (which decoding turned into U+FFFD). Said once here, so that no search has to think of it.
/// </summary>
internal sealed class PlainQueryMiddleware(RequestDelegate next, ErrorAnswers answers)
{
    public Task Invoke(HttpContext http)
    {
        foreach (var (name, values) in http.Request.Query)
        {
            if (TextRules.IsLine(name) && values.All(v => v is null || TextRules.IsLine(v)))
                continue;
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return ErrorAnswers.IsForPrograms(http) ? answers.Write(http, 400, "unreadable") : Task.CompletedTask;
        }
        return next(http);
    }
}

/// <summary>
/// Forms carry text that a database can keep (S36): no NUL or other control character but tabs and line ends, no half
/// character. What a field may hold beyond that is its own rule; a password may hold anything else (S2).
/// </summary>
internal sealed class PlainFormMiddleware(RequestDelegate next)
{
    private const long LargestForm = 1024 * 1024; // a larger one is an upload, whose fields its own endpoint reads

    public async Task Invoke(HttpContext http)
    {
        if (Concerns(http.Request) && !await IsPlain(http))
            throw new InvalidException("text_unreadable");
        await next(http);
    }

    private static bool Concerns(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method)
        && request.HasFormContentType
        && (request.ContentLength <= LargestForm || !request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase));

    private static async Task<bool> IsPlain(HttpContext http)
    {
        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return form.All(f => IsPlain(f.Key) && f.Value.All(v => v is null || IsPlain(v)));
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException)) // a multipart body that ends too soon
        {
            return false;
        }
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
            if ((char.IsControl(c) && c is not ('\t' or '\r' or '\n')) || c == '\uFFFD')
                return false;
        return true;
    }
}

/// <summary>
/// A state change that rides on the session cookie must come from our own pages (S40): its Origin is ours, and outside
/// of forms (which carry an anti-forgery token) it bears a header that no other site can send without our consent. Hub
/// handshakes are checked too, since CORS does not cover WebSockets. Bearer tokens are not ambient and need none of it.
/// </summary>
internal sealed class OriginMiddleware(RequestDelegate next, ErrorAnswers answers)
{
    public Task Invoke(HttpContext http)
    {
        var request = http.Request;
        // The cookie counts even beside an Authorization header, which may be one that no scheme here takes.
        var ambient = !request.Headers.ContainsKey("Authorization") || request.Cookies.ContainsKey(ParceoClaims.CookieName);
        var hub = request.Path.StartsWithSegments("/hubs");
        var changes = !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));
        if (ambient && (changes || hub) && !FromOurselves(request))
            return Refuse(http);
        if (
            ambient
            && changes
            && request.Path.StartsWithSegments("/api")
            && !request.Headers.ContainsKey(PageOrganisation.Header)
            && http.User.Identity?.IsAuthenticated == true
        )
            return Refuse(http);
        return next(http);
    }

    private static bool FromOurselves(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        // Our own forms say "null", because our pages send no referrer; Sec-Fetch-Site, which no script can set, tells them
        // from a sandboxed frame elsewhere.
        if (origin == "null")
            return request.Headers["Sec-Fetch-Site"].ToString() is "same-origin";
        // Without Origin it is not a browser's cross-site request: every current browser sends it on all of those.
        if (origin.Length == 0)
            return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == request.Host.Value && uri.Scheme == request.Scheme;
    }

    private Task Refuse(HttpContext http) => answers.Write(http, 403, "cross_origin");
}
