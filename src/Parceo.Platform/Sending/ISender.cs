using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Parceo.Platform;

/// <summary>
/// The one way to ask for anything: an endpoint, a page, a hub, a job and a test all send requests. Each send runs in
/// its own scope with the caller copied in, so that modules never share a database context.
/// </summary>
public interface ISender
{
    /// <summary>Runs the request's behaviours and handler.</summary>
    /// <exception cref="RefusalException">The request was refused; nothing was changed.</exception>
    Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken ct = default);
}

internal sealed class Sender(IServiceScopeFactory scopes, CallContext caller) : ISender
{
    private const int Attempts = 4; // the first and at most three reruns with fresh eyes

    public async Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken ct = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CallContext>().ReceiveFrom(caller);
            try
            {
                return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
            }
            catch (ConcurrentChangeException) when (attempt < Attempts)
            {
                // Handlers have no effect outside the database, so running again is safe.
            }
        }
    }
}

/// <summary>Sends as the host itself: for jobs, the command line and the demo world.</summary>
public sealed class SystemSender(IServiceScopeFactory scopes)
{
    /// <summary>Runs the request as the system; <paramref name="correlationId"/> ties its traces together.</summary>
    public async Task<TResponse> Send<TResponse>(IRequest<TResponse> request, string correlationId, CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystem(correlationId);
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request, ct);
    }
}
