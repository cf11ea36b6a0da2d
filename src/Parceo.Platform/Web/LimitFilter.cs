using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Sending;

namespace Parceo.Platform.Web;

/// <summary>Limits on an endpoint, where the same request is also sent by a page that shows it.</summary>
public static class LimitFilter
{
    /// <summary>Counts each call of the endpoint as one of that kind.</summary>
    public static RouteHandlerBuilder Limited(this RouteHandlerBuilder endpoint, LimitKind kind) =>
        endpoint
            .AddEndpointFilter(
                async (call, next) =>
                {
                    var services = call.HttpContext.RequestServices;
                    using var turn = await services
                        .GetRequiredService<RateLimits>()
                        .Enter(kind, services.GetRequiredService<CallContext>(), call.HttpContext.RequestAborted);
                    return await next(call);
                }
            )
            .ProducesProblem(429);
}
