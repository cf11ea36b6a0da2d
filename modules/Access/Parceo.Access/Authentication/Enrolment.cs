using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Parceo.Platform.Web;

namespace Parceo.Access.Authentication;

/// <summary>
/// Whoever's roles need a second factor and who has none is led to enrol one before any other page (S3). Programs are not
/// led anywhere: they find the sensitive permissions withheld.
/// </summary>
internal sealed class Enrolled : IAuthorizationRequirement;

internal sealed class EnrolledHandler(CredentialCache credentials) : AuthorizationHandler<Enrolled>
{
    private static readonly PathString[] Open = ["/compte", "/confirmer", "/invitation", "/api", "/hubs", "/fhir", "/connect"];

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Enrolled requirement)
    {
        if (
            context.Resource is not HttpContext http
            || Open.Any(p => http.Request.Path.StartsWithSegments(p))
            || await credentials.Get(context.User.Id(ParceoClaims.SessionId), http.RequestAborted) is not { MustEnrol: true }
        )
            context.Succeed(requirement);
    }
}

internal sealed class EnrolmentRedirect : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler ordinary = new();

    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    )
    {
        if (!authorizeResult.Forbidden || authorizeResult.AuthorizationFailure?.FailedRequirements.OfType<Enrolled>().Any() != true)
            return ordinary.HandleAsync(next, context, policy, authorizeResult);
        context.Response.Redirect("/compte/second-facteur");
        return Task.CompletedTask;
    }
}
