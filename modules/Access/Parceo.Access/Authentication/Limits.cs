using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Parceo.Access.Authentication;

/// <summary>How often one network address may try to sign in, reset, join or ask for tokens (S4, S49).</summary>
internal static class Limits
{
    public const string SignIn = "access.sign-in";

    public static void Add(IServiceCollection services) =>
        services
            .AddOptions<RateLimiterOptions>()
            .Configure<IConfiguration>(
                (o, configuration) =>
                {
                    var perMinute = configuration.GetValue("Access:SignInsPerMinute", 30);
                    o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                    o.OnRejected = (refused, _) =>
                    {
                        var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.FromMinutes(1);
                        refused.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds)
                            .ToString(CultureInfo.InvariantCulture);
                        return ValueTask.CompletedTask;
                    };
                    o.AddPolicy(SignIn, http =>
                        HttpMethods.IsPost(http.Request.Method)
                            ? RateLimitPartition.GetFixedWindowLimiter(
                                http.Connection.RemoteIpAddress?.ToString() ?? "",
                                _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) }
                            )
                            : RateLimitPartition.GetNoLimiter("")
                    );
                }
            );
}
