using System.Reflection;
using MediatR;
using Parceo.Platform.Audit;

namespace Parceo.Platform.Sending;

/// <summary>
/// A rule about the object of a request (own organisation, territory, care team), written in the feature's file and
/// run before its handler by the same behaviour that checks permissions (S13, S16).
/// </summary>
public interface IAccessRule<in TRequest>
{
    /// <summary>Throws <see cref="NotFoundException"/> when existence is secret, else <see cref="ForbiddenException"/>.</summary>
    Task Check(TRequest request, CancellationToken ct);
}

/// <summary>Asks for a proof of identity that is less than five minutes old (S10); the Access module's.</summary>
public interface IRecentProof
{
    /// <exception cref="ForbiddenException">There is none (<c>step_up_needed</c>), or it is no person's session.</exception>
    Task Demand(CancellationToken ct);
}

internal sealed class AccessBehaviour<TRequest, TResponse>(
    CallContext user,
    PermissionCatalog permissions,
    DenialRecorder denials,
    IEnumerable<IAccessRule<TRequest>> rules,
    IRecentProof? proof = null
) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly RequestAccess Needed = RequestAccess.Of(typeof(TRequest));

    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        try
        {
            Check();
            foreach (var rule in rules)
                await rule.Check(request, ct);
            if (request is IExport { IsExport: true } && !user.IsSystem)
                await (proof ?? throw new ForbiddenException("session_needed")).Demand(ct);
            // Some rules need the object that the handler loads; a refusal there is a denial like any other (S31).
            return await next();
        }
        catch (RefusalException refusal) when (refusal is ForbiddenException or NotFoundException && user.Depth <= 1)
        {
            await denials.Record(request, refusal.Code, user, ct);
            throw;
        }
    }

    private void Check()
    {
        if (user.IsSystem)
            return;
        switch (Needed.Kind)
        {
            case AccessKind.Anyone:
                return;
            case AccessKind.SystemOnly:
                throw new ForbiddenException();
            case AccessKind.SignedIn or AccessKind.Permission when user.Id == Guid.Empty:
                throw new NotSignedInException();
            case AccessKind.SignedIn:
                return;
            case AccessKind.Permission when user.Rights.Permissions.Contains(Needed.Permission!):
                return;
            default:
                throw new ForbiddenException(
                    permissions.WaitsForSecondFactor(Needed.Permission!, user) ? "second_factor_needed" : "forbidden"
                );
        }
    }
}

/// <summary>What a request type asks of its caller.</summary>
public enum AccessKind
{
    /// <summary>No attribute: the host does not start.</summary>
    Missing,

    /// <summary><see cref="OpenToAnyoneAttribute"/></summary>
    Anyone,

    /// <summary><see cref="OpenToSignedInAttribute"/></summary>
    SignedIn,

    /// <summary><see cref="RequiresAttribute"/></summary>
    Permission,

    /// <summary><see cref="SystemOnlyAttribute"/></summary>
    SystemOnly,
}

/// <summary>The access attribute of a request type, read once.</summary>
public sealed record RequestAccess(AccessKind Kind, string? Permission)
{
    /// <summary>Reads it; <see cref="AccessKind.Missing"/> when there is none.</summary>
    public static RequestAccess Of(Type request) =>
        request.GetCustomAttribute<RequiresAttribute>() is { } requires ? new(AccessKind.Permission, requires.Permission)
        : request.GetCustomAttribute<OpenToSignedInAttribute>() is not null ? new(AccessKind.SignedIn, null)
        : request.GetCustomAttribute<OpenToAnyoneAttribute>() is not null ? new(AccessKind.Anyone, null)
        : request.GetCustomAttribute<SystemOnlyAttribute>() is not null ? new(AccessKind.SystemOnly, null)
        : new(AccessKind.Missing, null);
}
