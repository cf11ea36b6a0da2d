using System.Diagnostics;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Parceo.Access.Features;
using Parceo.Platform;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Parceo.Access.Authentication;

/// <summary>Traces each answer of the token endpoint before it leaves: no trace, no token (S31).</summary>
internal sealed class TokenTrail(ISender sender, CallContext call) : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    private const int LongestClientId = 100; // a longer one is nobody's

    public async ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (context.Request?.ClientId is not { Length: > 0 and <= LongestClientId } client)
            return;
        // OpenIddict refuses before the platform has noted who calls from where.
        var http = context.Transaction.GetHttpRequest()?.HttpContext;
        if (call.CorrelationId.Length == 0)
            call.CorrelationId = Activity.Current?.TraceId.ToString() ?? http?.TraceIdentifier ?? "";
        call.Address ??= http?.Connection.RemoteIpAddress?.ToString();
        var principal = context.Transaction.GetProperty<ProcessSignInContext>(typeof(ProcessSignInContext).FullName!)?.Principal;
        await sender.Send(
            new ExchangeToken.Command(
                client,
                Guid.TryParse(principal?.GetClaim(OpenIddictConstants.Claims.Subject), out var id) ? id : null,
                context.Response.Error
            ),
            context.CancellationToken
        );
    }
}
