using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Parceo.Platform.Web;

/// <summary>Tells the request's scope who is calling, with which reference and which idempotency key.</summary>
internal sealed class CallContextMiddleware(RequestDelegate next, ErrorAnswers answers)
{
    private const int LongestKey = 100;

    public async Task Invoke(HttpContext http, CallContext call, IUserRightsSource rights)
    {
        call.CorrelationId = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        call.Address = http.Connection.RemoteIpAddress?.ToString();
        call.IsLiveRefresh = LiveRefresh.Is(http.Request);
        try
        {
            await call.SignIn(http.User, rights, http.RequestAborted);
        }
        // The error page is for anybody; and what made it necessary may be what keeps rights from being read.
        catch (Exception) when (http.Features.Get<IExceptionHandlerFeature>() is not null) { }
        // For the API's callers; pages carry their key in the form, and answers to nobody in particular are not kept.
        if (http.Request.Path.StartsWithSegments("/api") && http.Request.Headers.TryGetValue("Idempotency-Key", out var keys))
        {
            var key = keys.ToString();
            if (keys.Count != 1 || key.Length is 0 or > LongestKey || key.Any(c => c is < '!' or > '~'))
            {
                await answers.Write(http, 400, "idempotency_key_invalid");
                return;
            }
            if (((ICurrentUser)call).IsSignedIn)
                call.IdempotencyKey = key;
        }
        await next(http);
    }
}
