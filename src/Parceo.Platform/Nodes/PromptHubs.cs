using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;

namespace Parceo.Platform.Nodes;

/// <summary>
/// A hub whose pushes wait for no page. SignalR's own manager is done when the slowest connection has taken the message;
/// here each connection takes it when it can, and one that falls far behind is cut (S50): its page connects again and
/// catches up by itself.
/// </summary>
internal class PromptHubs<THub>(ILogger<DefaultHubLifetimeManager<THub>> log) : DefaultHubLifetimeManager<THub>(log)
    where THub : Hub
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, HubOutlet> open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<HubOutlet>> groups = new(StringComparer.Ordinal);

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        lock (gate)
            open[connection.ConnectionId] = new(connection);
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        lock (gate)
        {
            if (open.Remove(connection.ConnectionId, out var gone))
                foreach (var group in gone.Groups.ToList())
                    Leave(gone, group);
        }
        return base.OnDisconnectedAsync(connection);
    }

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (!open.TryGetValue(connectionId, out var outlet))
                return Task.CompletedTask;
            if (!groups.TryGetValue(groupName, out var members))
                groups[groupName] = members = [];
            members.Add(outlet);
            outlet.Groups.Add(groupName);
        }
        return Task.CompletedTask;
    }

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (open.TryGetValue(connectionId, out var outlet))
                Leave(outlet, groupName);
        }
        return Task.CompletedTask;
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendAllExceptAsync(methodName, args, [], cancellationToken);

    public override Task SendAllExceptAsync(
        string methodName,
        object?[] args,
        IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default
    ) => Send(() => open.Values, methodName, args, excludedConnectionIds);

    public override Task SendGroupAsync(
        string groupName,
        string methodName,
        object?[] args,
        CancellationToken cancellationToken = default
    ) => SendGroupExceptAsync(groupName, methodName, args, [], cancellationToken);

    public override Task SendGroupExceptAsync(
        string groupName,
        string methodName,
        object?[] args,
        IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default
    ) => Send(() => Members([groupName]), methodName, args, excludedConnectionIds);

    /// <summary>A page that is in several of the groups hears it once for each, as with SignalR's own.</summary>
    public override Task SendGroupsAsync(
        IReadOnlyList<string> groupNames,
        string methodName,
        object?[] args,
        CancellationToken cancellationToken = default
    ) => Send(() => Members(groupNames), methodName, args, []);

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendUsersAsync([userId], methodName, args, cancellationToken);

    public override Task SendUsersAsync(
        IReadOnlyList<string> userIds,
        string methodName,
        object?[] args,
        CancellationToken cancellationToken = default
    ) => Send(() => open.Values.Where(o => o.UserId is { } user && userIds.Contains(user)), methodName, args, []);

    private IEnumerable<HubOutlet> Members(IReadOnlyList<string> names) => names.SelectMany(n => groups.GetValueOrDefault(n) ?? []);

    private Task Send(Func<IEnumerable<HubOutlet>> to, string methodName, object?[] args, IReadOnlyList<string> except)
    {
        List<HubOutlet> outlets;
        lock (gate)
            outlets = [.. to()];
        if (outlets.Count == 0)
            return Task.CompletedTask;
        var message = new SerializedHubMessage(new InvocationMessage(methodName, args)); // written once for all
        foreach (var outlet in outlets.Where(o => !except.Contains(o.Id)))
            outlet.Send(message);
        return Task.CompletedTask;
    }

    private void Leave(HubOutlet outlet, string group)
    {
        outlet.Groups.Remove(group);
        if (groups.TryGetValue(group, out var members) && members.Remove(outlet) && members.Count == 0)
            groups.Remove(group);
    }
}
