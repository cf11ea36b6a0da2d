using System.Collections.Concurrent;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Parceo.Platform.Data;
using Parceo.Platform.Sending;

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

/// <summary>
/// Where requests that lost a race queue: those of one type run again one after the other on this node, so that of many
/// on one range each gets its place or hears that it is full, instead of all losing to each other again.
/// </summary>
internal sealed class RetryQueue
{
    private readonly ConcurrentDictionary<Type, SemaphoreSlim> turns = new();

    public async Task<T> InTurn<T>(Type request, Func<Task<T>> run, CancellationToken ct)
    {
        var turn = turns.GetOrAdd(request, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(ct);
        try
        {
            return await run();
        }
        finally
        {
            turn.Release();
        }
    }
}

internal sealed class Sender(IServiceScopeFactory scopes, CallContext caller, RetryQueue retries, RateLimits limits) : ISender
{
    // Each loss is somebody else's success, so whoever keeps the turn loses at most once to each request already under way.
    private const int Reruns = 40,
        NestedReruns = 3;

    public async Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken ct = default)
    {
        // Once for what a person asked, whatever it sends in turn and however often it runs again.
        using var turn = caller.Depth == 0 && RateLimits.KindOf(request) is { } kind ? await limits.Enter(kind, caller, ct) : null;
        try
        {
            return await Once(request, ct);
        }
        catch (ConcurrentChangeException)
        {
            // Only the outermost request queues: a queue inside a queue could wait for itself.
            return caller.Depth > 0
                ? await Rerun(request, NestedReruns, ct)
                : await retries.InTurn(request.GetType(), () => Rerun(request, Reruns, ct), ct);
        }
    }

    /// <summary>Handlers have no effect outside the database, so running again with fresh eyes is safe.</summary>
    private async Task<TResponse> Rerun<TResponse>(IRequest<TResponse> request, int most, CancellationToken ct)
    {
        for (var rerun = 1; ; rerun++)
        {
            try
            {
                return await Once(request, ct);
            }
            catch (ConcurrentChangeException) when (rerun < most) { }
        }
    }

    private async Task<TResponse> Once<TResponse>(IRequest<TResponse> request, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var call = scope.ServiceProvider.GetRequiredService<CallContext>();
        call.ReceiveFrom(caller);
        CallContext.Running.Value = call.Depth; // ends with this method
        try
        {
            return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
        }
        catch (Exception e) when (DatabaseFailures.IsCancelled(e, ct))
        {
            throw new OperationCanceledException("The caller gave up.", e, ct);
        }
        catch (UnreadableValueException e)
        {
            throw new ConflictException("value_unreadable", e);
        }
        // Not at the save only: a deadlock also ends a read, or a write that bypasses the change tracker.
        catch (Exception e) when (e is not RefusalException && DatabaseFailures.IsLostRace(e))
        {
            throw new ConcurrentChangeException(e);
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
        scope.ServiceProvider.GetRequiredService<CallContext>().ActAsSystemWithin(correlationId);
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(request, ct);
    }
}
