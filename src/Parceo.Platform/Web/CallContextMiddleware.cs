using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Parceo.Platform.Web;

/// <summary>Tells the request's scope who is calling, with which reference and which idempotency key.</summary>
internal sealed class CallContextMiddleware(RequestDelegate next, ErrorAnswers answers)
{
    private const int LongestKey = 100;

    public async Task Invoke(HttpContext http, CallContext call, IUserRightsSource rights)
    {
        call.CorrelationId = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        call.Address = http.Connection.RemoteIpAddress?.ToString();
        await call.SignIn(http.User, rights, http.RequestAborted);
        if (http.Request.Headers.TryGetValue("Idempotency-Key", out var keys))
        {
            var key = keys.ToString();
            if (keys.Count != 1 || key.Length is 0 or > LongestKey || key.Any(c => c is < '!' or > '~'))
            {
                await answers.Write(http, 400, "idempotency_key_invalid");
                return;
            }
            call.IdempotencyKey = key;
        }
        await next(http);
    }
}

/// <summary>
/// The same for hubs: each invocation has a scope of its own, and rights are looked up anew, so that a change of rights
/// reaches open connections (S9). Refusals leave as <see cref="HubException"/> with their code.
/// </summary>
internal sealed class HubCallFilter(IUserRightsSource rights) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        await Enter(invocationContext.ServiceProvider, invocationContext.Context);
        try
        {
            return await next(invocationContext);
        }
        catch (RefusalException refusal)
        {
            throw new HubException(refusal.Code);
        }
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        await Enter(context.ServiceProvider, context.Context);
        await next(context);
    }

    private async ValueTask Enter(IServiceProvider services, HubCallerContext context)
    {
        var call = services.GetRequiredService<CallContext>();
        call.CorrelationId = Activity.Current?.TraceId.ToString() ?? context.ConnectionId;
        call.Address = context.GetHttpContext()?.Connection.RemoteIpAddress?.ToString();
        await call.SignIn(context.User, rights, context.ConnectionAborted);
        if (call.Id == Guid.Empty) context.Abort();
    }
}
