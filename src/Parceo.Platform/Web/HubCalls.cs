using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parceo.Platform.Sending;

namespace Parceo.Platform.Web;

/// <summary>
/// Who is calling, for hubs: each invocation has a scope of its own and rights are looked up anew. Refusals leave as
/// <see cref="HubException"/> with their code, and so does what nobody foresaw: <c>unexpected</c>, nothing else (S65).
/// </summary>
internal sealed class HubCallFilter(IUserRightsSource rights, HubConnections connections, ILogger<HubCallFilter> log) : IHubFilter
{
    private readonly ConcurrentDictionary<MethodInfo, bool[]> needed = new();

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext,
        Func<HubInvocationContext, ValueTask<object?>> next
    )
    {
        if (await Enter(invocationContext.ServiceProvider, invocationContext.Context) is null)
            throw new HubException("not_signed_in");
        if (LacksArgument(invocationContext))
            throw new HubException("unreadable");
        try
        {
            return await next(invocationContext);
        }
        catch (RefusalException refusal)
        {
            throw new HubException(refusal.Code);
        }
        catch (Exception failure) when (failure is not HubException && !invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            var (status, code) = ErrorAnswers.Of(failure);
            if (status >= 500)
                log.LogError(
                    failure,
                    "Unexpected failure in {Method}, {TraceId}",
                    invocationContext.HubMethodName,
                    Activity.Current?.TraceId.ToString()
                );
            throw new HubException(code);
        }
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        try
        {
            if (await Enter(context.ServiceProvider, context.Context) is not { } held)
                return;
            // Its page looks by itself instead, as it does without a connection.
            if (!connections.Add(context.Context, held))
            {
                context.Context.Abort();
                return;
            }
            await next(context);
        }
        catch (Exception) when (context.Context.ConnectionAborted.IsCancellationRequested)
        {
            // Whoever closes a page while it connects is no failure, whatever the driver calls it; the end follows as for any other.
        }
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        connections.Remove(context.Context.ConnectionId);
        return next(context, exception);
    }

    /// <summary>SignalR lets null through where a method says that it wants a value (S17).</summary>
    private bool LacksArgument(HubInvocationContext call)
    {
        if (call.HubMethodArguments.All(a => a is not null))
            return false;
        var needed = this.needed.GetOrAdd(call.HubMethod, m =>
            [.. m.GetParameters().Select(p => new NullabilityInfoContext().Create(p).WriteState == NullabilityState.NotNull)]
        );
        return call.HubMethodArguments.Zip(needed).Any(a => a.First is null && a.Second);
    }

    private async ValueTask<UserRights?> Enter(IServiceProvider services, HubCallerContext context)
    {
        var call = services.GetRequiredService<CallContext>();
        call.CorrelationId = Activity.Current?.TraceId.ToString() ?? context.ConnectionId;
        call.Address = context.GetHttpContext()?.Connection.RemoteIpAddress?.ToString();
        await call.SignIn(context.User, rights, context.ConnectionAborted);
        if (((ICurrentUser)call).IsSignedIn)
            return call.Rights;
        context.Abort();
        return null;
    }
}

/// <summary>
/// The open hub connections of this node. A connection that only listens makes no call in which its rights could be
/// looked at, so they are looked at here: when the session has ended or its rights changed, it is cut within 60 s (S9);
/// the page then connects again and enters the groups it may still hear.
/// </summary>
internal sealed class HubConnections(IUserRightsSource rights, RateLimits limits, ILogger<HubConnections> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20); // rights themselves may be 30 s old
    private const int AtOnce = 500;
    private readonly ConcurrentDictionary<string, (HubCallerContext Connection, UserRights Held)> open = new();

    /// <summary>False when the person has as many as one may have (S49).</summary>
    public bool Add(HubCallerContext connection, UserRights held)
    {
        var person = connection.User!.Id(ParceoClaims.UserId);
        lock (open) // two that come at once are counted one after the other
        {
            if (open.Values.Count(o => o.Connection.User!.Id(ParceoClaims.UserId) == person) >= limits.MostHubConnections)
                return false;
            open[connection.ConnectionId] = (connection, held);
            return true;
        }
    }

    public void Remove(string connectionId) => open.TryRemove(connectionId, out _);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(
            Every,
            CutWhatEnded,
            e => log.LogWarning("Rights of hub connections could not be looked at: {Failure}", e.GetType().Name),
            stoppingToken
        );

    /// <summary>Looks at every connection once.</summary>
    internal async Task CutWhatEnded(CancellationToken ct)
    {
        // Many together: some queries a round, not some for each page.
        foreach (
            var sessions in open
                .Values.Select(o => o.Connection.User?.Id(ParceoClaims.SessionId) ?? Guid.Empty)
                .Where(id => id != Guid.Empty)
                .Distinct()
                .Chunk(AtOnce)
        )
            await rights.Refresh(sessions, ct);
        foreach (var (id, (connection, held)) in open)
        {
            try
            {
                var user = connection.User;
                var now = user is null
                    ? null
                    : await rights.Of(
                        user.Id(ParceoClaims.UserId),
                        user.Id(ParceoClaims.OrganisationId),
                        user.Id(ParceoClaims.SessionId),
                        ct
                    );
                if (now is not null && Same(now, held))
                    continue;
                open.TryRemove(id, out _);
                connection.Abort();
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("Rights of a hub connection could not be looked at: {Failure}", e.GetType().Name); // the next round will
            }
        }
    }

    private static bool Same(UserRights a, UserRights b) =>
        ReferenceEquals(a, b)
        || (
            a.Permissions.SetEquals(b.Permissions)
            && a.Departements.SetEquals(b.Departements)
            && a.Communes.SetEquals(b.Communes)
            && SamePairs(a, b)
        );

    private static bool SamePairs(UserRights a, UserRights b) =>
        a.Practitioners.Count == b.Practitioners.Count
        && a.Practitioners.All(p => b.Practitioners.TryGetValue(p.Key, out var other) && other.SetEquals(p.Value));
}
